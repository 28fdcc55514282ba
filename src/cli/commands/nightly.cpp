// SPDX-License-Identifier: MIT
#include "loyal/service/nightly.hpp"

#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string until;
};

void nightly(Session& session, const Options& options) {
  const auto until = read_date(session, options.until);
  const service::Context context = session.writing();
  const service::NightlyReport report = service::nightly(
      context, until,
      [&session](std::int64_t done, std::int64_t total) { session.progress(tr("expiring"), done, total); });
  format::Record record;
  record.add("until", report.until);
  record.add("expired_lots", report.expired_lots);
  record.add("expired_cards", report.expired_cards);
  record.add("expired_points", report.unit ? points(report.expired_points, *report.unit) : format::Cell{});
  record.add("scale", report.unit ? format::Cell{std::int64_t{report.unit->scale}} : format::Cell{});
  record.add("operation", report.operation ? format::Cell{report.operation.value} : format::Cell{});
  record.add("dry_run", context.dry_run);
  if (report.expired_lots == 0) {
    session.answer(tr("{}: nothing to do", to_string(report.until)), record);
    return;
  }
  // Points of programs with other units do not add up to anything.
  const std::string what = report.unit ? service::points_text(report.expired_points, *report.unit)
                                       : trn("{} portion", "{} portions", report.expired_lots);
  session.answer(trn("{2}: {1} expired on {0} card", "{2}: {1} expired on {0} cards", report.expired_cards, what,
                     to_string(report.until)),
                 record);
}

}  // namespace

void declare_nightly(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("The night's work: books the points whose last day has passed, each dated the day after it. Missed nights are "
         "caught up; run "
         "again, it writes nothing. Points past their last day cannot be spent even before it has run."));
  verb.flag("--until", options.until, Value::date,
            N_("up to this day; today unless given. A day to come needs --dry-run"));
  verb.example("loyal nightly");
  verb.example("loyal nightly --until 2026-06-30 --dry-run");
  verb.writes();
  verb.runs([&options](Session& session) { nightly(session, options); });
}

}  // namespace loyal::cli
