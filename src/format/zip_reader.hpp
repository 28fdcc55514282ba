// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace loyal::format {

/// Reads the parts of a ZIP archive whole. What unpacks to more than its limit is Error{usage}, whatever its header
/// says: an archive of some kilobytes may unpack to terabytes.
class ZipReader {
 public:
  explicit ZipReader(const std::string& path);
  ~ZipReader();
  ZipReader(const ZipReader&) = delete;
  ZipReader& operator=(const ZipReader&) = delete;

  /// The part of that name; nothing where there is none.
  std::optional<std::string> part(const std::string& name, std::size_t bytes_max);

 private:
  std::string path_;
  void* archive_;
};

}  // namespace loyal::format
