// SPDX-License-Identifier: MIT
#include "loyal/format/xml_writer.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "loyal/base/text.hpp"
#include "utf8.hpp"
#include "windows_1251.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t piece_bytes = 1 << 16;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Bytes that stand for themselves in a text.
constexpr std::array<bool, 256> plain_bytes() {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x7f; ++byte) plain[byte] = true;
  plain['\n'] = true;
  plain['\t'] = true;
  for (const char byte : {'<', '>', '&', '"'}) plain[static_cast<unsigned char>(byte)] = false;
  return plain;
}
constexpr std::array<bool, 256> is_plain = plain_bytes();

/// What XML lets no document hold, not even as a reference, and the control characters that follow ASCII.
bool is_forbidden(char32_t character) {
  return (character >= 0x7f && character < 0xa0) || (character & 0xfffe) == 0xfffe;
}

}  // namespace

XmlWriter::XmlWriter(XmlEncoding encoding, std::function<void(std::string_view)> take)
    : encoding_(encoding), take_(std::move(take)) {
  buffer_.reserve(piece_bytes * 2);
}

void XmlWriter::start() {
  if (!open_.empty() || !buffer_.empty()) throw std::logic_error("an XML document that starts within another");
  if (encoding_ == XmlEncoding::utf_8_bom) buffer_ += byte_order_mark;
  buffer_ += encoding_ == XmlEncoding::windows_1251 ? R"(<?xml version="1.0" encoding="windows-1251"?>)"
                                                    : R"(<?xml version="1.0" encoding="UTF-8"?>)";
  buffer_ += '\n';
}

void XmlWriter::end_tag() {
  if (!is_in_tag_) return;
  buffer_ += '>';
  is_in_tag_ = false;
}

void XmlWriter::open(std::string_view name) {
  if (is_in_tag_) {
    end_tag();
    buffer_ += '\n';
  }
  buffer_ += '<';
  buffer_ += name;
  open_.push_back(name);
  is_in_tag_ = true;
}

void XmlWriter::attribute(std::string_view name, std::string_view value) {
  if (!is_in_tag_) throw std::logic_error("an attribute behind the start of its element");
  ((buffer_ += ' ') += name) += "=\"";
  append_escaped(value, true);
  buffer_ += '"';
}

void XmlWriter::text(std::string_view text) {
  if (open_.empty()) throw std::logic_error("a text outside the elements");
  end_tag();
  append_escaped(text, false);
}

void XmlWriter::close(std::string_view name) {
  if (open_.empty() || open_.back() != name) throw std::logic_error("an XML element is closed out of order");
  end_tag();
  open_.pop_back();
  ((buffer_ += "</") += name) += ">\n";
  if (buffer_.size() >= piece_bytes) flush();
}

void XmlWriter::element(std::string_view name, std::string_view text) {
  if (is_in_tag_) {
    end_tag();
    buffer_ += '\n';
  }
  ((buffer_ += '<') += name) += '>';
  append_escaped(text, false);
  ((buffer_ += "</") += name) += ">\n";
  if (buffer_.size() >= piece_bytes) flush();
}

void XmlWriter::number(std::string_view name, std::int64_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  element(name, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void XmlWriter::decimal(std::string_view name, std::int64_t count, int scale) {
  constexpr std::size_t longest = 24;
  std::array<char, longest> digits{};
  char* place = digits.data() + longest;
  // Digits of the negative number, since the smallest one has no positive counterpart.
  std::int64_t rest = count < 0 ? count : -count;
  for (int digit = 0; digit <= scale || rest != 0; ++digit) {
    if (digit == scale && scale > 0) *--place = '.';
    *--place = static_cast<char>('0' - rest % 10);
    rest /= 10;
  }
  if (count < 0) *--place = '-';
  element(name, {place, static_cast<std::size_t>(digits.data() + longest - place)});
}

void XmlWriter::finish() {
  if (!open_.empty()) throw std::logic_error("an XML element is left open");
  flush();
}

void XmlWriter::append_escaped(std::string_view text, bool is_attribute) {
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (is_plain[byte] && (!is_attribute || byte >= 0x20)) {
      ++at;
      continue;
    }
    // The letters of Russian, which are most of what comes here.
    if ((byte == 0xd0 || byte == 0xd1) && encoding_ != XmlEncoding::windows_1251 && at + 1 < text.size() &&
        (static_cast<unsigned char>(text[at + 1]) & 0xc0) == 0x80) {
      at += 2;
      continue;
    }
    buffer_.append(text, run, at - run);
    at += append_special(text.substr(at), is_attribute);
    run = at;
  }
  buffer_.append(text, run);
}

std::size_t XmlWriter::append_special(std::string_view text, bool is_attribute) {
  const auto byte = static_cast<unsigned char>(text.front());
  switch (byte) {
    case '<':
      buffer_ += "&lt;";
      return 1;
    case '>':
      buffer_ += "&gt;";
      return 1;
    case '&':
      buffer_ += "&amp;";
      return 1;
    case '"':
      buffer_ += is_attribute ? "&quot;" : "\"";
      return 1;
    case '\t':
    case '\n':
    case '\r':
      append_reference(byte);  // a reader would make a blank or a line end of it
      return 1;
    default:
      break;
  }
  if (byte < 0x80) return 1;
  const std::size_t bytes = character_bytes(text);
  if (bytes == 0) {
    if (encoding_ == XmlEncoding::windows_1251)
      append_reference(0xfffd);
    else
      buffer_ += replacement_character;
    return 1;
  }
  const char32_t character = code_point(text);
  if (is_forbidden(character)) return bytes;
  if (encoding_ == XmlEncoding::windows_1251 && windows_1251_byte(character) == 0)
    append_reference(character);
  else
    buffer_.append(text.substr(0, bytes));
  return bytes;
}

void XmlWriter::append_reference(char32_t character) {
  ((buffer_ += "&#") += std::to_string(static_cast<std::uint32_t>(character))) += ';';
}

void XmlWriter::flush() {
  if (encoding_ == XmlEncoding::windows_1251) {
    encoded_.clear();
    append_windows_1251(encoded_, buffer_);
    take_(encoded_);
  } else {
    take_(buffer_);
  }
  buffer_.clear();
}

}  // namespace loyal::format
