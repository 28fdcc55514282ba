// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "loyal/base/date.hpp"
#include "workbook_place.hpp"

namespace loyal::format {

/// A ZIP archive that is written file by file, each from front to back; nothing stands in its place until commit().
class ZipFile {
 public:
  explicit ZipFile(const std::string& path);
  ~ZipFile();
  ZipFile(const ZipFile&) = delete;
  ZipFile& operator=(const ZipFile&) = delete;

  /// Ends the file before it, if any. The time is what the archive says of the file.
  void begin(const std::string& name, LocalTime time);
  /// Into the file begun last; Error{failed} past four gibibytes, which older readers cannot take.
  void write(std::string_view bytes);
  void commit();

 private:
  void end();
  [[noreturn]] void fail() const;

  std::string path_;
  WorkbookPlace place_;
  void* archive_ = nullptr;
  bool is_in_file_ = false;
  std::int64_t file_bytes_ = 0;
};

}  // namespace loyal::format
