// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "loyal/domain/code_number.hpp"

namespace loyal::domain {

enum class PasswordLanguage { russian, english };

/// So many words are in each list: a word is worth seven bits.
inline constexpr std::size_t password_words = 128;
/// Short words that are said aloud and heard over a counter: no two of a list sound nearly alike.
std::span<const std::string_view, password_words> words_of(PasswordLanguage language);

/// How many words a password needs so that there are `guesses` for each of `count` passwords.
int words_needed(std::uint64_t count, std::uint64_t guesses);

/// So many words chosen evenly, with dashes between them.
std::string choose_password(PasswordLanguage language, int words, const Chooser& chooser);

}  // namespace loyal::domain
