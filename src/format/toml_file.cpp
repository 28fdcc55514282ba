// SPDX-License-Identifier: MIT
#include "loyal/format/toml_file.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t size_max = 64 * 1024;
constexpr int depth_max = 16;
constexpr int key_dots_max = 32;

Place place_of(const toml::source_region& source) {
  return {std::max(1U, static_cast<unsigned>(source.begin.line)),
          std::max(1U, static_cast<unsigned>(source.begin.column))};
}

/// The parser bounds brackets but not dotted keys, and each dot is a level of recursion.
void check_dots(std::string_view text, const std::string& file_name) {
  Place place;
  int dots = 0;
  for (const char c : text) {
    if (c == '.') ++dots;
    if (std::string_view(",=[]{}#\n").find(c) != std::string_view::npos) dots = 0;
    if (dots > key_dots_max) refuse_at(file_name, place, tr("a key with more than {} dots", key_dots_max));
    if (c == '\n') ++place.line;
  }
}

TomlNode node_of(const toml::node& node, int depth, const std::string& file_name);

TomlNode::Table table_of(const toml::table& table, int depth, const std::string& file_name) {
  TomlNode::Table members;
  for (const auto& [key, value] : table)
    members.push_back({std::string(key.str()), place_of(key.source()), node_of(value, depth, file_name)});
  std::sort(members.begin(), members.end(), [](const TomlMember& a, const TomlMember& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  return members;
}

TomlNode node_of(const toml::node& node, int depth, const std::string& file_name) {
  TomlNode result{place_of(node.source()), {}};
  if (depth > depth_max) refuse_at(file_name, result.place, tr("tables and arrays are nested too deeply"));
  if (const auto* text = node.as_string()) {
    result.value = text->get();
  } else if (const auto* number = node.as_integer()) {
    result.value = number->get();
  } else if (const auto* flag = node.as_boolean()) {
    result.value = flag->get();
  } else if (const auto* date = node.as_date()) {
    result.value = TomlNode::LocalDate{
        fmt::format("{:04}-{:02}-{:02}", date->get().year, int{date->get().month}, int{date->get().day})};
  } else if (const auto* array = node.as_array()) {
    TomlNode::Array values;
    for (const toml::node& value : *array) values.push_back(node_of(value, depth + 1, file_name));
    result.value = std::move(values);
  } else if (const auto* table = node.as_table()) {
    result.value = table_of(*table, depth + 1, file_name);
  } else {
    result.value = TomlNode::Unused{node.is_floating_point() ? tr("a fraction without quotes") : tr("a time")};
  }
  return result;
}

}  // namespace

void refuse_at(const std::string& file_name, Place place, const std::string& message, std::string hint) {
  throw Error(Fault::usage, fmt::format("{}:{}:{}: {}", visible(file_name), place.line, place.column, message),
              std::move(hint));
}

TomlNode parse_toml(std::string_view text, const std::string& file_name) {
  if (text.size() > size_max) refuse_at(file_name, {}, tr("the file is larger than {} bytes", size_max));
  check_dots(text, file_name);
  try {
    const toml::table table = toml::parse(text, std::string_view(file_name));
    return {{}, table_of(table, 0, file_name)};
  } catch (const toml::parse_error& error) {
    refuse_at(file_name, place_of(error.source()), tr("this is no TOML: {}", visible(error.description())));
  }
}

std::string toml_string(std::string_view text) {
  std::ostringstream out;
  const toml::value<std::string> value{std::string(text)};
  out << toml::toml_formatter(value, toml::format_flags::allow_unicode_strings);
  return out.str();
}

}  // namespace loyal::format
