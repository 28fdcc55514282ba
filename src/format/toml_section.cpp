// SPDX-License-Identifier: MIT
#include "loyal/format/toml_section.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

/// Far more than a shop sells, and small enough that products with rates stay within 128 bits.
constexpr std::int64_t decimal_max = 1'000'000'000'000;

std::string shown(std::string_view text) {
  return fit(visible(text), 60);
}

std::string hint_for(std::string_view typed, std::initializer_list<std::string_view> words) {
  const std::string all = fmt::format("{}", fmt::join(words, ", "));
  if (typed.size() > 40) return tr("allowed here: {}", all);
  std::string_view nearest;
  std::size_t least = 1 + typed.size() / 4;
  for (const std::string_view word : words) {
    const std::size_t distance = edit_distance(typed, word);
    if (distance > least || (distance == least && !nearest.empty())) continue;
    least = distance;
    nearest = word;
  }
  return nearest.empty() ? tr("allowed here: {}", all) : tr("did you mean \"{}\"? allowed here: {}", nearest, all);
}

std::string type_of(const TomlNode& node) {
  struct Namer {
    std::string operator()(const std::string&) const { return tr("a text"); }
    std::string operator()(std::int64_t) const { return tr("a whole number"); }
    std::string operator()(bool) const { return tr("true or false"); }
    std::string operator()(const TomlNode::LocalDate&) const { return tr("a date"); }
    std::string operator()(const TomlNode::Unused& unused) const { return unused.type; }
    std::string operator()(const TomlNode::Array&) const { return tr("a list"); }
    std::string operator()(const TomlNode::Table&) const { return tr("a table"); }
  };
  return std::visit(Namer{}, node.value);
}

}  // namespace

TomlSection::TomlSection(const std::string& file_name, const TomlNode& table, std::string title,
                         std::initializer_list<std::string_view> keys)
    : file_name_(file_name),
      members_(std::get_if<TomlNode::Table>(&table.value)),
      place_(table.place),
      title_(std::move(title)) {
  if (members_ == nullptr) refuse_at(file_name_, table.place, tr("{} is a table, not {}", title_, type_of(table)));
  for (const TomlMember& member : *members_) {
    if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
    const std::string message = title_.empty() ? tr("unknown key \"{}\" before the first table", shown(member.key))
                                               : tr("unknown key \"{}\" in {}", shown(member.key), title_);
    refuse_at(file_name_, member.place, message, hint_for(member.key, keys));
  }
}

const TomlNode* TomlSection::find(std::string_view key) const {
  for (const TomlMember& member : *members_)
    if (member.key == key) return &member.node;
  return nullptr;
}

Place TomlSection::place_of(std::string_view key) const {
  const TomlNode* node = find(key);
  return node == nullptr ? place_ : node->place;
}

void TomlSection::refuse(std::string_view key, const std::string& message, const std::string& hint) const {
  refuse_at(file_name_, place_of(key), message, hint);
}

void TomlSection::refuse_type(std::string_view key, const TomlNode& node, const std::string& wanted) const {
  refuse_at(file_name_, node.place, tr("\"{}\" must be {}, not {}", key, wanted, type_of(node)));
}

std::string TomlSection::checked_text(std::string_view key, const TomlNode& node) const {
  const auto* text = std::get_if<std::string>(&node.value);
  if (text == nullptr) refuse_type(key, node, tr("a text in quotes"));
  if (trim(*text).empty()) refuse_at(file_name_, node.place, tr("\"{}\" is empty", key));
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(text->begin(), text->end(), is_control) || text->size() > 500)
    refuse_at(file_name_, node.place, tr("\"{}\" is too long or holds control characters: \"{}\"", key, shown(*text)));
  return *text;
}

std::optional<std::string> TomlSection::text(std::string_view key) const {
  const TomlNode* node = find(key);
  return node == nullptr ? std::nullopt : std::optional(checked_text(key, *node));
}

std::optional<std::vector<std::string>> TomlSection::texts(std::string_view key) const {
  const TomlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* array = std::get_if<TomlNode::Array>(&node->value);
  if (array == nullptr) refuse_type(key, *node, tr("a list of texts in [ ]"));
  if (array->empty()) refuse(key, tr("\"{}\" is an empty list", key), tr("name something or take the key out"));
  std::vector<std::string> result;
  for (const TomlNode& element : *array) {
    std::string text = checked_text(key, element);
    if (std::find(result.begin(), result.end(), text) != result.end())
      refuse_at(file_name_, element.place, tr("\"{}\" stands twice in \"{}\"", shown(text), key));
    result.push_back(std::move(text));
  }
  return result;
}

std::optional<bool> TomlSection::flag(std::string_view key) const {
  const TomlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  const bool* value = std::get_if<bool>(&node->value);
  if (value == nullptr) refuse_type(key, *node, tr("true or false"));
  return *value;
}

std::optional<int> TomlSection::number(std::string_view key, int least, int most) const {
  const TomlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = std::get_if<std::int64_t>(&node->value);
  if (value == nullptr) refuse_type(key, *node, tr("a whole number"));
  if (*value < least || *value > most) refuse(key, tr("\"{}\" is {}; allowed is {} to {}", key, *value, least, most));
  return static_cast<int>(*value);
}

std::optional<std::int64_t> TomlSection::decimal(std::string_view key, int scale) const {
  const TomlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  std::int64_t result = 0;
  if (const auto* whole = std::get_if<std::int64_t>(&node->value)) {
    std::int64_t minor_units = 1;
    for (int digit = 0; digit < scale; ++digit) minor_units *= 10;
    if (*whole > decimal_max) refuse(key, tr("\"{}\" is too large", key));
    result = *whole < 0 ? -1 : *whole * minor_units;
  } else if (const auto* text = std::get_if<std::string>(&node->value)) {
    result = at(key, [&] { return parse_decimal(trim(*text), scale); });
  } else {
    refuse_type(
        key, *node,
        scale == 0 ? tr("a whole number") : tr("a number in quotes, such as \"{}\"", scale == 1 ? "1.5" : "1.50"));
  }
  if (result < 0) refuse(key, tr("\"{}\" is below zero", key));
  if (result > decimal_max) refuse(key, tr("\"{}\" is too large", key));
  return result;
}

std::optional<Date> TomlSection::date(std::string_view key) const {
  const TomlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* text = std::get_if<std::string>(&node->value);
  const auto* local = std::get_if<TomlNode::LocalDate>(&node->value);
  if (text == nullptr && local == nullptr) refuse_type(key, *node, tr("a date such as 2026-03-01"));
  const std::string& iso = text != nullptr ? *text : local->iso;
  const auto date = date_from_iso(iso);
  if (!date) refuse(key, tr("\"{}\" is not a date", shown(iso)), tr("write it as 2026-03-01"));
  return date;
}

std::optional<std::size_t> TomlSection::choice(std::string_view key,
                                               std::initializer_list<std::string_view> words) const {
  const auto typed = text(key);
  if (!typed) return std::nullopt;
  const auto* const found = std::find(words.begin(), words.end(), *typed);
  if (found == words.end()) refuse(key, tr("\"{}\" cannot be \"{}\"", key, shown(*typed)), hint_for(*typed, words));
  return static_cast<std::size_t>(found - words.begin());
}

}  // namespace loyal::format
