// SPDX-License-Identifier: MIT
#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/explain_words.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

/// Lines of a roll of paper: nothing is wider than it, whatever the words.
class Slip {
 public:
  explicit Slip(std::size_t columns) : columns_(columns) {}

  void centred(const std::string& words) {
    for (const std::string& line : broken(words, columns_))
      add(std::string((columns_ - display_width(line)) / 2, ' ') + line);
  }

  void rule() { add(std::string(columns_, '-')); }

  void words(const std::string& text, std::size_t indent = 0) {
    for (const std::string& line : broken(text, columns_ - indent)) add(std::string(indent, ' ') + line);
  }

  /// Words on the left, an amount at the right edge of their last line.
  void amount(const std::string& text, const std::string& amount, std::size_t indent = 0) {
    const std::size_t width = display_width(amount);
    std::vector<std::string> lines = broken(text, columns_ - indent - width - 1);
    if (lines.empty()) lines.emplace_back();
    for (std::string& line : lines) line.insert(0, indent, ' ');
    lines.back() += std::string(columns_ - width - display_width(lines.back()), ' ') + amount;
    for (const std::string& line : lines) add(line);
  }

  std::string text() const { return text_; }

 private:
  void add(const std::string& line) { text_ += (text_.empty() ? "" : "\n") + line; }

  /// The words in lines of at most `width` columns; a longer word is cut where the line ends.
  static std::vector<std::string> broken(const std::string& text, std::size_t width) {
    std::vector<std::string> lines;
    std::string line;
    const auto finish = [&] {
      if (!line.empty()) lines.push_back(std::move(line));
      line.clear();
    };
    const std::string shown = visible(text);
    std::string_view rest = shown;
    while (!rest.empty()) {
      const std::size_t blank = rest.find(' ');
      std::string_view word = rest.substr(0, blank);
      rest = blank == std::string_view::npos ? std::string_view{} : rest.substr(blank + 1);
      if (word.empty()) continue;
      if (!line.empty() && display_width(line) + 1 + display_width(word) > width) finish();
      if (!line.empty()) line += ' ';
      while (display_width(line) + display_width(word) > width) {
        const std::string_view head = head_of(word, width - display_width(line));
        line += head;
        word.remove_prefix(head.size());
        finish();
      }
      line += word;
    }
    finish();
    return lines;
  }

  /// As many whole characters as fit, one at least.
  static std::string_view head_of(std::string_view word, std::size_t width) {
    std::size_t bytes = 0;
    while (bytes < word.size()) {
      const std::size_t next = std::max<std::size_t>(1, character_bytes(word.substr(bytes)));
      if (bytes > 0 && display_width(word.substr(0, bytes + next)) > width) break;
      bytes += next;
    }
    return word.substr(0, bytes);
  }

  std::size_t columns_;
  std::string text_;
};

}  // namespace

std::string explain_slip(const service::CardStory& story, std::size_t columns) {
  const service::CardState& state = story.state;
  const int scale = state.unit.scale;
  Slip slip(columns);
  slip.centred(story.company);
  slip.centred(tr("card {}", state.card.number));
  slip.centred(state.holder);
  slip.rule();
  const auto events = service::events_of(story);
  const auto words = event_words(story, events);
  std::optional<Date> day;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (day != events[i].first().date) slip.words(date_words(events[i].first().date));
    day = events[i].first().date;
    slip.amount(words[i].head, signed_points(events[i].points, scale));
    for (const Remark& remark : words[i].remarks) {
      if (remark.points)
        slip.amount(remark.text, to_text(remark.points->count, scale), 2);
      else
        slip.words(remark.text, 2);
    }
  }
  if (events.empty())
    slip.words(story.is_whole ? tr("Nothing has happened on this card.") : tr("This receipt moved no points."));
  slip.rule();
  for (const Remark& total : totals_by_kind(story))
    slip.amount(total.text, signed_points(total.points.value_or(Points{}), scale));
  slip.amount(tr("together"), to_text(story.sum.count, scale));
  slip.rule();
  for (const Remark& held : story.is_whole ? balance_remarks(story) : std::vector<Remark>{})
    slip.amount(held.text, to_text(held.points.value_or(Points{}).count, scale));
  for (const Remark& left : lots_left(story))
    slip.amount(left.text, to_text(left.points.value_or(Points{}).count, scale), 2);
  return slip.text();
}

}  // namespace loyal::cli
