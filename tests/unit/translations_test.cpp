// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "support/shared.hpp"

namespace {

/// One message of a catalogue; a message with plural forms has msgid_plural and several translations.
struct Message {
  std::string id, plural_id;
  std::vector<std::string> translations;
  bool fuzzy = false;
  std::size_t line = 0;
};

/// The text between the quotes of a catalogue's line, with its escapes resolved.
std::string text_between_quotes(const std::string& line) {
  const std::size_t first = line.find('"'), last = line.rfind('"');
  if (first == std::string::npos || first == last) throw std::runtime_error("no quoted text: " + line);
  std::string text;
  for (std::size_t i = first + 1; i < last; ++i) {
    if (line[i] == '\\' && i + 1 < last) {
      ++i;
      text += line[i] == 'n' ? '\n' : line[i] == 't' ? '\t' : line[i];
    } else {
      text += line[i];
    }
  }
  return text;
}

std::vector<Message> read_catalogue(const std::string& text) {
  std::vector<Message> messages;
  std::string* current = nullptr;
  bool fuzzy = false;
  std::size_t number = 0;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.starts_with("#,") && line.find("fuzzy") != std::string::npos) fuzzy = true;
    if (line.empty() || line.starts_with("#")) continue;
    if (line.starts_with("msgid_plural")) {
      current = &messages.back().plural_id;
    } else if (line.starts_with("msgid")) {
      messages.push_back({{}, {}, {}, fuzzy, number});
      fuzzy = false;
      current = &messages.back().id;
    } else if (line.starts_with("msgstr")) {
      current = &messages.back().translations.emplace_back();
    } else if (!line.starts_with("\"") || current == nullptr) {
      throw std::runtime_error("line " + std::to_string(number) + " is not understood: " + line);
    }
    *current += text_between_quotes(line);
  }
  return messages;
}

/// The {} places of a message in the order of the values that they take: `{}` counts on, `{1}` names one.
std::vector<std::string> places(const std::string& message) {
  std::vector<std::string> found;
  std::size_t next = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const std::string_view rest(message.data() + i, message.size() - i);
    if (rest.starts_with("{{") || rest.starts_with("}}")) {
      ++i;
      continue;
    }
    if (message[i] != '{') continue;
    const std::size_t end = message.find('}', i);
    if (end == std::string::npos) return {"a brace is left open"};
    const std::string place = message.substr(i + 1, end - i - 1);
    const std::size_t colon = place.find(':');
    std::string name = place.substr(0, colon);
    if (name.empty()) name = std::to_string(next++);
    found.push_back(name + (colon == std::string::npos ? "" : place.substr(colon)));
    i = end;
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += '{' + word + '}';
  return text;
}

void check_message(const Message& message) {
  CAPTURE(message.line);
  CAPTURE(message.id);
  CHECK_FALSE(message.fuzzy);
  const bool counts = !message.plural_id.empty();
  CHECK(message.translations.size() == (counts ? 3U : 1U));
  const auto expected = places(counts ? message.plural_id : message.id);
  for (const std::string& translation : message.translations) {
    CAPTURE(translation);
    CHECK_FALSE(translation.empty());
    CHECK(joined(places(translation)) == joined(expected));
    CHECK(translation.ends_with('\n') == message.id.ends_with('\n'));
  }
}

}  // namespace

TEST_SUITE("translations") {
  TEST_CASE("every Russian message has the places of the English one") {
    const auto catalogue = std::filesystem::path(LOYAL_SOURCE_DIR) / "po" / "ru.po";
    REQUIRE(std::filesystem::exists(catalogue));
    const auto messages = read_catalogue(loyal::test::contents_of(catalogue));
    REQUIRE(messages.size() > 1);
    for (const Message& message : messages)
      if (!message.id.empty()) check_message(message);
  }

  TEST_CASE("a place that a translation lost, added or changed is noticed") {
    CHECK(places("{} of {}") == places("{1} из {0}"));
    CHECK(places("{} of {}") != places("{}"));
    CHECK(places("{:02}") != places("{}"));
    CHECK(places("{{}} {}") == places("{}"));
    CHECK(places("{") != places(""));
    const auto messages = read_catalogue(
        "msgid \"\"\nmsgstr \"\"\n\"Language: ru\\n\"\n\n#, fuzzy\nmsgid \"{} card\"\nmsgid_plural \"{} cards\"\n"
        "msgstr[0] \"{} карта\"\nmsgstr[1] \"{} кар\"\n\"ты\"\nmsgstr[2] \"{} \\\"карт\\\"\"\n");
    REQUIRE(messages.size() == 2);
    CHECK(messages[1].fuzzy);
    CHECK(messages[1].translations == std::vector<std::string>{"{} карта", "{} карты", "{} \"карт\""});
  }
}
