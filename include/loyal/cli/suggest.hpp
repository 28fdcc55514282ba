// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/error.hpp"

namespace loyal::cli {

/// The candidate that a mistyped word most likely means; nothing where none is near.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

/// The words as a command line that a shell takes apart into the same words.
std::string shell_line(std::span<const std::string> words);

/// The error of a mistyped word: `message` with "did you mean" where one of the candidates is near, and the mended
/// command line as its hint, else `fallback_hint`. `place` is the word's place in `words`.
Error mistyped(const std::string& message, const std::string& word, const std::vector<std::string>& candidates,
               std::span<const std::string> words, std::size_t place, const std::string& fallback_hint);

}  // namespace loyal::cli
