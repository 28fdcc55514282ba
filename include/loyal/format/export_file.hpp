// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/date.hpp"

namespace loyal::format {

/// How an export is put into files.
struct Packing {
  std::int64_t split_bytes = 0;  ///< a part that has reached this is full; 0: one part
  bool zip = false;              ///< all parts in one archive
  LocalTime time;                ///< of the files in the archive
};

/// An export in parts: FILE.xml, FILE-2.xml, FILE-3.xml …, or files of these names in one archive. None is in its place
/// until commit(): a failed or killed export leaves the old files. Only the owner can read them.
class ExportFile {
 public:
  ExportFile(const std::string& path, const Packing& packing);
  ~ExportFile();
  ExportFile(const ExportFile&) = delete;
  ExportFile& operator=(const ExportFile&) = delete;

  /// Appends to the part.
  void write(std::string_view bytes);
  /// Whether the next object belongs into another part.
  bool is_full() const { return packing_.split_bytes > 0 && part_bytes_ >= packing_.split_bytes; }
  void begin_next_part();
  void commit();

  /// The files that there are after commit().
  const std::vector<std::string>& paths() const { return paths_; }
  /// How many parts have been begun.
  std::int64_t parts() const { return parts_; }

 private:
  struct Files;
  std::string path_;
  Packing packing_;
  std::unique_ptr<Files> files_;
  std::vector<std::string> paths_;
  std::int64_t parts_ = 0;
  std::int64_t part_bytes_ = 0;
};

}  // namespace loyal::format
