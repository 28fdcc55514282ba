// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/service/explain.hpp"

namespace loyal::cli {

/// A remark under an event, with the points that it is about where it is about some.
struct Remark {
  std::string text;
  std::optional<Points> points;
};

/// An event of a card's story as one says it to whoever holds the card.
struct EventWords {
  std::string head;
  std::vector<Remark> remarks;
};

/// The words for a story's events, one for each of service::events_of(story), in its order.
std::vector<EventWords> event_words(const service::CardStory& story, const std::vector<service::StoryEvent>& events);

/// What each kind of entry came to, in the order of the story: "spend", −20.
std::vector<Remark> totals_by_kind(const service::CardStory& story);
/// What the card holds at the end: balance, and what waits, is past its day or owed, where there is any.
std::vector<Remark> balance_remarks(const service::CardStory& story);
/// What is left of which points, in spending order, the first twelve lots and the sum of the rest: "receipt 000123,
/// last day 2027-02-28".
std::vector<Remark> lots_left(const service::CardStory& story);

/// Points with their sign: "+35", "−20" as "-20", "0".
std::string signed_points(Points points, int scale);

/// The whole story as a page `columns` wide.
std::string explain_page(const service::CardStory& story, int columns);
/// The same for a receipt printer of so many characters a line.
std::string explain_slip(const service::CardStory& story, std::size_t columns);

}  // namespace loyal::cli
