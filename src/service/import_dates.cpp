// SPDX-License-Identifier: MIT
#include "loyal/service/import_dates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/column_map.hpp"

namespace loyal::service {
namespace {

// Whoever writes dates between slashes writes them so from the first row on.
constexpr std::size_t rows_without_slashes_max = 1000;
constexpr int months = 12;

/// A date of two numbers and a year, as it stands, and what follows it.
struct Slashed {
  int first = 0, second = 0, year = 0;
  std::string_view rest;
};

int number_of(std::string_view text) {
  int number = -1;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc{} && end == text.data() + text.size() ? number : -1;
}

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

/// Digits at the front, taken off; empty where there are none.
std::string_view take_digits(std::string_view& text) {
  const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

/// The three numbers between slashes or dashes that a text begins with; nothing for other text.
std::optional<std::array<std::string_view, 3>> numbers_of(std::string_view& text) {
  std::array<std::string_view, 3> numbers;
  numbers[0] = take_digits(text);
  if (numbers[0].empty() || text.empty() || (text.front() != '/' && text.front() != '-')) return std::nullopt;
  const char mark = text.front();
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (text.empty() || text.front() != mark) return std::nullopt;
    text.remove_prefix(1);
    numbers[i] = take_digits(text);
    if (numbers[i].empty()) return std::nullopt;
  }
  const bool ends = text.empty() || text.front() == ' ' || text.front() == 'T';
  return ends ? std::optional(numbers) : std::nullopt;
}

std::optional<Slashed> slashed(std::string_view text) {
  text = trim(text);
  const auto numbers = numbers_of(text);
  if (!numbers || (*numbers)[0].size() > 2 || (*numbers)[1].size() > 2 || (*numbers)[2].size() != 4)
    return std::nullopt;
  return Slashed{number_of((*numbers)[0]), number_of((*numbers)[1]), number_of((*numbers)[2]), text};
}

/// 2026/3/1, whose order is plain.
std::optional<std::string> year_first(std::string_view text) {
  text = trim(text);
  const auto numbers = numbers_of(text);
  if (!numbers || (*numbers)[0].size() != 4 || (*numbers)[1].size() > 2 || (*numbers)[2].size() > 2)
    return std::nullopt;
  return fmt::format("{}-{:0>2}-{:0>2}{}", (*numbers)[0], (*numbers)[1], (*numbers)[2], text);
}

/// A date of the file and where it stands.
struct Seen {
  std::size_t line = 0;
  std::string text;
};

/// What the dates of a file say about their order.
struct Votes {
  Seen day_first, month_first, undecided;

  void take(std::size_t line, std::string_view text) {
    const auto date = slashed(text);
    if (!date || date->first == date->second) return;
    Seen& seen = date->first > months ? day_first : date->second > months ? month_first : undecided;
    if (seen.line == 0) seen = {line, std::string(trim(text))};
  }
  bool is_empty() const { return day_first.line + month_first.line + undecided.line == 0; }
};

Votes votes_of(ImportSource& source, const std::vector<std::size_t>& places) {
  Votes votes;
  format::DelimitedReader reader = source.open();
  format::Row row;
  for (std::size_t rows = 0; reader.next(row); ++rows) {
    if (votes.is_empty() && rows >= rows_without_slashes_max) break;
    if (row.problem) continue;
    for (const std::size_t place : places) votes.take(row.line, row.fields[place]);
  }
  return votes;
}

std::string words(const Seen& seen) {
  return tr("{} in line {}", visible(seen.text), seen.line);
}

}  // namespace

std::string ImportDates::tidy(std::string_view text) const {
  if (auto plain = year_first(text)) return std::move(*plain);
  const auto date = slashed(text);
  if (!date) return std::string(text);
  const bool month_stands_first = order_ == DateOrder::month_first;
  return fmt::format("{:04}-{:02}-{:02}{}", date->year, month_stands_first ? date->first : date->second,
                     month_stands_first ? date->second : date->first, date->rest);
}

ImportDates dates_of(ImportSource& source, const ColumnMap& columns, std::span<const char* const> fields,
                     const ImportFile& file, const std::string& command, const ImportNote& note) {
  if (file.dates == "day-first") return ImportDates(DateOrder::day_first);
  if (file.dates == "month-first") return ImportDates(DateOrder::month_first);
  std::vector<std::size_t> places;
  for (const char* field : fields)
    if (const auto place = columns.place(field)) places.push_back(*place);
  const Votes votes = places.empty() ? Votes{} : votes_of(source, places);
  if (votes.is_empty()) return ImportDates{};
  const std::string hint = fmt::format("{} {} --dates day-first", command, shell_word(visible(source.name())));
  if (votes.day_first.line > 0 && votes.month_first.line > 0)
    throw Error(Fault::usage,
                tr("{}: the day stands first in {}, and the month in {}", visible(source.name()),
                   words(votes.day_first), words(votes.month_first)),
                hint);
  if (votes.day_first.line > 0) {
    note(tr("dates: the day stands first, as {} tells", words(votes.day_first)));
    return ImportDates(DateOrder::day_first);
  }
  if (votes.month_first.line > 0) {
    note(tr("dates: the month stands first, as {} tells", words(votes.month_first)));
    return ImportDates(DateOrder::month_first);
  }
  if (file.choose) {
    const auto chosen =
        file.choose(tr("{}: what stands first?", words(votes.undecided)), {tr("the day"), tr("the month")});
    if (chosen) return ImportDates(*chosen == 0 ? DateOrder::day_first : DateOrder::month_first);
  }
  throw Error(Fault::usage,
              tr("{}: no date of the file tells whether the day or the month stands first: {}", visible(source.name()),
                 words(votes.undecided)),
              hint + "   # " + tr("or month-first"));
}

}  // namespace loyal::service
