// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "loyal/domain/program.hpp"
#include "loyal/format/toml_section.hpp"

namespace loyal::format {

/// A percentage above zero; over 100 % only by leave, and never over 10,000 %.
std::optional<domain::Rate> read_rate(const TomlSection& section, std::string_view key, bool allow_over_100);

/// Points, more than none.
std::optional<Points> read_points(const TomlSection& section, std::string_view key, int scale);

/// The ISO number of a day of the week, "mon" or "пн"; zero for any other word.
unsigned weekday_of(std::string_view word);
/// Hours of a day, "9:00-12:00", as seconds from and before; over midnight where the end is less. Nothing for any other
/// text.
std::optional<std::pair<int, int>> hours_of(std::string_view text);

/// What a rule asks of goods, time and buyer; tiers and choice must be in the program already.
domain::Filter read_filter(const TomlSection& section, const domain::Program& program);

/// One [[earn]] table of a program whose unit, tiers and choice have been read.
domain::EarnRule read_earn_rule(const TomlSection& section, const domain::Program& program);

/// One [[discount]] table.
domain::DiscountRule read_discount_rule(const TomlSection& section, const domain::Program& program);

}  // namespace loyal::format
