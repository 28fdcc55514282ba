// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "loyal/format/cell.hpp"
#include "loyal/format/record.hpp"
#include "loyal/service/tiers.hpp"

namespace loyal::cli {

/// An amount of what a program's tiers count: money, points or visits.
format::Cell metric_cell(const service::CardTier& tier, std::optional<std::int64_t> amount);
/// The same in words, with its unit.
std::string metric_words(const service::CardTier& tier, std::int64_t amount);
/// "Серебро", or what stands for no tier.
std::string tier_words(const std::string& tier);
/// Adds where the card stands under the names that every answer uses.
void add_tier(format::Record& record, const service::CardTier& tier);

}  // namespace loyal::cli
