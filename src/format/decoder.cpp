// SPDX-License-Identifier: MIT
#include "decoder.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <istream>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "utf8.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t piece_bytes = 1 << 16;
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_little_mark = "\xFF\xFE";
constexpr std::string_view utf16_big_mark = "\xFE\xFF";
constexpr char broken_byte = '\xFF';

/// An encoding's name in small letters without dashes.
std::string folded_name(std::string_view encoding) {
  std::string folded;
  for (const char byte : encoding)
    if (byte != '-' && byte != '_') folded += static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
  return folded;
}

bool is_utf8_name(std::string_view encoding) {
  return folded_name(encoding) == "utf8";
}

/// UTF-16 without a mark, by the upper halves of its characters: those of ASCII are 0, of Russian letters 4. Empty for
/// other text.
std::string_view unmarked_utf16(std::string_view bytes) {
  std::array<std::size_t, 2> upper_halves{};
  for (std::size_t at = 0; at < bytes.size(); ++at)
    upper_halves[at % 2] += bytes[at] == '\0' || bytes[at] == '\4' ? 1U : 0U;
  const std::size_t characters = bytes.size() / 2;
  if (characters < 2 || bytes.find('\0') == std::string_view::npos) return {};
  const auto is_mostly = [characters](std::size_t count) { return 10 * count >= 9 * characters; };
  const auto is_hardly = [characters](std::size_t count) { return 10 * count <= characters; };
  if (is_mostly(upper_halves[1]) && is_hardly(upper_halves[0])) return "UTF-16LE";
  if (is_mostly(upper_halves[0]) && is_hardly(upper_halves[1])) return "UTF-16BE";
  return {};
}

}  // namespace

std::string guess_encoding(std::string_view bytes) {
  std::size_t whole = 0;
  std::size_t broken = 0;
  std::array<std::size_t, 256> counts{};
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = character_bytes(bytes.substr(at));
    if (length > 1) ++whole;
    if (length == 0 && bytes.size() - at > 3) ++broken;  // the last character may be cut by the end of the piece
    for (std::size_t i = at; i < at + std::max<std::size_t>(length, 1); ++i)
      ++counts[static_cast<unsigned char>(bytes[i])];
    at += std::max<std::size_t>(length, 1);
  }
  if (whole > broken || broken == 0) return "UTF-8";
  const auto sum = [&](std::size_t first, std::size_t last) {
    std::size_t total = 0;
    for (std::size_t byte = first; byte <= last; ++byte) total += counts[byte];
    return total;
  };
  // E0 to EF are letters in both; 80 to AF are letters of CP866 alone, C0 to DF and F0 to FF letters of windows-1251
  // alone but for ё and a few more.
  const std::size_t of_cp866 = sum(0x80, 0xAF);
  const std::size_t of_windows = sum(0xC0, 0xDF) + sum(0xF2, 0xFF);
  return of_cp866 > 4 * of_windows ? "CP866" : "windows-1251";
}

Decoder::Decoder(std::istream& in, std::string name, std::string encoding)
    : in_(in), name_(std::move(name)), encoding_(std::move(encoding)), decided_(!encoding_.empty()) {}

Decoder::~Decoder() {
  if (converter_ != nullptr) ::iconv_close(converter_);
}

bool Decoder::read(std::string& text) {
  if (!read_bytes()) {
    text.assign(rest_.empty() ? 0 : 1, broken_byte);
    rest_.clear();
    return !text.empty();
  }
  if (!started_) start();
  if (!decided_ && !is_ascii(bytes_)) {
    decided_ = true;
    encoding_ = guess_encoding(bytes_);
    if (encoding_ != "UTF-8") open_converter();
  }
  if (converter_ == nullptr)
    text.swap(bytes_);
  else
    convert(text);
  return true;
}

bool Decoder::is_at_end() const {
  return in_.eof();
}

bool Decoder::read_bytes() {
  bytes_.resize(piece_bytes);
  errno = 0;
  in_.read(bytes_.data(), static_cast<std::streamsize>(piece_bytes));
  bytes_.resize(static_cast<std::size_t>(in_.gcount()));
  if (in_.bad()) {
    throw Error(Fault::failed,
                errno == 0 ? tr("cannot read {}", name_) : tr("cannot read {}: {}", name_, std::strerror(errno)));
  }
  return !bytes_.empty();
}

void Decoder::start() {
  started_ = true;
  const std::string_view bytes = bytes_;
  const bool may_be_utf16 = !decided_ || folded_name(encoding_).starts_with("utf16");
  std::size_t mark = 0;
  // No text in another encoding begins so: a file that was saved anew is read whatever is said of its source.
  if (bytes.starts_with(utf8_mark)) {
    encoding_ = "UTF-8";
    decided_ = true;
    mark = utf8_mark.size();
  } else if (bytes.starts_with(utf16_little_mark) && may_be_utf16) {
    encoding_ = "UTF-16LE";
    mark = utf16_little_mark.size();
  } else if (bytes.starts_with(utf16_big_mark) && may_be_utf16) {
    encoding_ = "UTF-16BE";
    mark = utf16_big_mark.size();
  } else if (const std::string_view guessed = decided_ ? std::string_view{} : unmarked_utf16(bytes); !guessed.empty()) {
    encoding_ = guessed;
    decided_ = true;
  }
  bytes_.erase(0, mark);
  has_mark_ = mark > 0;
  if (has_mark_) decided_ = true;
  if (!decided_) encoding_ = "UTF-8";
  if (decided_ && !is_utf8_name(encoding_)) open_converter();
}

void Decoder::open_converter() {
  converter_ = ::iconv_open("UTF-8", encoding_.c_str());
  if (converter_ != reinterpret_cast<iconv_t>(-1)) return;
  converter_ = nullptr;
  throw Error(Fault::usage, tr("unknown encoding \"{}\"", encoding_), "iconv -l");
}

void Decoder::convert(std::string& text) {
  bytes_.insert(0, std::exchange(rest_, {}));
  text.resize(4 * bytes_.size() + 16);
  char* in = bytes_.data();
  std::size_t in_bytes = bytes_.size();
  char* out = text.data();
  std::size_t out_bytes = text.size();
  while (in_bytes > 0 && ::iconv(converter_, &in, &in_bytes, &out, &out_bytes) == static_cast<std::size_t>(-1)) {
    if (errno == EINVAL) {
      rest_.assign(in, in_bytes);
      break;
    }
    if (errno != EILSEQ) throw Error(Fault::failed, tr("cannot read {}: {}", name_, std::strerror(errno)));
    const std::size_t unit = std::min<std::size_t>(folded_name(encoding_).starts_with("utf16") ? 2 : 1, in_bytes);
    in += unit;
    in_bytes -= unit;
    *out++ = broken_byte;
    --out_bytes;
  }
  text.resize(static_cast<std::size_t>(out - text.data()));
}

}  // namespace loyal::format
