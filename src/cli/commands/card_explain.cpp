// SPDX-License-Identifier: MIT
#include <charconv>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/explain_words.hpp"
#include "loyal/cli/history_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/explain.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string card, receipt, sale, slip;
  HistoryOptions history;
};

std::vector<format::Column> columns() {
  return {{"entry", tr("Entry"), Kind::integer},
          {"operation", tr("Operation"), Kind::integer},
          {"date", tr("Date"), Kind::date},
          {"kind", tr("Kind")},
          {"points", tr("Points"), Kind::points},
          {"scale", "", Kind::integer, Shown::to_programs},
          {"balance", tr("Balance"), Kind::points},
          {"lot", tr("Lot"), Kind::integer},
          {"answers", tr("Answers"), Kind::integer, Shown::to_programs},
          {"receipt", tr("Receipt"), Kind::identifier},
          {"till", tr("Till"), Kind::identifier},
          {"receipt_date", tr("Receipt of"), Kind::date},
          {"lines", tr("Lines")},
          {"rule", tr("Rule")},
          {"version", tr("Version"), Kind::integer},
          {"usable_from", tr("Usable from"), Kind::date},
          {"valid_through", tr("Usable through"), Kind::date},
          {"issuer", tr("Issuer"), Kind::identifier},
          {"shop", tr("Shop"), Kind::identifier},
          {"reason", tr("Reason")},
          {"undone_by", tr("Undone by"), Kind::integer}};
}

template <class Number>
Cell number_or_absent(Number number) {
  return number ? Cell{std::int64_t{number}} : Cell{};
}

/// "1:21 2:14": the receipt's lines with their points in minor units.
std::string lines_text(const service::StoryEntry& row) {
  std::string text;
  for (const service::LineShare& share : row.lines)
    text += fmt::format("{}{}:{}", text.empty() ? "" : " ", share.line, share.points.count);
  return text;
}

std::vector<Cell> cells_of(const service::StoryEntry& row, const domain::Unit& unit) {
  const store::Entry& entry = row.entry;
  return {entry.id.value,
          entry.operation.value,
          row.date,
          name_cell(domain::name(entry.kind)),
          points(entry.points, unit),
          std::int64_t{unit.scale},
          points(row.balance, unit),
          entry.lot.value,
          number_or_absent(entry.answers.value),
          text_or_absent(row.receipt),
          text_or_absent(row.till),
          date_or_absent(row.receipt_date),
          text_or_absent(lines_text(row)),
          text_or_absent(entry.rule),
          number_or_absent(row.version),
          date_or_absent(row.usable_from),
          date_or_absent(row.valid_through),
          text_or_absent(row.issuer),
          text_or_absent(row.shop),
          text_or_absent(entry.reason),
          number_or_absent(row.undone_by.value)};
}

/// The operation of `#12` or `12`.
OperationId sale_operation(const std::string& text) {
  if (text.empty()) return {};
  const std::string_view digits = std::string_view(text).substr(text.front() == '#' ? 1 : 0);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number < 1)
    throw Error(Fault::usage, tr("\"{}\" is no number of an operation", visible(text)),
                tr("use #12, as lists show it"));
  return {number};
}

void card_explain(Session& session, const Options& options) {
  if (!options.receipt.empty() && !options.sale.empty())
    throw Error(Fault::usage, tr("--receipt or --sale, not both"), tr("leave one of them out"));
  if (!options.slip.empty() && session.for_programs())
    throw Error(Fault::usage, tr("a slip is for people; other forms are for programs"), tr("leave one of them out"));
  const service::Context context = session.reading();
  const service::CardStory story = service::explain(
      context, {chosen_card(session, context.store, options.card), options.receipt, sale_operation(options.sale),
                read_date(session, options.history.as_of), known_at(options.history)});
  if (!options.slip.empty()) return session.page(explain_slip(story, options.slip == "48" ? 48 : 32));
  if (!session.for_programs()) return session.page(explain_page(story, session.world().terminal_columns));
  session.list(tr("Points explained"), columns(), [&story](format::Sink& sink) {
    for (const service::StoryEntry& row : story.entries) sink.row(cells_of(row, story.state.unit));
  });
}

}  // namespace

void declare_card_explain(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Tells by date how a card came to hold what it holds: which receipt and which of its lines earned points by "
         "which rule, what they paid for, what ended, was taken back, restored, owed or undone, with the balance after "
         "each. The sum of all is the balance."));
  verb.describes(
      N_("Programs get a row for each entry of the ledger. There `lines` names the lines of the receipt with their "
         "points in minor units, \"1:21 2:14\"; where several lots share a receipt, its lines are laid to them in "
         "order."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.flag("--receipt", options.receipt, Value::receipt, N_("only this receipt, and what became of its points"));
  verb.flag("--sale", options.sale, Value::text, N_("the same for a sale by the number of its operation"))
      .called("#ID");
  declare_history_options(verb, options.history);
  verb.flag("--slip", options.slip, Value::choice, N_("as a slip for a receipt printer of 32 or 48 characters a line"))
      .one_of({"32", "48"})
      .implies("32");
  verb.example("loyal card explain 2900000000018");
  verb.example("loyal card explain 2900000000018 --receipt 000123");
  verb.example("loyal card explain 2900000000018 --slip 48 -o slip.txt");
  verb.example("loyal card explain 2900000000018 --as-of 2026-03-01 --json");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { card_explain(session, options); });
}

}  // namespace loyal::cli
