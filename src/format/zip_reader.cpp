// SPDX-License-Identifier: MIT
#include "zip_reader.hpp"

#include <array>

#include "late_minizip.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {

ZipReader::ZipReader(const std::string& path) : path_(path), archive_(unzOpen64(path.c_str())) {
  if (archive_ == nullptr)
    throw Error(Fault::usage, tr("{} is no workbook: its archive cannot be read", visible(path)));
}

ZipReader::~ZipReader() {
  unzClose(archive_);
}

std::optional<std::string> ZipReader::part(const std::string& name, std::size_t bytes_max) {
  constexpr int in_any_case = 2;
  if (unzLocateFile(archive_, name.c_str(), in_any_case) != UNZ_OK) return std::nullopt;
  if (unzOpenCurrentFile(archive_) != UNZ_OK)
    throw Error(Fault::usage, tr("{}: the part {} cannot be unpacked", visible(path_), visible(name)));
  std::string bytes;
  std::array<char, 1 << 16> piece{};
  int count = 0;
  while ((count = unzReadCurrentFile(archive_, piece.data(), piece.size())) > 0) {
    bytes.append(piece.data(), static_cast<std::size_t>(count));
    if (bytes.size() > bytes_max) break;
  }
  const bool is_whole = unzCloseCurrentFile(archive_) == UNZ_OK && count == 0;
  if (bytes.size() > bytes_max)
    throw Error(Fault::usage,
                tr("{}: the part {} unpacks to more than {} MB", visible(path_), visible(name), bytes_max >> 20U),
                tr("save it as CSV and import that"));
  if (!is_whole) throw Error(Fault::usage, tr("{}: the part {} cannot be unpacked", visible(path_), visible(name)));
  return bytes;
}

}  // namespace loyal::format
