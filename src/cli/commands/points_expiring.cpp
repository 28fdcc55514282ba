// SPDX-License-Identifier: MIT
#include <charconv>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::cli {
namespace {

using format::Kind;
using format::Shown;

struct Options {
  std::string within = "30d";
  std::string until;
};

Date last_day(Session& session, const Options& options, Date from) {
  if (!options.until.empty()) return parse_date(options.until, from);
  int count = 0;
  const std::string& text = options.within;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool is_read = error == std::errc{} && end == text.data() + text.size() - 1 && count > 0;
  if (is_read && *end == 'd') return plus_days(from, count);
  if (is_read && *end == 'm') return plus_months(from, count);
  static_cast<void>(session);
  throw Error(Fault::usage, tr("\"{}\" is no length of time", visible(text)), tr("use 30d or 3m"));
}

void points_expiring(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const Date from = today(session);
  const Date to = last_day(session, options, from);
  service::Rules rules(context.store);
  service::CustomerSight sight(context);
  const service::ProgramSight programs(context);
  bool is_empty = true;
  session.list(tr("Expiring points"),
               {{"valid_through", tr("Usable through"), Kind::date},
                {"card", tr("Card"), Kind::identifier},
                {"holder", tr("Holder"), Kind::name},
                {"phone", tr("Phone"), Kind::identifier},
                {"points", tr("Points"), Kind::points},
                {"scale", "", Kind::integer, Shown::to_programs},
                {"lot", "", Kind::integer, Shown::to_programs}},
               [&](format::Sink& sink) {
                 store::each_expiring(context.store, from, to, [&](const store::ExpiringLot& row) {
                   if (!programs.sees(row.program)) return;
                   const domain::Unit& unit = rules.newest(row.program).program.unit;
                   const format::Cell cells[] = {date_or_absent(row.lot.valid_through),
                                                 row.card_number,
                                                 text_or_absent(sight.holder_of(row.card, row.holder)),
                                                 text_or_absent(sight.holder_of(row.card, row.phone)),
                                                 points(row.lot.remainder, unit),
                                                 std::int64_t{unit.scale},
                                                 row.lot.id.value};
                   sink.row(cells);
                   is_empty = false;
                 });
               });
  if (is_empty && !session.for_programs())
    session.note(tr("no points expire from {} to {}", to_string(from), to_string(to)));
}

}  // namespace

void declare_points_expiring(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists points whose last day is near, the nearest first, with the holder's phone: whom to remind."));
  verb.flag("--within", options.within, Value::text, N_("how soon: 30d, 3m")).called("TIME");
  verb.flag("--until", options.until, Value::date, N_("or the last day to look at"));
  verb.example("loyal points expiring --within 14d");
  verb.runs([&options](Session& session) { points_expiring(session, options); });
}

}  // namespace loyal::cli
