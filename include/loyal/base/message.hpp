// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace loyal {

/// Opens the catalogue in `directory` for `language` ("en", "ru"); messages without a translation stay English.
/// Only LC_MESSAGES and LC_CTYPE are set, so that numbers keep their C form in JSON and parsing.
void open_catalogue(const std::string& directory, const std::string& language);

/// The language that messages are shown in: "en" or "ru".
const std::string& message_language();

/// The translation of a message, as it stands.
const char* translate(const char* message);
/// The translation of a message in the form that `count` asks for (Russian has three).
const char* translate_plural(const char* one, const char* many, long long count);

/// Translates a message and fills its {}; the catalogue is trusted as code is: a test checks its places.
template <class... Values>
std::string tr(const char* message, Values&&... values) {
  if constexpr (sizeof...(Values) == 0)
    return translate(message);
  else
    return fmt::format(fmt::runtime(translate(message)), std::forward<Values>(values)...);
}

/// Like tr, in the plural form for `count`, which the message takes as its first {}.
template <class... Values>
std::string trn(const char* one, const char* many, long long count, Values&&... values) {
  return fmt::format(fmt::runtime(translate_plural(one, many, count)), count, std::forward<Values>(values)...);
}

/// Marks a message that is translated where it is shown.
constexpr const char* N_(const char* message) {
  return message;
}

}  // namespace loyal
