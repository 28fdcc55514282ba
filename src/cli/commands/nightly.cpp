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

void add_renewals(format::Record& record, const service::NightlyReport& report) {
  format::Record::List renewals;
  for (const service::Renewal& renewal : report.renewals) {
    format::Record row;
    row.add("program", tr("Program"), renewal.program_slug).add("card", tr("Card"), renewal.card_number);
    row.add("holder", tr("Holder"), text_or_absent(renewal.holder));
    row.add("phone", tr("Phone"), text_or_absent(renewal.phone));
    row.add("paid_through", tr("Paid through"), renewal.paid_through);
    renewals.push_back(std::move(row));
  }
  record.list("renewals", tr("Subscriptions that end"), std::move(renewals));
}

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
  record.add("granted_cards", report.granted_cards);
  record.add("grants", report.grants);
  record.add("granted_points", report.unit ? points(report.granted_points, *report.unit) : format::Cell{});
  record.add("dry_run", context.dry_run);
  add_renewals(record, report);
  for (const service::Renewal& renewal : report.renewals)
    session.note(tr("{}: card {} of {} is paid through {}", renewal.program_slug, renewal.card_number,
                    renewal.holder.empty() ? "-" : renewal.holder, to_string(renewal.paid_through)));
  if (report.expired_lots == 0 && report.grants == 0) {
    session.answer(tr("{}: nothing to do", to_string(report.until)), record);
    return;
  }
  if (report.grants > 0) {
    const std::string given = report.unit ? service::points_text(report.granted_points, *report.unit)
                                          : trn("{} gift", "{} gifts", report.grants);
    const std::string line = trn("{2}: {1} given to {0} card", "{2}: {1} given to {0} cards", report.granted_cards,
                                 given, to_string(report.until));
    if (report.expired_lots == 0) {
      session.answer(line, record);
      return;
    }
    session.say(line);
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
      N_("The night's work: gives the points that rules give by themselves (birthdays, welcomes, holidays, absences), "
         "books the points whose last day has passed, each dated the day after it, and tells whose subscription is "
         "about to end. Missed nights are caught up; run again, it writes nothing. Points past their last day cannot "
         "be spent even before it has run."));
  verb.flag("--until", options.until, Value::date,
            N_("up to this day; today unless given. A day to come needs --dry-run"));
  verb.example("loyal nightly");
  verb.example("loyal nightly --until 2026-06-30 --dry-run");
  verb.writes();
  verb.runs([&options](Session& session) { nightly(session, options); });
}

}  // namespace loyal::cli
