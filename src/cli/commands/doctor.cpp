// SPDX-License-Identifier: MIT
#include "loyal/service/doctor.hpp"

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"

namespace loyal::cli {
namespace {

struct Options {
  bool rebuild_lots = false;
};

format::Record check_record(const store::CheckReport& check) {
  format::Record record;
  record.add("check", check.name)
      .add("title", check.title)
      .add("examined", check.examined)
      .add("problems", check.problems);
  record.add("advice", check.advice.empty() ? format::Cell{} : format::Cell{check.advice});
  format::Record::List first;
  for (const store::Problem& problem : check.first) {
    format::Record row;
    row.add("place", problem.place).add("what", problem.what);
    first.push_back(std::move(row));
  }
  record.list("first", "", std::move(first));
  return record;
}

void tell(Session& session, const service::DoctorReport& report) {
  for (const store::CheckReport& check : report.checks) {
    const std::string verdict = check.problems == 0 ? tr("ok") : trn("{} problem", "{} problems", check.problems);
    session.say(fmt::format("{}: {} ({})", check.title, verdict, trn("{} row", "{} rows", check.examined)));
    for (const store::Problem& problem : check.first) session.say("  " + tr("{}: {}", problem.place, problem.what));
    if (const auto kept = static_cast<std::int64_t>(check.first.size()); check.problems > kept)
      session.say("  " + trn("and {} more", "and {} more", check.problems - kept));
    if (check.problems > 0) session.say("  " + check.advice);
  }
  session.say(report.problems() == 0
                  ? tr("the store is whole")
                  : trn("the store is broken: {} problem", "the store is broken: {} problems", report.problems()));
}

void doctor(Session& session, const Options& options) {
  if (options.rebuild_lots) {
    if (!session.confirm(tr("Write the table of lots anew from the entries?")))
      return session.note(tr("nothing was changed"));
    const std::int64_t lots = service::rebuild_lots(session.writing());
    session.note(trn("{} lot written from the entries", "{} lots written from the entries", lots));
  } else {
    session.store_for_reading();
  }
  const service::DoctorReport report = service::examine(
      session.globals().store_path,
      [&session](std::int64_t done, std::int64_t total) { session.progress(tr("checks"), done, total); });
  if (session.for_programs() || !session.globals().output_path.empty()) {
    format::Record record;
    record.add("whole", report.problems() == 0).add("problems", report.problems());
    format::Record::List checks;
    for (const store::CheckReport& check : report.checks) checks.push_back(check_record(check));
    record.list("checks", tr("Checks"), std::move(checks));
    session.show(record);
  } else {
    tell(session, report);
  }
  if (report.problems() > 0) session.ends_with(exit_code(Fault::store_broken));
}

}  // namespace

void declare_doctor(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Recomputes everything that can be recomputed: the chain of hashes over all history, which breaks at the "
         "operation that somebody "
         "changed; the pages and indexes of the file; what every lot holds, from its entries; sales from their lines, "
         "returns from their sales. It only "
         "reads, and says "
         "what to do about what it finds."));
  verb.flag("--rebuild-lots", options.rebuild_lots, N_("write the table of lots anew from the entries first"));
  verb.example("loyal doctor");
  verb.example("loyal doctor --json");
  verb.can_end_with({Fault::unconfirmed, Fault::store_broken});
  verb.runs([&options](Session& session) { doctor(session, options); });
}

}  // namespace loyal::cli
