// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace loyal::format {

/// A file that is written beside its place, synced and renamed by commit(); without commit() the old file stays as it was
/// and nothing is left behind. Errors are Error{failed} with the path.
class AtomicFile {
 public:
  /// `mode` is the new file's permission bits: 0600 for what holds personal data.
  explicit AtomicFile(std::string path, unsigned mode = 0644);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Where to write until commit().
  const std::string& temporary_path() const { return temporary_path_; }
  /// Appends to the temporary file.
  void write(std::string_view bytes);
  void commit();

 private:
  std::string path_;
  std::string temporary_path_;
  int descriptor_ = -1;
  bool committed_ = false;
};

}  // namespace loyal::format
