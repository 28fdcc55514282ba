// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <string>

namespace loyal::format {

/// Text on its way to a stream, handed over in large pieces; a stream that refuses it is Error{failed}.
class Output {
 public:
  explicit Output(std::ostream& stream);

  /// Append here, and call settle() after each row.
  std::string& text() { return text_; }
  void settle() {
    if (text_.size() >= piece_bytes) write();
  }
  /// Hands everything over and flushes the stream.
  void finish();

 private:
  static constexpr std::size_t piece_bytes = 1 << 16;
  void write();

  std::ostream& stream_;
  std::string text_;
};

}  // namespace loyal::format
