// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/program_text.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/replay.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

constexpr std::size_t cards_shown = 10;

struct Options {
  std::string file, from, to;
  bool cards = false;
};

void list_cards(Session& session, const service::ReplayReport& report) {
  session.list(tr("Cards to which the rules make a difference"),
               {{"number", tr("Card"), Kind::identifier},
                {"holder", tr("Holder"), Kind::name},
                {"earned_before", tr("Earned"), Kind::points},
                {"earned_after", tr("Would earn"), Kind::points},
                {"discount_before", tr("Discount"), Kind::money},
                {"discount_after", tr("Would be"), Kind::money},
                {"balance_before", tr("Balance"), Kind::points},
                {"balance_after", tr("Would be"), Kind::points},
                {"scale", tr("Scale"), Kind::integer, Shown::to_programs}},
               [&](format::Sink& sink) {
                 const domain::Unit& unit = report.unit;
                 for (const service::ReplayCard& card : report.cards)
                   sink.row(std::vector<Cell>{
                       card.number, text_or_absent(card.holder), points(card.earned_before, unit),
                       points(card.earned_after, unit), money(card.discount_before), money(card.discount_after),
                       points(card.balance_before, unit), points(card.balance_after, unit), std::int64_t{unit.scale}});
               });
}

format::Record card_row(const service::ReplayCard& card, const domain::Unit& unit) {
  format::Record record;
  record.add("number", tr("Card"), card.number);
  record.add("holder", tr("Holder"), text_or_absent(card.holder));
  record.add("earned_before", tr("Earned"), points(card.earned_before, unit));
  record.add("earned_after", tr("Would earn"), points(card.earned_after, unit));
  record.add("discount_before", tr("Discount"), money(card.discount_before));
  record.add("discount_after", tr("Would be"), money(card.discount_after));
  return record;
}

/// Who loses most stands first, who gains most last.
void add_examples(format::Record& record, const service::ReplayReport& report) {
  format::Record::List losers;
  format::Record::List gainers;
  const auto losing = static_cast<std::size_t>(report.losing);
  for (std::size_t i = 0; i < std::min(cards_shown, losing); ++i)
    losers.push_back(card_row(report.cards[i], report.unit));
  for (std::size_t i = 0; i < std::min(cards_shown, static_cast<std::size_t>(report.gaining)); ++i)
    gainers.push_back(card_row(report.cards[report.cards.size() - 1 - i], report.unit));
  const std::string lose = losers.empty() ? std::string{} : tr("Lose most");
  const std::string gain = gainers.empty() ? std::string{} : tr("Gain most");
  record.list("losers", lose, std::move(losers));
  record.list("gainers", gain, std::move(gainers));
}

void program_replay(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const service::ReplayRequest request{program_text(session, options.file), program_text_name(options.file),
                                       read_date(session, options.from), read_date(session, options.to)};
  const service::ReplayReport report = service::replay(
      context, request,
      [&session](std::int64_t done, std::int64_t total) { session.progress(tr("making sales again"), done, total); });
  if (options.cards) return list_cards(session, report);
  const domain::Unit& unit = report.unit;
  const auto worth = [&unit](Points amount) { return money(domain::worth_of(unit, amount)); };
  format::Record record;
  record.add("program", tr("Program"), report.program_slug);
  record.add("sales", tr("Sales made again"), report.sales);
  record.add("returns", tr("Returns"), report.returns);
  record.add("earned_before", tr("Points earned"), points(report.before.earned, unit));
  record.add("earned_after", tr("… would be"), points(report.after.earned, unit));
  record.add("cost_before", tr("Points and discounts cost"),
             money(domain::worth_of(unit, report.before.earned) + report.before.discount));
  record.add("cost_after", tr("… would cost"),
             money(domain::worth_of(unit, report.after.earned) + report.after.discount));
  record.add("discount_before", tr("Discounts"), money(report.before.discount));
  record.add("discount_after", tr("… would be"), money(report.after.discount));
  record.add("spent_before", tr("Points spent"), points(report.before.spent, unit));
  record.add("spent_after", tr("… could be"), points(report.after.spent, unit));
  record.add("liability_before", tr("Points on cards now"), points(report.before.liability, unit));
  record.add("liability_after", tr("… would be"), points(report.after.liability, unit));
  record.add("liability_money_before", tr("Worth"), worth(report.before.liability));
  record.add("liability_money_after", tr("… would be"), worth(report.after.liability));
  record.add("currency", std::string("RUB"));
  record.add("scale", std::int64_t{unit.scale});
  record.add("gaining", tr("Cards that gain"), report.gaining);
  record.add("losing", tr("Cards that lose"), report.losing);
  add_examples(record, report);
  session.show(record);
  session.note(tr("nothing was written"));
}

}  // namespace

void declare_program_replay(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Makes the store's own purchases and returns again under changed rules, and compares: points, cost, what "
         "stands on the cards, who gains and who loses. Grants and corrections stay as they were; who paid with points "
         "pays with as many again, or with as many as there would be. Nothing is written."));
  verb.operand("FILE", options.file, Value::file, N_("the changed text of a program that is there; - is stdin"));
  verb.flag("--from", options.from, Value::date, N_("the first day whose purchases take the changed rules"));
  verb.flag("--to", options.to, Value::date, N_("the last such day"));
  verb.flag("--cards", options.cards, N_("list every card to which the rules make a difference"));
  verb.example("loyal program show coffee --toml | sed s/5%/7%/ | loyal program replay - --from 2026-01-01");
  verb.example("loyal program replay coffee-new.toml --cards -o difference.xlsx");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { program_replay(session, options); });
}

}  // namespace loyal::cli
