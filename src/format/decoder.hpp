// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

namespace loyal::format {

/// Reads a stream piece by piece as UTF-8, whatever its encoding; bytes that its encoding has not come out as 0xFF,
/// which is no UTF-8, so that the reader sees where they stood.
class Decoder {
 public:
  /// `encoding` as iconv names it, or empty to find it from the byte order mark or from the first bytes that are not
  /// ASCII.
  Decoder(std::istream& in, std::string name, std::string encoding);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// Replaces `text` by the next piece; false at the end.
  bool read(std::string& text);
  /// Whether the piece read last was the last one.
  bool is_at_end() const;
  const std::string& encoding() const { return encoding_; }
  /// Whether the text began with a byte order mark.
  bool has_mark() const { return has_mark_; }

 private:
  bool read_bytes();
  void start();
  void open_converter();
  void convert(std::string& text);

  std::istream& in_;
  std::string name_;
  std::string encoding_;
  std::string bytes_;
  std::string rest_;  ///< the start of a character whose end is in the next piece
  void* converter_ = nullptr;
  bool started_ = false;
  bool decided_ = false;
  bool has_mark_ = false;
};

/// The encoding of Russian text that is not ASCII: UTF-8, windows-1251, or CP866 where it is clearly that.
std::string guess_encoding(std::string_view bytes);

}  // namespace loyal::format
