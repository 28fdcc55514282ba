// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"

namespace loyal::domain {

/// Who wants in: how many at once, and on which of the program's lists (empty: the first, where there are some).
struct DoorWish {
  int count = 1;
  std::string list;
  bool on_any_day = false;  ///< also on another day than that of the event
};

/// What of a card the door asks for.
struct DoorFacts {
  std::vector<Lot> lots;               ///< what it holds, without what is frozen
  std::optional<Date> frozen_through;  ///< of what is frozen on that day
  int entries_today = 0;
  int entries_on_list = 0;
  bool was_bought = false;         ///< whatever is left of it
  std::optional<Date> ended_last;  ///< the last day of what ended unused
};

/// Who is let in, and by what.
struct Entrance {
  std::vector<LotDebit> debits;  ///< nothing where entry takes nothing
  std::vector<Lot> used;         ///< the lots that let in
};

/// Why nobody is let in.
struct DoorRefusal {
  enum class Reason {
    no_door,          ///< cards of this program are not for entering
    unknown_list,     ///< or a list, where the program has none
    other_day,        ///< `date`: the event's
    frozen,           ///< `date`: the last day of it
    not_yet,          ///< `date`: the first day
    ended,            ///< `date`: the last day
    used_up,          ///< `allowed` of them are left
    never_bought,     ///< nothing was ever sold onto the card
    day_limit,        ///< `allowed` more today
    entered_already,  ///< on the list; `allowed` more
  };
  Reason reason = Reason::no_door;
  int allowed = 0;
  Date date;
};

/// Whether a card lets in on a day; pure.
std::variant<Entrance, DoorRefusal> enter(const Program& program, const DoorWish& wish, Date on, const DoorFacts& card);

/// The list that a wish means: the named one, or the first of the program's.
std::string list_of(const Program& program, const DoorWish& wish);

/// A time for which a lot was put aside, without the days that were given back; both days inclusive.
struct FrozenSpan {
  Date from, through;

  int days() const { return through.day_number - from.day_number + 1; }
  bool holds(Date day) const { return from <= day && day <= through; }
};

/// Why a lot is not put aside.
struct FreezeRefusal {
  enum class Reason {
    not_allowed,     ///< the program knows no freeze
    frozen_already,  ///< `date`: the last day
    too_short,       ///< `allowed`: the least days
    too_long,        ///< `allowed`: what is left of the days
    too_often        ///< `allowed`: the most times
  };
  Reason reason = Reason::not_allowed;
  int allowed = 0;
  Date date;
};

/// Whether a lot that was put aside for these times before may be so again.
std::optional<FreezeRefusal> check_freeze(const Program& program, std::span<const FrozenSpan> before,
                                          const FrozenSpan& wish);

}  // namespace loyal::domain
