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

class ColumnMap;

/// What every import asks of its file.
struct ImportFile {
  std::string path;  ///< "-": standard input
  std::istream* standard_input = nullptr;
  std::string separator;  ///< comma, semicolon, tab, blank, or the character itself; empty: guessed
  std::string encoding;   ///< as iconv names it; empty: guessed
  std::string dates;      ///< day-first, month-first; empty: told by the file
  std::vector<std::string> mappings;
  std::string rejects_path;   ///< empty: beside the file
  std::string table = {};     ///< what was read out of a file of another form, as text with semicolons; empty: the file
  std::string table_of = {};  ///< what people are told of that form
  /// Lets a person choose one of several; nothing where nobody can be asked. Empty: nobody can.
  std::function<std::optional<std::size_t>(const std::string& question, const std::vector<std::string>& choices)>
      choose = {};
  /// Is shown the columns once they are known: for keeping them under a name.
  std::function<void(const ColumnMap& columns)> keep_columns = {};
};

/// Tells how far an import is: a stage in people's words, rows done, rows in all (0: not known).
using ImportProgress = std::function<void(const std::string& stage, std::int64_t done, std::int64_t total)>;
/// Tells people of something that they might not expect.
using ImportNote = std::function<void(const std::string& text)>;

/// A table that can be read more than once: what comes from a pipe is kept.
class ImportSource {
 public:
  /// `command` is what reads it, as "loyal import cards": its help says which columns are wanted.
  ImportSource(const ImportFile& file, const std::string& command);

  const std::string& name() const { return name_; }
  /// Where rejects go: as asked, else beside the file; empty where there is no such place.
  const std::string& rejects_path() const { return rejects_path_; }
  /// Reads from the heading on.
  format::DelimitedReader open();

 private:
  void keep(std::string text, std::string source);
  void keep_sheet(const std::string& path);
  std::string name_, rejects_path_;
  format::DelimitedOptions options_;
  bool is_kept_ = false;
  std::istringstream kept_;
};

/// A row of a file, and what is said of it.
struct RowExample {
  std::size_t line = 0;
  std::string column, reason;
};

/// The rows that an import deals with in one way: how many, and the first of them in words.
struct ImportGroup {
  static constexpr std::int64_t examples_max = 3;
  std::int64_t count = 0;
  std::vector<RowExample> examples;
  /// `words` is called for the first rows only.
  template <class Words>
  void take(std::size_t line, Words words) {
    if (++count <= examples_max) examples.push_back({line, {}, words()});
  }
};

/// What an import does with the rows of its file; those that cannot be taken are among the rejections.
struct ImportPlan {
  ImportGroup created, changed, skipped;
};

/// Rows that cannot be taken, and why.
class Rejections {
 public:
  using Example = RowExample;
  /// `column` counts from 1; 0 is the row as a whole.
  void add(std::size_t line, std::size_t column, std::string_view reason);
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  /// What people are told: the first rows in the file's order, with the headings of their columns.
  struct Settled {
    std::int64_t count = 0;
    std::vector<Example> examples;
    std::string path;  ///< of the reject file; empty where none was written
  };
  /// Writes the reject file, if `writes` and there is a place for it; with is_strict, Error{refused} where a row is
  /// rejected.
  Settled settle(ImportSource& source, const std::vector<std::string>& heading, bool writes, bool is_strict);

 private:
  struct Rejection {
    std::uint32_t line, column, bytes;
    std::size_t start;
  };
  std::string_view reason_of(const Rejection& row) const {
    return std::string_view(reasons_).substr(row.start, row.bytes);
  }
  void write(ImportSource& source, const std::string& path) const;
  std::vector<Rejection> rows_;
  std::string reasons_;
};

/// Says which column was taken for what, and which are ignored; keeps them under a name where that was asked for.
void tell_columns(const ImportFile& file, const format::DelimitedReader& reader, const ColumnMap& columns,
                  const ImportNote& note);

}  // namespace loyal::service
