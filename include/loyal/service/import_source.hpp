// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/format/delimited.hpp"

namespace loyal::service {

/// What every import asks of its file.
struct ImportFile {
  std::string path;  ///< "-": standard input
  std::istream* standard_input = nullptr;
  std::string separator;  ///< comma, semicolon, tab, blank, or the character itself; empty: guessed
  std::string encoding;   ///< as iconv names it; empty: guessed
  std::vector<std::string> mappings;
  std::string rejects_path;  ///< empty: beside the file
};

/// Tells how far an import is: a stage in people's words, rows done, rows in all (0: not known).
using ImportProgress = std::function<void(const std::string& stage, std::int64_t done, std::int64_t total)>;
/// Tells people of something that they might not expect.
using ImportNote = std::function<void(const std::string& text)>;

/// A table that can be read more than once: what comes from a pipe is kept.
class ImportSource {
 public:
  explicit ImportSource(const ImportFile& file);

  const std::string& name() const { return name_; }
  /// Where rejects go: as asked, else beside the file; empty where there is no such place.
  const std::string& rejects_path() const { return rejects_path_; }
  /// Reads from the heading on.
  format::DelimitedReader open();

 private:
  std::string name_, rejects_path_;
  format::DelimitedOptions options_;
  bool is_kept_ = false;
  std::istringstream kept_;
};

/// Rows that cannot be taken, and why.
class Rejections {
 public:
  /// `column` counts from 1; 0 is the row as a whole.
  void add(std::size_t line, std::size_t column, std::string_view reason);
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  /// Writes the rejected rows with their reasons (0600), in the file's order. Nothing is written while there are none.
  void write(ImportSource& source, const std::string& path);

  struct Example {
    std::size_t line = 0;
    std::string column, reason;
  };
  /// The first ones in the file's order, with the headings of their columns.
  std::vector<Example> examples(std::size_t count, const std::vector<std::string>& heading);

 private:
  struct Rejection {
    std::uint32_t line, column, bytes;
    std::size_t start;
  };
  std::string_view reason_of(const Rejection& row) const {
    return std::string_view(reasons_).substr(row.start, row.bytes);
  }
  void sort();
  std::vector<Rejection> rows_;
  std::string reasons_;
};

}  // namespace loyal::service
