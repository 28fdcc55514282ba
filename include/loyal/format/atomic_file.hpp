// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "loyal/format/temporary_file.hpp"

namespace loyal::format {

/// A file that is written beside its place, synced and renamed by commit(); without commit() the old file stays as it
/// was and nothing is left behind, nor when the process is interrupted. Errors are Error{failed} with the path. A
/// device or a pipe (/dev/stdout, /dev/full) has no place beside it: it is written straight.
class AtomicFile {
 public:
  /// `mode` is the new file's permission bits: 0600 for what holds personal data.
  explicit AtomicFile(std::string path, unsigned mode = 0644);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Where to write until commit().
  const std::string& temporary_path() const { return direct_ ? path_ : temporary_.path(); }
  /// Whether the bytes go straight to a device or a pipe, where nothing can be taken back.
  bool is_direct() const { return direct_; }
  /// Appends to the temporary file.
  void write(std::string_view bytes);
  /// Nothing more is written: the bytes are on the disk, and only their name is still to come. Of many files that are
  /// put in place together, none stays open.
  void seal();
  /// Puts the file in its place; a second call does nothing.
  void commit();

 private:
  void open_direct();
  void open_beside(unsigned mode);
  [[noreturn]] void fail(int error) const;

  std::string path_;
  TemporaryFile temporary_;
  int descriptor_ = -1;
  bool direct_ = false;
  bool committed_ = false;
};

/// A stream into an AtomicFile, for writers that take a std::ostream; its errors leave `<<` and write() as
/// Error{failed}.
class AtomicStream : public std::ostream {
 public:
  explicit AtomicStream(std::string path, unsigned mode = 0644);
  ~AtomicStream() override;
  /// Writes what is held back and puts the file in its place.
  void commit();

 private:
  class Buffer;
  std::unique_ptr<Buffer> buffer_;
};

}  // namespace loyal::format
