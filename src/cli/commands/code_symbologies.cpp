// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/format/symbology.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string code;
};

std::string check_words(format::CheckDigit check) {
  switch (check) {
    case format::CheckDigit::none:
      return tr("none");
    case format::CheckDigit::in_code:
      return tr("the last digit");
    case format::CheckDigit::in_symbol:
      return tr("in the symbol");
  }
  return {};
}

std::string_view check_name(format::CheckDigit check) {
  switch (check) {
    case format::CheckDigit::none:
      return "none";
    case format::CheckDigit::in_code:
      return "in_code";
    case format::CheckDigit::in_symbol:
      return "in_symbol";
  }
  return {};
}

/// Lengths on paper are fractions of a millimetre; programs take whole micrometres.
std::int64_t micrometres(double length_mm) {
  return static_cast<std::int64_t>(length_mm * 1000 + 0.5);
}

void code_symbologies(Session& session, const Options& options) {
  const bool is_program = session.for_programs();
  session.list(
      tr("Symbologies"),
      {{"symbology", tr("Symbology"), Kind::identifier},
       {"title", tr("Title")},
       {"holds", tr("Can carry")},
       {"check_digit", tr("Check digit")},
       {"quiet_zone_modules", tr("Quiet zone"), Kind::integer, Shown::if_room},
       {"module_min_um", tr("Smallest bar, µm"), Kind::integer, Shown::if_room},
       {"text_below", tr("Printed below"), Kind::text, Shown::if_room},
       {"linear", "", Kind::text, Shown::to_programs}},
      [&](format::Sink& sink) {
        for (const auto& known : format::symbologies()) {
          if (!options.code.empty() && !known.why_not(options.code).empty()) continue;
          sink.row(std::vector<Cell>{
              std::string(known.name), std::string(known.title), tr(known.holds),
              is_program ? std::string(check_name(known.check_digit)) : check_words(known.check_digit),
              std::int64_t{std::max(known.quiet_left_modules, known.quiet_right_modules)},
              micrometres(known.module_min_mm),
              is_program ? Cell{known.text_below} : Cell{known.text_below ? tr("yes") : tr("no")}, known.linear});
        }
      });
}

}  // namespace

void declare_code_symbologies(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists the kinds of symbols that codes are drawn as: what each can carry, where a wrongly read digit is "
         "noticed, how much white it needs around it, and how small it may be printed."));
  verb.flag("--for", options.code, Value::text, N_("only those that can carry this code"));
  verb.example("loyal code symbologies");
  verb.example("loyal code symbologies --for 2900000000018");
  verb.runs([&options](Session& session) { code_symbologies(session, options); });
}

}  // namespace loyal::cli
