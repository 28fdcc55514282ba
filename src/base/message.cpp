// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"

#include <libintl.h>

#include <clocale>
#include <cstdlib>

namespace loyal {
namespace {
std::string current_language = "en";  // NOLINT: gettext itself is one per process
}

void open_catalogue(const std::string& directory, const std::string& language) {
  current_language = language;
  // Without it the system's own messages come transliterated.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  // Debian generates no ru_RU: C.UTF-8 is always there, and LANGUAGE then chooses the catalogue.
  std::setlocale(LC_MESSAGES, language == "en" ? "C" : "C.UTF-8");
  ::setenv("LANGUAGE", language.c_str(), 1);
  ::bindtextdomain("loyal", directory.c_str());
  ::bind_textdomain_codeset("loyal", "UTF-8");
  ::textdomain("loyal");
}

const std::string& message_language() {
  return current_language;
}

const char* translate(const char* message) {
  return *message == '\0' ? message : ::gettext(message);
}

const char* translate_plural(const char* one, const char* many, long long count) {
  const auto magnitude =
      count < 0 ? 0ULL - static_cast<unsigned long long>(count) : static_cast<unsigned long long>(count);
  return ::ngettext(one, many, static_cast<unsigned long>(magnitude));
}

}  // namespace loyal
