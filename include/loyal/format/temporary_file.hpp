// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <string>

namespace loyal::format {

/// A file that is gone when its owner is, and when the process is interrupted. Moving it elsewhere releases it.
class TemporaryFile {
 public:
  TemporaryFile() = default;
  explicit TemporaryFile(std::string path);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  /// Takes charge of a file that was just made.
  void own(std::string path);
  /// Leaves the file where it is.
  void release();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool is_owned_ = false;
  std::atomic<const char*>* place_ = nullptr;
};

/// Removes the temporary files of the process; for a signal handler, which may call nothing that takes memory or locks.
void remove_temporary_files() noexcept;

}  // namespace loyal::format
