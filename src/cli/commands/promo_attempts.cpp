// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/store/promo_use.hpp"

namespace loyal::cli {
namespace {

using format::Kind;
using format::Shown;

struct Options {
  std::int64_t days = 30;
};

void promo_attempts(Session& session, const Options& options) {
  constexpr std::int64_t day_seconds = 24 * 60 * 60;
  const service::Context context = session.reading();
  const Instant since{context.now.seconds - options.days * day_seconds};
  session.list(tr("Refused codes"),
               {{"at", tr("Time"), Kind::time},
                {"till", tr("Till"), Kind::identifier},
                {"operator", tr("Operator"), Kind::name, Shown::if_room},
                {"typed", tr("Typed"), Kind::identifier},
                {"outcome", tr("Was"), Kind::identifier}},
               [&](format::Sink& sink) {
                 store::each_promo_attempt(context.store, since, [&sink](const store::PromoAttempt& attempt) {
                   sink.row(std::vector<format::Cell>{attempt.at, text_or_absent(attempt.till),
                                                      text_or_absent(attempt.operator_name), attempt.typed,
                                                      name_cell(attempt.outcome)});
                 });
               });
}

}  // namespace

void declare_promo_attempts(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists the codes that were refused: when, at which till, what was typed, and whether it was mistyped, "
         "unknown, revoked or for somebody else. After five in a quarter of an hour a till waits, twice as long each "
         "time."));
  verb.flag("--days", options.days, Value::number, N_("of so many days; 30 unless given"));
  verb.example("loyal promo attempts");
  verb.example("loyal promo attempts --days 1 --json");
  verb.runs([&options](Session& session) { promo_attempts(session, options); });
}

}  // namespace loyal::cli
