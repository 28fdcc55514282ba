// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loyal::cli {

/// Text cut at blanks into lines of at most `width` columns; the second and later lines begin with `indent` blanks.
/// A word that is wider than a line stands alone.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0);

/// A page of help, built from the top; headings are bold where colours are wanted.
class Page {
 public:
  using Rows = std::vector<std::pair<std::string, std::string>>;

  Page(int columns, bool colour);
  /// A paragraph, an empty line before it where it is not the first.
  Page& paragraph(const std::string& text);
  Page& heading(const std::string& text);
  /// Lines as they are, indented by two blanks.
  Page& line(const std::string& text);
  /// Terms on the left, what they mean on the right.
  Page& rows(const Rows& rows);
  const std::string& text() const { return text_; }

 private:
  std::size_t width_;
  bool colour_;
  std::string text_;
};

}  // namespace loyal::cli
