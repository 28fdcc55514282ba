// SPDX-License-Identifier: MIT
#include "loyal/service/column_map.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::service {
namespace {

constexpr std::array<const char*, 3> rejected = {"line", "column", "reason"};

/// The form in which headings are compared: folded, with one blank for what divides words.
std::string folded_heading(std::string_view text) {
  std::string spaced(text);
  std::replace_if(
      spaced.begin(), spaced.end(),
      [](char c) { return c == '_' || c == '-' || c == '.' || c == '/' || c == ':' || c == ','; }, ' ');
  return fold_name(spaced);
}

bool is_of_reject_file(const std::string& heading) {
  return std::find(rejected.begin(), rejected.end(), std::string_view(heading)) != rejected.end();
}

std::string listed(const std::vector<std::string>& names) {
  return visible(fmt::format("{}", fmt::join(names, ", ")));
}

/// The heading that the text was perhaps meant to be; empty where none is near.
std::string nearest(std::string_view text, const std::vector<std::string>& names) {
  std::string best;
  std::size_t best_distance = 3;
  for (const std::string& name : names)
    if (const std::size_t distance = edit_distance(text, name); distance < best_distance) {
      best = name;
      best_distance = distance;
    }
  return best;
}

}  // namespace

std::span<const char* const> reject_headings() {
  return rejected;
}

ColumnMap::ColumnMap(std::span<const ImportField> fields, std::vector<std::string> heading,
                     const std::vector<std::string>& mappings, const std::string& file, const std::string& command)
    : fields_(fields), heading_(std::move(heading)), places_(fields.size()) {
  for (const std::string& text : heading_) folded_.push_back(folded_heading(text));
  for (const std::string& mapping : mappings)
    for (std::string_view rest = mapping; !rest.empty();) {
      // A comma inside a heading is no divider: what follows a divider has a name of ours and an equals sign.
      std::size_t end = rest.find(',');
      while (end != std::string_view::npos && rest.find('=', end) == std::string_view::npos)
        end = std::string_view::npos;
      read_mapping(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
  guess();
  require_needed(file, command);
}

std::optional<std::size_t> ColumnMap::find_heading(std::string_view text) const {
  const auto exact = std::find(heading_.begin(), heading_.end(), text);
  if (exact != heading_.end()) return static_cast<std::size_t>(exact - heading_.begin());
  const auto found = std::find(folded_.begin(), folded_.end(), folded_heading(text));
  return found == folded_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - folded_.begin()));
}

void ColumnMap::read_mapping(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view ours = trim(text.substr(0, equals));
  std::vector<std::string> names;
  for (const ImportField& field : fields_) names.emplace_back(field.name);
  const auto field = std::find(names.begin(), names.end(), ours);
  if (equals == std::string_view::npos || field == names.end())
    throw Error(Fault::usage, tr("\"{}\" maps no field of this import", visible(text)),
                tr("write --map OURS=THEIRS, with one of ours: {}", listed(names)));
  const std::string_view theirs = trim(text.substr(equals + 1));
  const auto place = find_heading(theirs);
  if (!place) {
    const std::string near = nearest(theirs, heading_);
    throw Error(Fault::usage, tr("there is no column \"{}\"; the columns are: {}", visible(theirs), listed(heading_)),
                near.empty() ? std::string{} : fmt::format("--map {}={}", ours, visible(near)));
  }
  places_[static_cast<std::size_t>(field - names.begin())] = place;
}

void ColumnMap::guess() {
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    for (const char* usual : fields_[field].headings) {
      if (places_[field]) break;
      for (std::size_t place = 0; place < folded_.size() && !places_[field]; ++place) {
        const bool is_free = std::find(places_.begin(), places_.end(), std::optional(place)) == places_.end();
        if (is_free && folded_[place] == usual) places_[field] = place;
      }
    }
  }
}

void ColumnMap::require_needed(const std::string& file, const std::string& command) const {
  std::string missing;
  std::string mapping;
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    if (!fields_[field].is_needed || places_[field] || place(fields_[field].substitute)) continue;
    missing += (missing.empty() ? "" : ", ") + std::string(fields_[field].name);
    mapping += fmt::format("{}{}=COLUMN", mapping.empty() ? "" : ",", fields_[field].name);
  }
  if (missing.empty()) return;
  throw Error(Fault::usage,
              tr("{}: no column is known as {}; the columns are: {}", visible(file), missing, listed(heading_)),
              fmt::format("{} {} --map {}", command, visible(file), mapping));
}

std::optional<std::size_t> ColumnMap::place(std::string_view field) const {
  for (std::size_t i = 0; i < fields_.size(); ++i)
    if (fields_[i].name == field) return places_[i];
  return std::nullopt;
}

std::string ColumnMap::taken() const {
  std::string text;
  for (std::size_t i = 0; i < fields_.size(); ++i)
    if (places_[i])
      text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", fields_[i].name, visible(heading_[*places_[i]]));
  return text;
}

std::vector<std::pair<std::string, std::string>> ColumnMap::pairs() const {
  std::vector<std::pair<std::string, std::string>> result;
  for (std::size_t i = 0; i < fields_.size(); ++i)
    if (places_[i]) result.emplace_back(fields_[i].name, heading_[*places_[i]]);
  return result;
}

std::vector<std::string> ColumnMap::ignored() const {
  std::vector<std::string> result;
  for (std::size_t place = 0; place < heading_.size(); ++place)
    if (std::find(places_.begin(), places_.end(), std::optional(place)) == places_.end() &&
        !is_of_reject_file(heading_[place]))
      result.push_back(heading_[place].empty() ? tr("column {} (without a name)", place + 1) : heading_[place]);
  return result;
}

}  // namespace loyal::service
