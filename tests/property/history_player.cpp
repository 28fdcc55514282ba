// SPDX-License-Identifier: MIT
#include "property/history_player.hpp"

#include "support/doctor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "loyal/service/explain.hpp"
#include "loyal/service/nightly.hpp"
#include "loyal/service/settlement.hpp"
#include "loyal/service/undo.hpp"
#include "property/sale_player.hpp"

namespace loyal::test {
namespace {

class Player : public SalePlayer {
 public:
  using SalePlayer::SalePlayer;

  Outcome play() {
    for (const Step& step : script_.steps) {
      try {
        take(step);
      } catch (const Difference& difference) {
        outcome_.failure = fmt::format("step {}: {}", step.number, difference.what);
        return outcome_;
      } catch (const std::exception& error) {
        outcome_.failure = fmt::format("step {}: unexpected error: {}", step.number, error.what());
        return outcome_;
      }
    }
    check_replay();
    if (!outcome_.failure && is_club()) check_settlement();
    if (!outcome_.failure) outcome_.failure = doctors_finding(database_, Examine::postings);
    for (const int card : all_cards()) {
      outcome_.balances.push_back(oracle_.balance(card, today_.of(card)));
      outcome_.lots.push_back(oracle_.lots(card, today_.of(card)));
    }
    return outcome_;
  }

 private:
  void take(const Step& step) {
    using enum Step::Action;
    today_ = {local(step.now, program_hours_).date, local(step.now, gift_hours_).date};
    oracle_.now = step.now;
    const std::int64_t before = last_operation();
    std::vector<std::vector<LotValue>> lots;
    for (const int card : all_cards()) lots.push_back(oracle_.lots(card, today_.of(card)));
    switch (step.action) {
      case sell:
      case sell_gift:
        take_sale(step);
        break;
      case reserve:
        take_reservation(step);
        break;
      case commit:
        take_commit(step);
        break;
      case release:
        take_release(step);
        break;
      case give_back:
        take_return(step);
        break;
      case take_void:
        take_void_of(step);
        break;
      case grant:
        take_grant(step);
        break;
      case adjust:
        take_adjustment(step);
        break;
      case transfer:
        take_transfer(step);
        break;
      case use:
        take_use(step);
        break;
      case present:
        take_presentation(step);
        break;
      case top_up:
        take_top_up(step);
        break;
      case pay_out:
        take_payout(step);
        break;
      case stock:
        take_stock(step);
        break;
      case redeem:
        take_redemption(step);
        break;
      case pin:
        take_pin(step);
        break;
      case cascade:
        take_cascade(step);
        break;
      case nightly:
        take_nightly(step);
        break;
      case undo:
        take_undo(step);
        break;
    }
    if (last_operation() > before) {
      operations_[step.number] = OperationId{last_operation()};
      before_last_ = lots;
    }
    compare_cards(step);
    if (const auto broken = broken_invariant(database_)) throw Difference{*broken};
    check_settled(step);
  }

  void take_cascade(const Step& step) {
    const int target = step.target;
    if (target < 0 || !operations_.contains(target) || undone_.contains(target) || is_undo(target)) return skip();
    const service::Context context = context_of(step.now);
    const auto expected = oracle_.undo_all(step.number, target, today_);
    service::UndoReport report;
    if (!agree(expected.empty(),
               [&] { report = service::undo(context, operations_.at(target), service::UndoMode::cascade); }))
      return;
    std::vector<std::int64_t> done;
    for (const service::UndoneBefore& other : report.before) done.push_back(other.undone.id.value);
    done.push_back(report.undone.id.value);
    same("how many operations were undone", done.size(), expected.size());
    for (std::size_t i = 0; i < done.size(); ++i) {
      same("an operation that was undone", done[i], operations_.at(expected[i]).value);
      undone_.insert(expected[i]);
    }
  }

  void take_nightly(const Step& step) {
    const service::Context context = context_of(step.now);
    const std::int64_t expected = oracle_.nightly(step.number, today_.everywhere());
    const auto report = service::nightly(context, std::nullopt, {});
    same("lots swept", report.expired_lots, expected);
    const std::int64_t before = last_operation();
    service::nightly(context, std::nullopt, {});
    same("operations after a second night's work", last_operation(), before);
  }

  void take_undo(const Step& step) {
    int target = step.target;
    if (target < 0)
      for (const auto& [number, operation] : operations_)
        if (!undone_.contains(number) && !is_undo(number) && (target < 0 || operations_.at(target) < operation))
          target = number;
    if (target < 0 || !operations_.contains(target) || undone_.contains(target) || is_undo(target)) return skip();
    const bool is_refused = !oracle_.undo(step.number, target, today_);
    const service::Context context = context_of(step.now);
    const bool is_of_last = operations_.at(target).value == last_operation();
    if (!agree(is_refused, [&] { service::undo(context, step.target < 0 ? OperationId{} : operations_.at(target)); }))
      return;
    undone_.insert(target);
    if (!is_of_last) return;
    std::size_t place = 0;
    for (const int card : all_cards())
      same("what an undo of the last operation brings back", usable(card, values_of(stored(step, card).lots)),
           usable(card, before_last_[place++]));
  }

  service::CardState stored(const Step& step, int card) {
    return service::card_state(context_of(step.now), number_of(card), std::nullopt);
  }

  /// Lots whose last day has not passed: those that it has may have been swept along.
  std::vector<LotValue> usable(int card, std::vector<LotValue> lots) const {
    const Date today = today_.of(card);
    std::erase_if(lots, [today](const LotValue& lot) { return lot.valid_through && *lot.valid_through < today; });
    return lots;
  }

  bool is_undo(int number) const {
    for (const Step& step : script_.steps)
      if (step.number == number) return step.action == Step::Action::undo || step.action == Step::Action::cascade;
    return false;
  }

