// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/error.hpp"
#include "loyal/format/toml_file.hpp"

namespace loyal::format {

/// A table of a TOML file whose keys are all known. What is absent is read as nothing; what has the wrong type or lies
/// out of bounds is refused at its place.
class TomlSection {
 public:
  /// Refuses unknown keys and names those allowed. `table` and `file_name` must outlive the section; `title` is how
  /// messages call it ("[unit]").
  TomlSection(const std::string& file_name, const TomlNode& table, std::string title,
              std::initializer_list<std::string_view> keys);

  bool has(std::string_view key) const { return find(key) != nullptr; }
  const TomlNode* find(std::string_view key) const;
  /// The place of the key's value, or of the section where the key is absent.
  Place place_of(std::string_view key) const;
  Place place() const { return place_; }
  const std::string& title() const { return title_; }
  const std::string& file_name() const { return file_name_; }

  [[noreturn]] void refuse(std::string_view key, const std::string& message, const std::string& hint = {}) const;

  /// Neither blank nor with control characters.
  std::optional<std::string> text(std::string_view key) const;
  /// At least one, each as text(), none twice.
  std::optional<std::vector<std::string>> texts(std::string_view key) const;
  std::optional<bool> flag(std::string_view key) const;
  std::optional<int> number(std::string_view key, int least, int most) const;
  /// An integer (of whole units) or a text, in minor units by `scale`; zero or more.
  std::optional<std::int64_t> decimal(std::string_view key, int scale) const;
  /// A TOML date or its text.
  std::optional<Date> date(std::string_view key) const;
  /// Which of the words stands there.
  std::optional<std::size_t> choice(std::string_view key, std::initializer_list<std::string_view> words) const;

  /// Calls a reader of text and gives its errors the place of the key.
  template <class Function>
  auto at(std::string_view key, Function&& function) const {
    try {
      return function();
    } catch (const Error& error) {
      refuse(key, error.what(), error.hint());
    }
  }

 private:
  [[noreturn]] void refuse_type(std::string_view key, const TomlNode& node, const std::string& wanted) const;
  std::string checked_text(std::string_view key, const TomlNode& node) const;

  const std::string& file_name_;
  const TomlNode::Table* members_ = nullptr;
  Place place_;
  std::string title_;
};

}  // namespace loyal::format
