// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/program_text.hpp"
#include "loyal/cli/program_words.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/format/program_file.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string file, from, accept_loss;
  bool losses = false;
};

void list_losses(Session& session, const domain::Program& program) {
  session.list(tr("Points that would end sooner"),
               {{"number", tr("Card"), format::Kind::identifier},
                {"holder", tr("Holder")},
                {"points", tr("Points"), format::Kind::points},
                {"end_before", tr("Usable through"), format::Kind::date},
                {"end_after", tr("Would be usable through"), format::Kind::date},
                {"scale", tr("Scale"), format::Kind::integer, format::Shown::to_programs}},
               [&](format::Sink& sink) {
                 for (const service::ExpiryLoss& loss : service::expiry_losses(session.reading(), program))
                   sink.row(std::vector<format::Cell>{
                       loss.card_number, text_or_absent(loss.holder), points(loss.points, program.unit),
                       date_or_absent(loss.end_before), loss.end_after, std::int64_t{program.unit.scale}});
               });
}

void program_apply(Session& session, const Options& options) {
  const std::string text = program_text(session, options.file);
  const std::string name = program_text_name(options.file);
  const domain::Program program = format::read_program(text, name);
  if (options.losses) return list_losses(session, program);
  std::optional<Points> accepted;
  if (!options.accept_loss.empty()) accepted = parse_points(options.accept_loss, program.unit.scale);
  Writing writing(session);
  const std::optional<Date> from = read_date(session, options.from);
  const service::ProgramReceipt receipt = service::apply_program(writing.context(), text, name, from, accepted);
  const std::string& slug = receipt.program.slug;
  const std::string from_text = to_string(receipt.applies_from);
  if (receipt.is_unchanged)
    writing.answer(tr("program {} says so already: version {} from {}", slug, receipt.version, from_text),
                   program_record(receipt));
  else if (receipt.is_new)
    writing.answer(
        tr("program {} opened: {}, version {} from {}", slug, receipt.program.kind, receipt.version, from_text),
        program_record(receipt));
  else
    writing.answer(tr("program {} changed: version {} from {}", slug, receipt.version, from_text),
                   program_record(receipt));
  writing.next("loyal program show " + slug);
}

}  // namespace

void declare_program_apply(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Opens the program that a text describes, or makes a new version of the one with its slug. Sales keep the "
         "version that they "
         "were made under. The same text again changes nothing."));
  verb.operand("FILE", options.file, Value::file, N_("the program's text (TOML); - is stdin"));
  verb.flag("--from", options.from, Value::date, N_("the first day of the new version; today unless given"));
  verb.flag("--losses", options.losses, N_("list the points that are out and would end sooner; nothing is changed"));
  verb.flag("--accept-loss", options.accept_loss, Value::points,
            N_("so many points may end sooner than their holders were promised"));
  verb.example("loyal program apply samples/programs/stamp.toml");
  verb.example("loyal program show coffee --toml | sed s/5%/7%/ | loyal program apply - --from 2026-06-01");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { program_apply(session, options); });
}

}  // namespace loyal::cli