  void compare_cards(const Step& step) {
    Shown shown{OperationId{last_operation()}, {}, {}, {}};
    for (const int card : all_cards()) {
      const Date today = today_.of(card);
      const auto state = stored(step, card);
      same("lots", values_of(state.lots), oracle_.lots(card, today));
      const BalanceValue balance = oracle_.balance(card, today);
      same("the balance", value_of(state.balance), balance);
      shown.on.push_back(today);
      if (!is_gift(card) && !script_.program.tiers.is_empty()) compare_tiers(step, state.card, card);
      shown.balances.push_back(balance);
      shown.lots.push_back(values_of(state.lots));
    }
    if (shown_.empty() || shown_.back().operation < shown.operation) shown_.push_back(shown);
  }

  void compare_tiers(const Step& step, const store::Card& stored_card, int card) {
    for (const int days : {0, 17, 70}) {
      const Date on = plus_days(today_.cards, days);
      const auto standing = service::tier_of(context_of(step.now), stored_card, on);
      if (standing.value().tier != oracle_.tier(card, on))
        throw Difference{fmt::format("the tier on {}: the store has \"{}\", the oracle \"{}\"", to_string(on),
                                     standing->tier, oracle_.tier(card, on))};
    }
  }

  /// What a full return must leave, under the policy that forgives nothing.
  void check_settled(const Step& step) {
    if (step.action != Step::Action::give_back || !oracle_.is_live(step.target)) return;
    for (const Whole left : oracle_.left_of(step.target))
      if (left != 0) return;
    same("points not restored after a full return", oracle_.unrestored(step.target), Whole{0});
    if (script_.program.donation) return;
    const Whole unsettled = oracle_.unsettled(step.target, today_.of(step_of(step.target).card));
    // Points that came back after their debt had been repaid can expire, and so go twice.
    const bool can_expire = rules_of(step_of(step.target).card).expiry.mode != domain::Expiry::Mode::never;
    if (unsettled > 0 || (unsettled < 0 && !can_expire))
      throw Difference{fmt::format("earned - clawed back - expired is {} after a full return", unsettled)};
  }

  /// What every operation left is answered again at the end, and every story adds up to what it explains.
  void check_replay() {
    try {
      for (const Shown& shown : shown_) {
        if (!shown.operation) continue;
        std::size_t place = 0;
        for (const int card : all_cards()) check_replay(shown, card, place++);
      }
      if (shown_.empty()) return;
      for (const int card : all_cards())
        for (Date on = plus_days(shown_.front().on.front(), -40); on <= plus_days(today_.cards, 40);
             on = plus_days(on, 9))
          check_story(service::explain(context_of(script_.steps.back().now), {number_of(card), {}, {}, on, {}}));
    } catch (const Difference& difference) {
      outcome_.failure = difference.what;
    }
  }

  void check_replay(const Shown& shown, int card, std::size_t place) {
    const service::CardStory story = service::explain(context_of(script_.steps.back().now),
                                                      {number_of(card), {}, {}, shown.on[place], shown.operation});
    same("the balance that an operation left", value_of(story.state.balance), shown.balances[place]);
    same("the lots that an operation left", values_of(story.state.lots), shown.lots[place]);
    check_story(story);
  }

  void check_settlement() {
    const auto expected = oracle_.settlement();
    const auto report = service::settlement(context_of(script_.steps.back().now), {"history", {}, {}, {}});
    const auto& members = script_.program.members;
    const Wide minor = domain::minor_units(script_.program.unit);
    try {
      std::size_t rows = 0;
      for (const service::SettlementRow& row : report.rows) {
        if (row.points.count == 0) continue;
        ++rows;
        const std::pair pair(row.issuer == "partner" ? 1 : 0, row.place == "partner" ? 1 : 0);
        const auto owed = expected.find(pair);
        same("points of one company that were spent at another", row.points.count,
             owed == expected.end() ? Whole{0} : owed->second);
        const domain::Rate clearing =
            members[static_cast<std::size_t>(pair.first)].clearing.value_or(domain::Rate{1, 1});
        const Fraction worth(Wide{row.points.count} * script_.program.unit.worth.count, minor);
        const Whole amount = (worth * fraction(clearing)).half_up();
        const auto rate = members[static_cast<std::size_t>(pair.second)].fee;
        const Whole fee = rate ? (Fraction(amount) * fraction(*rate)).half_up() : 0;
        same("what the issuer owes", row.amount.count, amount);
        same("what the club keeps of it", row.fee.count, fee);
        same("what is paid", row.to_pay.count, amount - fee);
      }
      same("pairs of companies that owe", rows, expected.size());
    } catch (const Difference& difference) {
      outcome_.failure = difference.what;
    }
  }

  static void check_story(const service::CardStory& story) {
    const BalanceValue balance = value_of(story.state.balance);
    same("the sum of a story", story.sum.count, balance.active + balance.pending + balance.unswept - balance.debt);
    for (const service::StoryEntry& row : story.entries) {
      Points lines;
      for (const service::LineShare& share : row.lines) lines += share.points;
      if (!row.lines.empty()) same("the lines of an entry", lines.count, row.entry.points.count);
    }
    if (!story.entries.empty()) same("the last balance", story.entries.back().balance.count, story.sum.count);
  }
};

}  // namespace

Outcome play(const Script& script, const StoreTemplate& stores, const std::string& name) {
  const auto database = stores.copy(name);
  try {
    return Player(script, *database).play();
  } catch (const std::exception& error) {
    Outcome outcome;
    outcome.failure = fmt::format("before the first step: {}", error.what());
    return outcome;
  }
}

}  // namespace loyal::test
