// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace loyal::format {

/// How an XML file is encoded; characters that windows-1251 lacks become numeric references.
enum class XmlEncoding { utf_8_bom, utf_8, windows_1251 };

/// Writes an XML document element by element, in constant memory. What a text has that XML cannot hold (control
/// characters, noncharacters) is left out, and bytes that are no UTF-8 become U+FFFD. Elements that are closed out of
/// order are std::logic_error. Names are literals without anything to escape.
class XmlWriter {
 public:
  /// `take` is given the bytes, piece by piece.
  XmlWriter(XmlEncoding encoding, std::function<void(std::string_view)> take);
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;

  /// The byte order mark, if any, and the declaration, with which a document begins; the one before is whole.
  void start();
  void open(std::string_view name);
  /// Of the element just opened.
  void attribute(std::string_view name, std::string_view value);
  void text(std::string_view text);
  /// Closes the innermost element, which is this one.
  void close(std::string_view name);
  /// An element that holds only a text.
  void element(std::string_view name, std::string_view text);
  /// An element that holds a whole number.
  void number(std::string_view name, std::int64_t number);
  /// An element that holds a number of minor units with so many digits after the point: `900.00`.
  void decimal(std::string_view name, std::int64_t count, int scale);
  /// Gives what is held back.
  void flush();
  /// Gives all; every element is closed.
  void finish();

 private:
  void end_tag();
  void append_escaped(std::string_view text, bool is_attribute);
  std::size_t append_special(std::string_view text, bool is_attribute);
  void append_reference(char32_t character);

  XmlEncoding encoding_;
  std::function<void(std::string_view)> take_;
  std::string buffer_;
  std::string encoded_;
  std::vector<std::string_view> open_;
  bool is_in_tag_ = false;
};

}  // namespace loyal::format
