// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;

void program_list(Session& session) {
  const service::Context context = session.reading();
  const CompanyId only =
      context.company.empty() ? CompanyId{} : service::find_company(context.store, context.company).id;
  session.list(
      tr("Programs"),
      {{"slug", tr("Program"), Kind::identifier},
       {"title", tr("Title")},
       {"kind", tr("Kind"), Kind::identifier},
       {"state", tr("State"), Kind::identifier},
       {"version", tr("Version"), Kind::integer},
       {"applies_from", tr("Applies from"), Kind::date},
       {"company", tr("Company"), Kind::identifier, format::Shown::if_room}},
      [&context, only](format::Sink& sink) {
        for (const store::ProgramRow& program : store::programs(context.store)) {
          if (only && program.company != only) continue;
          const auto versions = store::versions(context.store, program.id);
          // A program whose opening was undone has no version left.
          if (versions.empty()) continue;
          sink.row(std::vector<Cell>{program.slug, program.title, name_cell(program.kind), name_cell(program.state),
                                     versions.back().number, versions.back().applies_from,
                                     store::company(context.store, program.company).value().slug});
        }
      });
}

}  // namespace

void declare_program_list(Verb& verb) {
  verb.describes(N_("Lists the card programs with their newest version and the day from which it applies."));
  verb.example("loyal program list");
  verb.runs(program_list);
}

}  // namespace loyal::cli
