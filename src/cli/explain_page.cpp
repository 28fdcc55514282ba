// SPDX-License-Identifier: MIT
#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/explain_words.hpp"
#include "loyal/cli/layout.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

constexpr int columns_min = 60;
constexpr int columns_max = 120;

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t columns = display_width(text);
  return columns < width ? std::string(width - columns, ' ') + text : text;
}

/// Rows of a date, an amount, the balance after it, and words that go on below themselves.
class Rows {
 public:
  Rows(const service::CardStory& story, const std::vector<service::StoryEvent>& events, int columns)
      : scale_(story.state.unit.scale),
        width_(static_cast<std::size_t>(std::clamp(columns, columns_min, columns_max))) {
    for (const service::StoryEvent& event : events) {
      points_ = std::max(points_, display_width(signed_points(event.points, scale_)));
      balance_ = std::max(balance_, display_width(to_text(event.balance.count, scale_)));
    }
  }

  void heading() {
    points_ = std::max(points_, display_width(tr("Points")));
    balance_ = std::max(balance_, display_width(tr("Balance")));
    const std::size_t date = date_words(Date{}).size();
    text += tr("Date") + std::string(date - std::min(date, display_width(tr("Date"))), ' ') + "  " +
            padded(tr("Points"), points_) + "  " + padded(tr("Balance"), balance_) + "\n";
  }

  void event(const service::StoryEvent& event, const EventWords& words) {
    const std::string date = date_words(event.first().date);
    const std::size_t indent = date.size() + points_ + balance_ + 6;
    text += date + "  " + padded(signed_points(event.points, scale_), points_) + "  " +
            padded(to_text(event.balance.count, scale_), balance_) + "  " +
            wrapped(visible(words.head), width_, indent) + "\n";
    for (const Remark& remark : words.remarks)
      text += std::string(indent, ' ') + wrapped(remark_words(remark), width_, indent) + "\n";
  }

  /// Amounts below one another, what they are behind them.
  void amounts(const std::string& heading, const std::vector<Remark>& remarks, bool has_signs) {
    if (remarks.empty()) return;
    const auto amount = [&](const Remark& remark) {
      const Points points = remark.points.value_or(Points{});
      return has_signs ? signed_points(points, scale_) : to_text(points.count, scale_);
    };
    std::size_t widest = 0;
    for (const Remark& remark : remarks) widest = std::max(widest, display_width(amount(remark)));
    text += "\n" + heading + "\n";
    for (const Remark& remark : remarks)
      text += "  " + padded(amount(remark), widest) + "  " + wrapped(visible(remark.text), width_, widest + 4) + "\n";
  }

  std::string text;

 private:
  std::string remark_words(const Remark& remark) const {
    const std::string words = visible(remark.text);
    return remark.points ? words + ": " + to_text(remark.points->count, scale_) : words;
  }

  int scale_;
  std::size_t width_, points_ = 0, balance_ = 0;
};

std::string title_of(const service::CardStory& story) {
  const service::CardState& state = story.state;
  std::string title = tr("Card {}, {}", state.card.number, state.program_slug);
  if (!state.holder.empty()) title += ", " + visible(state.holder);
  return title;
}

}  // namespace

std::string explain_page(const service::CardStory& story, int columns) {
  const auto events = service::events_of(story);
  const auto words = event_words(story, events);
  Rows rows(story, events, columns);
  rows.text = title_of(story) + "\n\n";
  if (events.empty()) {
    rows.text += story.is_whole ? tr("Nothing has happened on this card.") : tr("This receipt moved no points.");
    rows.text += "\n";
  } else {
    rows.heading();
    for (std::size_t i = 0; i < events.size(); ++i) rows.event(events[i], words[i]);
    std::vector<Remark> totals = totals_by_kind(story);
    totals.push_back({tr("together"), story.sum});
    rows.amounts(story.is_whole ? tr("In all") : tr("Of this receipt"), totals, true);
  }
  if (story.is_whole) rows.amounts(tr("The card holds"), balance_remarks(story), false);
  rows.amounts(tr("What is left of which points"), lots_left(story), false);
  rows.text.pop_back();
  return rows.text;
}

}  // namespace loyal::cli
