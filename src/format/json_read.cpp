// SPDX-License-Identifier: MIT
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/json.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t levels_max = 16;

[[noreturn]] void fail(std::size_t column, const std::string& what) {
  throw Error(Fault::usage, tr("column {}: {}", column, what));
}

/// Walks over the bytes and tells how far it has come, which the parser itself says only for broken text.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, std::size_t* taken) : at_(at), taken_(taken) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    ++at_;
    ++*taken_;
    return *this;
  }
  friend bool operator==(const Cursor& a, const Cursor& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  std::size_t* taken_;
};

/// Builds a JsonValue from the parser's events; numbers stay text.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(const std::size_t& taken) : taken_(taken) {}

  JsonValue take() { return std::move(root_); }

  bool null() override { return add(make(JsonValue::Type::null)); }
  bool boolean(bool truth) override {
    JsonValue value = make(JsonValue::Type::boolean);
    value.truth = truth;
    return add(std::move(value));
  }
  // The parser takes "-0" for a signed number that is 0; an unsigned 0 comes as "0".
  bool number_integer(number_integer_t number) override {
    return add_number(number == 0 ? "-0" : std::to_string(number));
  }
  bool number_unsigned(number_unsigned_t number) override { return add_number(std::to_string(number)); }
  bool number_float(number_float_t, const string_t& source) override { return add_number(source); }
  bool string(string_t& text) override {
    check(text);
    JsonValue value = make(JsonValue::Type::text);
    value.text = std::move(text);
    return add(std::move(value));
  }
  bool binary(binary_t&) override { throw std::logic_error("JSON text holds no binary values"); }
  bool start_object(std::size_t) override { return open(JsonValue::Type::object); }
  bool key(string_t& key) override {
    check(key);
    for (const std::string& other : open_.back().keys)
      if (other == key) fail(taken_, tr("the key \"{}\" stands twice", visible(key)));
    open_.back().keys.push_back(std::move(key));
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(JsonValue::Type::array); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override {
    fail(std::max<std::size_t>(position, 1), tr("this is not JSON"));
  }

 private:
  JsonValue make(JsonValue::Type type) const {
    JsonValue value;
    value.type = type;
    value.column = taken_;
    return value;
  }
  void check(const std::string& text) const {
    if (text.find('\0') != std::string::npos) fail(taken_, tr("a text holds a NUL"));
  }
  bool add_number(std::string digits) {
    JsonValue value = make(JsonValue::Type::number);
    value.text = std::move(digits);
    // The parser has to read one byte past a number to know that it is over.
    if (!open_.empty()) --value.column;
    return add(std::move(value));
  }
  bool add(JsonValue value) {
    if (open_.empty())
      root_ = std::move(value);
    else
      open_.back().items.push_back(std::move(value));
    return true;
  }
  bool open(JsonValue::Type type) {
    if (open_.size() == levels_max) fail(taken_, tr("more than {} levels", levels_max));
    open_.push_back(make(type));
    return true;
  }
  bool close() {
    JsonValue value = std::move(open_.back());
    open_.pop_back();
    return add(std::move(value));
  }

  const std::size_t& taken_;
  std::vector<JsonValue> open_;
  JsonValue root_;
};

}  // namespace

JsonObject::JsonObject(JsonValue value) : value_(std::move(value)) {
  if (value_.type != JsonValue::Type::object) throw std::logic_error("a JSON value that is no object");
}

const JsonValue* JsonObject::find(std::string_view key) const {
  for (std::size_t place = 0; place < value_.keys.size(); ++place)
    if (value_.keys[place] == key) return &value_.items[place];
  return nullptr;
}

const JsonValue* JsonObject::find(std::string_view key, JsonValue::Type type, const char* wanted) const {
  const JsonValue* value = find(key);
  if (value == nullptr || value->type == JsonValue::Type::null) return nullptr;
  if (value->type != type) fail(value->column, tr("\"{}\" is not {}", visible(key), translate(wanted)));
  return value;
}

std::optional<std::string> JsonObject::text(std::string_view key) const {
  const JsonValue* value = find(key, JsonValue::Type::text, N_("a text"));
  if (value == nullptr) return {};
  return value->text;
}

std::optional<std::int64_t> JsonObject::integer(std::string_view key) const {
  const JsonValue* value = find(key, JsonValue::Type::number, N_("a whole number"));
  if (value == nullptr) return {};
  std::int64_t number = 0;
  const char* end = value->text.data() + value->text.size();
  const auto [stop, error] = std::from_chars(value->text.data(), end, number);
  if (error != std::errc() || stop != end)
    fail(value->column, tr("\"{}\" is not {}", visible(key), tr("a whole number")));
  return number;
}

std::optional<bool> JsonObject::boolean(std::string_view key) const {
  const JsonValue* value = find(key, JsonValue::Type::boolean, N_("true or false"));
  if (value == nullptr) return {};
  return value->truth;
}

std::optional<std::string> JsonObject::decimal(std::string_view key) const {
  const JsonValue* value = find(key);
  if (value != nullptr && value->type == JsonValue::Type::text) return value->text;
  value = find(key, JsonValue::Type::number, N_("a number"));
  if (value == nullptr) return {};
  return value->text;
}

std::optional<std::vector<std::string>> JsonObject::texts(std::string_view key) const {
  const JsonValue* value = find(key, JsonValue::Type::array, N_("a list of texts"));
  if (value == nullptr) return {};
  std::vector<std::string> texts;
  for (const JsonValue& item : value->items) {
    if (item.type != JsonValue::Type::text)
      fail(item.column, tr("\"{}\" is not {}", visible(key), tr("a list of texts")));
    texts.push_back(item.text);
  }
  return texts;
}

std::optional<JsonObject> JsonObject::object(std::string_view key) const {
  const JsonValue* value = find(key, JsonValue::Type::object, N_("an object"));
  if (value == nullptr) return {};
  return JsonObject(*value);
}

std::optional<std::vector<JsonObject>> JsonObject::objects(std::string_view key) const {
  const JsonValue* value = find(key, JsonValue::Type::array, N_("a list of objects"));
  if (value == nullptr) return {};
  std::vector<JsonObject> objects;
  for (const JsonValue& item : value->items) {
    if (item.type != JsonValue::Type::object)
      fail(item.column, tr("\"{}\" is not {}", visible(key), tr("a list of objects")));
    objects.emplace_back(item);
  }
  return objects;
}

JsonObject read_json_object(std::string_view text) {
  std::size_t taken = 0;
  Builder builder(taken);
  nlohmann::json::sax_parse(Cursor(text.data(), &taken), Cursor(text.data() + text.size(), &taken), &builder);
  JsonValue value = builder.take();
  if (value.type != JsonValue::Type::object) fail(1, tr("this is not a JSON object"));
  return JsonObject(std::move(value));
}

}  // namespace loyal::format
