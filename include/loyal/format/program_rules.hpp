// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "loyal/domain/program.hpp"
#include "loyal/format/toml_section.hpp"

namespace loyal::format {

/// A percentage above zero; over 100 % only by leave, and never over 10,000 %.
std::optional<domain::Rate> read_rate(const TomlSection& section, std::string_view key, bool allow_over_100);

/// Points, more than none.
std::optional<Points> read_points(const TomlSection& section, std::string_view key, int scale);

/// One [[earn]] table of a program whose unit has this scale.
domain::EarnRule read_earn_rule(const TomlSection& section, int scale);

/// One [[discount]] table.
domain::DiscountRule read_discount_rule(const TomlSection& section);

}  // namespace loyal::format
