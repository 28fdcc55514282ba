// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace loyal::format {

/// Reads the first sheet of a workbook (.xlsx), row by row. Cells are texts as one would type them: numbers with a
/// point, dates as ISO by the cell's number format, true and false. Parts that unpack to too much, broken archives and
/// hostile XML are Error{usage}.
class XlsxReader {
 public:
  explicit XlsxReader(const std::string& path);
  ~XlsxReader();
  XlsxReader(XlsxReader&&) noexcept;
  XlsxReader& operator=(XlsxReader&&) noexcept;

  /// The sheet's name.
  const std::string& sheet() const;
  /// The next row that is in the file, and its number from 1; rows without cells may be left out of a file. Cells that
  /// are left out are empty. False at the end.
  bool next(std::vector<std::string>& cells, std::size_t& number);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// Whether a file starts as a ZIP archive does.
bool is_archive(const std::string& path);

/// The first sheet as semicolon-separated text, a line for each row, so that the line's number is the row's.
std::string sheet_as_text(XlsxReader& reader);

}  // namespace loyal::format
