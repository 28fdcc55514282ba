// SPDX-License-Identifier: MIT
#include "loyal/format/photograph.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "photograph_files.hpp"

namespace loyal::format {
namespace {

constexpr std::string_view png_start = "\x89PNG\r\n\x1A\n";
constexpr std::string_view jpeg_start = "\xFF\xD8\xFF";

bool is_webp(std::string_view bytes) {
  constexpr std::size_t form_at = 8;
  return bytes.starts_with("RIFF") && bytes.size() > form_at + 4 && bytes.substr(form_at, 4) == "WEBP";
}

[[noreturn]] void refuse_heavy(const std::string& name) {
  throw Error(
      Fault::refused,
      tr("{} has more than {} MB, the most that a picture may have", visible(name), photograph_bytes_max >> 20U),
      tr("make it smaller, or photograph the code alone"));
}

void add_new(std::vector<Found>& all, std::vector<Found> more) {
  for (auto& found : more)
    if (std::ranges::find(all, found) == all.end()) all.push_back(std::move(found));
}

}  // namespace

void require_reasonable(std::int64_t width, std::int64_t height, const std::string& name) {
  if (width <= 0 || height <= 0) refuse_broken(name, tr("it has no pixels"));
  if (width <= photograph_pixels_max && height <= photograph_pixels_max / width) return;
  throw Error(Fault::refused,
              tr("{} has {} × {} pixels; at most {} million are decoded", visible(name), width, height,
                 photograph_pixels_max / 1'000'000),
              tr("make it smaller, or photograph the code alone"));
}

void refuse_broken(const std::string& name, std::string_view reason) {
  throw Error(Fault::failed, tr("{} is broken: {}", visible(name), visible(reason)));
}

std::uint8_t luminance(unsigned red, unsigned green, unsigned blue) {
  return static_cast<std::uint8_t>((306 * red + 601 * green + 117 * blue + 512) >> 10U);
}

bool is_photograph(std::string_view bytes) {
  return bytes.starts_with(png_start) || bytes.starts_with(jpeg_start) || is_webp(bytes);
}

std::string photograph_bytes(std::istream& in, const std::string& name) {
  std::string bytes;
  // A stream's length is not known before its end.
  std::string piece(1 << 20, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0) {
    bytes.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > photograph_bytes_max) refuse_heavy(name);
  }
  if (in.bad()) throw Error(Fault::failed, tr("\"{}\" cannot be read", visible(name)));
  return bytes;
}

std::string photograph_bytes(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    throw Error(Fault::failed, tr("\"{}\" cannot be read: {}", visible(path), std::strerror(errno)));
  if (!S_ISREG(status.st_mode)) throw Error(Fault::failed, tr("\"{}\" is not a file", visible(path)));
  if (status.st_size > static_cast<std::int64_t>(photograph_bytes_max)) refuse_heavy(path);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(Fault::failed, tr("\"{}\" cannot be read: {}", visible(path), std::strerror(errno)));
  return photograph_bytes(file, path);
}

Photograph decode_photograph(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with(png_start)) return decode_png(bytes, name);
  if (bytes.starts_with(jpeg_start)) return decode_jpeg(bytes, name);
  if (is_webp(bytes)) return decode_webp(bytes, name);
  throw Error(Fault::usage, bytes.empty() ? tr("{} is empty", visible(name))
                                          : tr("{} is no picture: neither PNG nor JPEG nor WebP", visible(name)));
}

std::vector<Found> read_photograph(const Photograph& photograph) {
  std::vector<Found> all;
  add_new(all, read_image(photograph.gray, photograph.width, photograph.height));
  if (!all.empty()) return all;
  // The reader knows black on white alone; a telephone at night shows the other.
  std::vector<std::uint8_t> inverted(photograph.gray.size());
  std::ranges::transform(photograph.gray, inverted.begin(),
                         [](std::uint8_t level) { return static_cast<std::uint8_t>(255 - level); });
  add_new(all, read_image(inverted, photograph.width, photograph.height));
  return all;
}

}  // namespace loyal::format
