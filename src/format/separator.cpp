// SPDX-License-Identifier: MIT
#include "separator.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace loyal::format {
namespace {

constexpr std::string_view candidates = ",;\t|";
constexpr std::size_t lines_looked_at = 100;

/// How often each candidate stands outside quotes in one record, and how many words blanks part it into.
struct Counts {
  std::array<std::size_t, candidates.size()> separators{};
  std::size_t words = 0;
  bool is_empty = true;
};

std::vector<Counts> counted_records(std::string_view sample, bool is_whole) {
  std::vector<Counts> records(1);
  bool in_quotes = false;
  bool in_word = false;
  for (const char byte : sample) {
    Counts& record = records.back();
    if (byte == '"') in_quotes = !in_quotes;
    if (!in_quotes && (byte == '\n' || byte == '\r')) {
      in_word = false;
      if (!record.is_empty && records.size() == lines_looked_at) return records;
      if (!record.is_empty) records.emplace_back();
      continue;
    }
    const bool is_blank = byte == ' ' || byte == '\t';
    if (!is_blank) record.is_empty = false;
    if (in_quotes) continue;
    if (!is_blank && !in_word) ++record.words;
    in_word = !is_blank;
    const std::size_t candidate = candidates.find(byte);
    if (candidate != std::string_view::npos) ++record.separators[candidate];
  }
  const bool last_is_cut = !is_whole && records.size() > 1;
  if (records.back().is_empty || last_is_cut) records.pop_back();
  return records;
}

}  // namespace

char guess_separator(std::string_view sample, bool is_whole) {
  const std::vector<Counts> records = counted_records(sample, is_whole);
  if (records.empty()) return ',';
  char best = '\0';
  std::size_t best_agreeing = 0;
  std::size_t best_count = 0;
  for (std::size_t candidate = 0; candidate < candidates.size(); ++candidate) {
    const std::size_t count = records.front().separators[candidate];
    if (count == 0) continue;
    std::size_t agreeing = 0;
    for (const Counts& record : records) agreeing += record.separators[candidate] == count ? 1U : 0U;
    if (agreeing > best_agreeing || (agreeing == best_agreeing && count > best_count)) {
      best = candidates[candidate];
      best_agreeing = agreeing;
      best_count = count;
    }
  }
  if (best != '\0') return best;
  const std::size_t words = records.front().words;
  std::size_t agreeing = 0;
  for (const Counts& record : records) agreeing += record.words == words ? 1U : 0U;
  // One column whose values have blanks in them is likelier than ragged columns.
  const bool is_ruled = words > 1 && records.size() > 1 && 10 * agreeing >= 9 * records.size();
  return is_ruled ? ' ' : ',';
}

}  // namespace loyal::format
