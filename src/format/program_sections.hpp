// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <set>
#include <string>

#include "loyal/base/message.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/format/toml_section.hpp"

namespace loyal::format {

inline constexpr int days_max = 36'500;
inline constexpr int months_max = 1'200;
inline constexpr std::size_t rules_max = 200;

/// Something typed, short and safe enough for a message.
std::string shown(std::string_view text);

/// Calls for the table of that name where the text has it.
template <class Function>
void in_section(const TomlSection& top, std::string_view key, std::initializer_list<std::string_view> keys,
                Function&& function) {
  const TomlNode* node = top.find(key);
  if (node != nullptr) function(TomlSection(top.file_name(), *node, fmt::format("[{}]", key), keys));
}

/// The tables of an array; at most as many as a program may have rules.
const TomlNode::Array& tables_of(const TomlSection& top, std::string_view key);

/// Calls for each table of an array, which answers its name, and sees that no name is given twice.
template <class Function>
void in_each(const TomlSection& top, std::string_view key, std::initializer_list<std::string_view> keys,
             Function&& function) {
  if (!top.has(key)) return;
  std::set<std::string> names;
  for (const TomlNode& table : tables_of(top, key)) {
    const TomlSection section(top.file_name(), table, fmt::format("[[{}]]", key), keys);
    const std::string name = function(section);
    if (!name.empty() && !names.insert(name).second)
      section.refuse("name", tr("two rules have the name \"{}\"", shown(name)));
  }
}

/// `30d` or, where months are allowed, `12m`.
std::optional<domain::Term> read_term(const TomlSection& section, std::string_view key, bool months_allowed = true);

void read_unit(const TomlSection& top, domain::Program& program);
void read_limits(const TomlSection& top, domain::Program& program);
void read_spend(const TomlSection& top, domain::Program& program);
void read_base_and_pending(const TomlSection& top, domain::Program& program);
void read_expiry(const TomlSection& top, domain::Program& program);
void read_returns(const TomlSection& top, domain::Program& program);

void read_tiers(const TomlSection& top, domain::Program& program);

void read_choice(const TomlSection& top, domain::Program& program);
void read_discounts(const TomlSection& top, domain::Program& program);
void read_earn(const TomlSection& top, domain::Program& program);

void read_offers(const TomlSection& top, domain::Program& program);
void read_rewards(const TomlSection& top, domain::Program& program);
void read_use(const TomlSection& top, domain::Program& program);
void read_donation(const TomlSection& top, domain::Program& program);
void read_members(const TomlSection& top, domain::Program& program);

}  // namespace loyal::format
