// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "loyal/base/error.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/json.hpp"

namespace {

using loyal::format::JsonObject;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const loyal::Error& error) {
  require(loyal::is_utf8(error.what()) && loyal::visible(error.what()) == error.what());
  require(loyal::visible(error.hint()) == error.hint());
}

/// What a getter gives, and nothing where the value is of another type.
template <class Result>
Result asked(const JsonObject& object, const std::string& key, Result (JsonObject::*getter)(std::string_view) const) {
  try {
    return (object.*getter)(key);
  } catch (const loyal::Error& error) {
    check(error);
    return {};
  }
}

void append_object(std::string& out, const JsonObject& object);

void append_value(std::string& out, const JsonObject& object, const std::string& key) {
  if (const auto number = asked(object, key, &JsonObject::integer))
    require(std::to_string(*number) == *object.decimal(key) || *object.decimal(key) == "-0");
  if (const auto text = asked(object, key, &JsonObject::text)) {
    require(loyal::is_utf8(*text) && text->find('\0') == std::string::npos);
    loyal::format::append_json_text(out, *text);
  } else if (const auto truth = asked(object, key, &JsonObject::boolean)) {
    out += *truth ? "true" : "false";
  } else if (const auto decimal = asked(object, key, &JsonObject::decimal)) {
    out += *decimal;
  } else if (const auto texts = asked(object, key, &JsonObject::texts)) {
    out += '[';
    for (const std::string& item : *texts) {
      if (out.back() != '[') out += ',';
      loyal::format::append_json_text(out, item);
    }
    out += ']';
  } else if (const auto objects = asked(object, key, &JsonObject::objects)) {
    out += '[';
    for (const JsonObject& item : *objects) {
      if (out.back() != '[') out += ',';
      append_object(out, item);
    }
    out += ']';
  } else if (const auto inner = asked(object, key, &JsonObject::object)) {
    append_object(out, *inner);
  } else {
    out += "null";
  }
}

void append_object(std::string& out, const JsonObject& object) {
  out += '{';
  for (const std::string& key : object.keys()) {
    require(object.has(key));
    if (out.back() != '{') out += ',';
    loyal::format::append_json_text(out, key);
    out += ':';
    append_value(out, object, key);
  }
  out += '}';
}

}  // namespace

/// What is read must, written as JSON again, read back as itself, and only Error may refuse.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::optional<JsonObject> object;
  try {
    object = loyal::format::read_json_object({reinterpret_cast<const char*>(data), size});
  } catch (const loyal::Error& error) {
    check(error);
    return 0;
  }
  std::string text;
  append_object(text, *object);
  std::string again;
  append_object(again, loyal::format::read_json_object(text));
  require(again == text);
  return 0;
}
