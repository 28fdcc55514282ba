// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/format/cell.hpp"

namespace loyal::format {

/// Appends the text as a JSON string with its quotes; control characters are escaped, bytes that are no UTF-8 become
/// U+FFFD.
void append_json_text(std::string& out, std::string_view text);
/// Appends a cell as programs get it: minor units, ISO dates, null for absent; an Amount is an exact decimal number.
void append_json(std::string& out, const Cell& cell);

/// A value of a JSON text with the column where it ended, for messages.
struct JsonValue {
  enum class Type { null, boolean, number, text, array, object };
  Type type = Type::null;
  bool truth = false;
  std::string text;               ///< of a text; the digits of a number as they stand in the source
  std::vector<std::string> keys;  ///< of an object, one for each item
  std::vector<JsonValue> items;   ///< of an array or an object
  std::size_t column = 0;
};

/// A JSON object that was read; no number in it ever was a float. A key that is absent or null gives nothing;
/// a value of another type is Error{usage} with the key and the column.
class JsonObject {
 public:
  /// `value` is an object.
  explicit JsonObject(JsonValue value);

  /// The keys in the order of the text: to name those that nobody knows.
  const std::vector<std::string>& keys() const { return value_.keys; }
  bool has(std::string_view key) const { return find(key) != nullptr; }

  std::optional<std::string> text(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key) const;
  std::optional<bool> boolean(std::string_view key) const;
  /// The source text of a number, or a text: for parse_money and its like.
  std::optional<std::string> decimal(std::string_view key) const;
  std::optional<std::vector<std::string>> texts(std::string_view key) const;
  std::optional<JsonObject> object(std::string_view key) const;
  std::optional<std::vector<JsonObject>> objects(std::string_view key) const;

 private:
  const JsonValue* find(std::string_view key) const;
  const JsonValue* find(std::string_view key, JsonValue::Type type, const char* wanted) const;

  JsonValue value_;
};

/// Reads one JSON object, for example a line of JSONL. Error{usage} names the column of what is wrong; a key that
/// stands twice, a NUL in a text and more than 16 levels are wrong.
JsonObject read_json_object(std::string_view text);

}  // namespace loyal::format
