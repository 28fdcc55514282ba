// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "loyal/format/atomic_file.hpp"

namespace loyal::format {

/// Where a workbook is built: beside its place, or in the system's folder for temporary files when it goes to a device
/// or a pipe, since a zip archive is not written from front to back.
class WorkbookPlace {
 public:
  explicit WorkbookPlace(const std::string& path);

  const std::string& path() const { return file_.is_direct() ? detour_.path() : file_.temporary_path(); }
  std::string directory() const;
  void commit();

 private:
  void copy_detour();

  AtomicFile file_;
  TemporaryFile detour_;
};

}  // namespace loyal::format
