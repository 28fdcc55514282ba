// SPDX-License-Identifier: MIT
#include "loyal/cli/layout.hpp"

#include <algorithm>

#include "loyal/base/text.hpp"

namespace loyal::cli {

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string lines;
  std::size_t used = indent;
  bool is_first = true;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    text = blank == std::string_view::npos ? std::string_view{} : text.substr(blank + 1);
    if (word.empty()) continue;
    const std::size_t columns = display_width(word);
    if (!is_first && used + 1 + columns > width) {
      lines += "\n" + std::string(indent, ' ');
      used = indent;
    } else if (!is_first) {
      lines += ' ';
      ++used;
    }
    lines += word;
    used += columns;
    is_first = false;
  }
  return lines;
}

Page::Page(int columns, bool colour)
    : width_(static_cast<std::size_t>(std::clamp(columns, 40, 100))), colour_(colour) {}

Page& Page::paragraph(const std::string& text) {
  if (!text_.empty()) text_ += "\n";
  text_ += wrapped(text, width_) + "\n";
  return *this;
}

Page& Page::heading(const std::string& text) {
  if (!text_.empty()) text_ += "\n";
  text_ += (colour_ ? "\x1b[1m" + text + "\x1b[0m" : text) + "\n";
  return *this;
}

Page& Page::line(const std::string& text) {
  text_ += "  " + text + "\n";
  return *this;
}

Page& Page::rows(const Rows& rows) {
  constexpr std::size_t margin = 2;
  const std::size_t widest_term = width_ / 2 - 2 * margin;
  std::size_t term_width = 0;
  for (const auto& [term, meaning] : rows)
    if (display_width(term) <= widest_term) term_width = std::max(term_width, display_width(term));
  const std::size_t start = margin + term_width + margin;
  for (const auto& [term, meaning] : rows) {
    const std::size_t columns = display_width(term);
    text_ += std::string(margin, ' ') + term;
    if (columns > term_width)
      text_ += "\n" + std::string(start, ' ');
    else
      text_ += std::string(start - margin - columns, ' ');
    text_ += wrapped(meaning, width_, start) + "\n";
  }
  return *this;
}

}  // namespace loyal::cli
