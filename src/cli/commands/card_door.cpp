// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/door.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string program, list;
};

/// Whether they are in, for people with a pencil.
std::string state_of(const service::DoorRow& row) {
  if (row.is_blocked) return tr("blocked");
  if (row.entered == 0) return {};
  return row.entered >= row.tickets ? tr("in") : tr("{} in", row.entered);
}

void card_door(Session& session, const Options& options) {
  const service::DoorList door = service::door_list(session.reading(), options.program, options.list);
  session.list(tr("Door"),
               {{"card", tr("Card"), Kind::identifier},
                {"holder", tr("Holder")},
                {"program", tr("Program"), Kind::identifier, Shown::to_programs},
                {"list", tr("List"), Kind::text, Shown::to_programs},
                {"event_date", tr("Date"), Kind::date, Shown::to_programs},
                {"paid", tr("Paid"), Kind::integer},
                {"entered", "", Kind::integer, Shown::to_programs},
                {"state", tr("Came in")},
                {"entered_at", tr("Time"), Kind::time},
                {"blocked", "", Kind::boolean, Shown::to_programs}},
               [&door](format::Sink& sink) {
                 for (const service::DoorRow& row : door.rows)
                   sink.row(std::vector<Cell>{row.card.number, text_or_absent(row.holder), door.program_slug,
                                              text_or_absent(door.list), door.event ? Cell{door.event->date} : Cell{},
                                              row.tickets, row.entered, text_or_absent(state_of(row)),
                                              row.entered_at ? Cell{*row.entered_at} : Cell{}, row.is_blocked});
               });
}

}  // namespace

void declare_card_door(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists who may come in: the card, its holder, how many visits or tickets are paid, and who is in already on a "
         "check-in list. Written to a file before the event, it serves a door without a connection; who came in is "
         "typed later, with card use --at."));
  verb.operand("PROGRAM", options.program, Value::program, N_("slug or title; the only one unless given")).optional();
  verb.flag("--list", options.list, Value::text, N_("the check-in list; the first of the program's unless given"));
  verb.example("loyal card door lecture");
  verb.example("loyal card door lecture --list \"вход\" -o door.xlsx");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { card_door(session, options); });
}

}  // namespace loyal::cli
