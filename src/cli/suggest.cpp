// SPDX-License-Identifier: MIT
#include "loyal/cli/suggest.hpp"

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::cli {

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates) {
  // Words beyond this length are no slips of the finger, and comparing them would take long.
  constexpr std::size_t longest_word = 64;
  if (word.empty() || word.size() > longest_word) return std::nullopt;
  std::optional<std::string> best;
  std::size_t best_distance = 0;
  for (const std::string& candidate : candidates) {
    const std::size_t shorter = std::min(word.size(), candidate.size());
    const bool is_beginning = word.size() >= 3 && candidate.starts_with(word);
    const std::size_t distance = is_beginning ? 1 : edit_distance(word, candidate);
    if (distance > std::max<std::size_t>(1, shorter / 3)) continue;
    if (!best || distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string shell_line(std::span<const std::string> words) {
  std::string line = "loyal";
  for (const std::string& word : words) line += " " + shell_word(word);
  return line;
}

Error mistyped(const std::string& message, const std::string& word, const std::vector<std::string>& candidates,
               std::span<const std::string> words, std::size_t place, const std::string& fallback_hint) {
  const std::optional<std::string> meant = nearest(word, candidates);
  if (!meant) return Error(Fault::usage, message, fallback_hint);
  std::vector<std::string> mended(words.begin(), words.end());
  if (place < mended.size() && mended[place].starts_with(word)) {
    mended[place].replace(0, word.size(), *meant);
  } else if (place < mended.size() && mended[place].ends_with("=" + word)) {
    mended[place].replace(mended[place].size() - word.size(), word.size(), *meant);
  } else if (place + 1 < mended.size() && mended[place + 1] == word) {
    mended[place + 1] = *meant;
  }
  return Error(Fault::usage, tr("{}; did you mean \"{}\"?", message, *meant), shell_line(mended),
               {{"suggestion", *meant}});
}

}  // namespace loyal::cli
