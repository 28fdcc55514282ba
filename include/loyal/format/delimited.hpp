// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/format/cell.hpp"

namespace loyal::format {

/// How a delimited file is to be read; what is not given is guessed.
struct DelimitedOptions {
  std::optional<char> separator;  ///< ' ' for runs of blanks and tabs
  std::string encoding;           ///< as iconv names it; empty: guessed
  bool has_heading = true;
  std::string empty_hint = {};  ///< what can be done about a file without a heading
  std::string source = {};      ///< what people are told of in the place of encoding and separator; empty: these
};

/// Why a row cannot be used though reading goes on.
struct RowProblem {
  std::size_t line = 0;    ///< of the file, from 1
  std::size_t column = 0;  ///< number of the field, from 1; 0: the row as a whole
  std::string what;
};

/// One record; its fields hold until the next one is read.
struct Row {
  std::size_t line = 0;  ///< the line of the file that it starts in, from 1
  std::span<const std::string_view> fields;
  std::optional<RowProblem> problem;
};

/// Reads CSV and its kin from a file or a stream, in memory that does not grow with it; fields are UTF-8, without
/// blanks around what is not quoted. Empty lines are passed over. What cannot be read on is Error{usage} with file and
/// line; a file that gives no bytes, Error{failed}.
class DelimitedReader {
 public:
  explicit DelimitedReader(const std::string& path, DelimitedOptions options = {});
  /// `name` stands for the file in messages.
  DelimitedReader(std::istream& in, std::string name, DelimitedOptions options = {});
  ~DelimitedReader();
  DelimitedReader(DelimitedReader&&) noexcept;
  DelimitedReader& operator=(DelimitedReader&&) noexcept;

  /// The first record's fields; empty without a heading.
  const std::vector<std::string>& heading() const;
  /// Reads the next record; false at the end.
  bool next(Row& row);

  /// ',', ';', '\t', '|', or ' ' for runs of blanks.
  char separator() const;
  /// "UTF-8", "UTF-16LE", "windows-1251" …; a file that is ASCII so far is taken for UTF-8.
  const std::string& encoding() const;
  /// The signs with which Excel and this reader read a file back that holds some of these rows, in UTF-8: separator and
  /// line ends as here (commas for runs of blanks), a byte order mark where there was one, where the encoding was
  /// another, and beside semicolons. The line end is known once a row has been read.
  CsvStyle style() const;
  /// What was found or guessed, for people: "windows-1251, separator ;".
  std::string description() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace loyal::format
