// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "loyal/format/cell.hpp"

namespace loyal::format {

/// A text that is safe for a terminal, with the columns that it takes there.
struct ShownText {
  std::string text;
  std::size_t columns = 0;
};

ShownText shown_text(std::string_view text);
ShownText cut(const ShownText& shown, std::size_t columns);
bool is_right_aligned(Kind kind);

/// Writes cells as people read them.
class PeopleWriter {
 public:
  PeopleWriter();
  void show(ShownText& shown, const Cell& cell) const;

 private:
  // Looked up once: a list may have a million rows.
  std::string yes_;
  std::string no_;
};

}  // namespace loyal::format
