// SPDX-License-Identifier: MIT
#include "property/history_player.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/money.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/companies.hpp"
#include "loyal/service/door.hpp"
#include "loyal/service/explain.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/nightly.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/programs.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/service/tiers.hpp"
#include "loyal/service/transfer.hpp"
#include "loyal/service/undo.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::test {
namespace {

constexpr std::int64_t day_seconds = 86'400;

/// The wall clock of a place without summer time.
LocalTime local(Instant instant, int hours) {
  const std::int64_t seconds = instant.seconds + hours * 3'600;
  return {{static_cast<std::int32_t>(seconds / day_seconds)}, static_cast<std::int32_t>(seconds % day_seconds)};
}

struct Difference {
  std::string what;
};

template <class T>
void same(const char* what, const T& store, const T& oracle) {
  if (store == oracle) return;
  if constexpr (std::is_arithmetic_v<T>)
    throw Difference{fmt::format("{}: the store has {}, the oracle {}", what, store, oracle)};
  else
    throw Difference{fmt::format("{}: the store has {}, the oracle {}", what, to_text(store), to_text(oracle))};
}

BalanceValue value_of(const domain::Balance& balance) {
  return {balance.active.count, balance.pending.count, balance.expired_unswept.count, balance.debt.count};
}

std::vector<LotValue> values_of(const std::vector<domain::Lot>& lots) {
  std::vector<LotValue> values;
  for (const domain::Lot& lot : lots) values.push_back({lot.remainder.count, lot.usable_from, lot.valid_through});
  std::sort(values.begin(), values.end());
  return values;
}

class Player {
 public:
  Player(const Script& script, store::Database& database)
      : script_(script), database_(database), oracle_(script.program) {
    const service::Context context =
        context_of(script.steps.empty() ? Instant{1'768'035'600} : script.steps.front().now);
    service::add_program(context, script.program);
    service::issue_cards(context, {"history", script.cards, "CARD-#", "", "", true});
    for (const Place& place : program_places)
      if (script.program.zone == place.zone) program_hours_ = place.hours;
  }

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
    if (!outcome_.failure) outcome_.failure = doctors_finding(database_);
    for (int card = 0; card < script_.cards; ++card) {
      outcome_.balances.push_back(oracle_.balance(card, today_));
      outcome_.lots.push_back(oracle_.lots(card, today_));
    }
    return outcome_;
  }

 private:
  struct Shown {
    OperationId operation;
    Date on;
    std::vector<BalanceValue> balances;
    std::vector<std::vector<LotValue>> lots;
  };

  service::Context context_of(Instant now, const Step* step = nullptr) {
    service::Context context{database_, now, now, {}, {}, "till1", {}, {}, false};
    context.shop = step != nullptr && step->shop == 1 ? "second" : "first";
    if (step != nullptr && step->is_repeated) context.key = fmt::format("step{}", step->number);
    return context;
  }
  std::string number_of(int card) const { return fmt::format("CARD-{}", card); }
  std::string receipt_of(int step) const { return fmt::format("R{}", step); }
  Date today(const Step& step) const { return local(step.now, program_hours_).date; }
  std::int64_t last_operation() {
    const auto row = store::last_operation(database_);
    return row ? row->id.value : 0;
  }

  /// The points date and time of what happens in the step's shop.
  LocalTime points_time(const Step& step) const {
    return local({step.now.seconds - step.late_seconds}, program_hours_);
  }
  LocalTime document_time(const Step& step) const {
    return local({step.now.seconds - step.late_seconds}, shop_places[step.shop].hours);
  }

  void take(const Step& step) {
    using enum Step::Action;
    today_ = today(step);
    const std::int64_t before = last_operation();
    std::vector<std::vector<LotValue>> lots;
    for (int card = 0; card < script_.cards; ++card) lots.push_back(oracle_.lots(card, today_));
    switch (step.action) {
      case sell:
        take_sale(step);
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

  /// Runs what the store should accept or refuse; true: both accept.
  template <class Run>
  bool agree(bool is_refused, const Run& run) {
    try {
      run();
    } catch (const Error& error) {
      if (!is_refused || error.fault() != Fault::refused)
        throw Difference{fmt::format("the store says \"{}\" (exit {}), the oracle {}", error.what(),
                                     exit_code(error.fault()), is_refused ? "refuses" : "accepts")};
      last_error_ = error.details();
      ++outcome_.refused;
      return false;
    }
    if (is_refused) throw Difference{"the store accepts what the oracle refuses"};
    ++outcome_.accepted;
    return true;
  }

  template <class Run>
  void repeat(const Step& step, const Run& run) {
    if (!step.is_repeated) return;
    const std::int64_t before = last_operation();
    run();
    same("operations after the same command again", last_operation(), before);
  }

  service::SaleRequest request_of(const Step& step) const {
    service::SaleRequest request;
    request.card = number_of(step.card);
    if (is_pass())
      request.offer = service::OfferRequest{script_.program.offers.front().name, step.count};
    else if (step.has_lines)
      request.lines = step.lines;
    else
      request.amount = step.lines.front().amount;
    request.spend_text = step.spend;
    for (const auto& [reward, line] : step.rewards)
      request.rewards.push_back({script_.program.rewards[static_cast<std::size_t>(reward)].name, line});
    request.receipt = receipt_of(step.number);
    if (step.late_seconds > 0) request.at = document_time(step);
    return request;
  }

  void take_sale(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const service::SaleRequest request = request_of(step);
    const domain::SpendWish wish =
        step.spend.empty() ? domain::SpendWish{} : service::parse_spend(step.spend, script_.program.unit.scale);
    std::vector<Wish> wishes;
    for (const auto& [reward, line] : step.rewards)
      wishes.push_back({static_cast<std::size_t>(reward), static_cast<std::size_t>(line)});
    const SaleAnswer expected =
        is_pass() ? oracle_.sell_offer(step.number, step.card, step.number, points_time(step), step.count)
                  : oracle_.sell(step.number, step.card, step.number, points_time(step), step.lines, step.has_lines,
                                 wish, wishes);
    service::SaleReceipt receipt;
    if (!agree(expected.is_refused, [&] { receipt = service::sell(context, request); })) {
      for (const auto& [key, value] : last_error_)
        if (key == "allowed" && expected.allowed) same("allowed points", Whole{std::stoll(value)}, *expected.allowed);
      return;
    }
    same("points earned", receipt.sale.earned.count, expected.earned);
    same("points spent", receipt.sale.spent.count, expected.spent);
    Figures total;
    for (const Figures& line : expected.lines) {
      total.amount += line.amount;
      total.discount += line.discount;
      total.points_money += line.points_money;
      total.paid += line.paid;
    }
    same("the sale",
         Figures{receipt.sale.total.count, receipt.sale.discount.count, receipt.sale.points_money.count,
                 receipt.sale.paid.count, 0, 0},
         total);
    for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
      const store::SaleLine& line = receipt.lines[i];
      same("a line",
           Figures{line.amount.count, line.discount.count, line.points_money.count, line.paid.count, line.spent.count,
                   line.earned.count},
           expected.lines[i]);
    }
    same("the balance on the receipt", value_of(receipt.balance), oracle_.balance(step.card, points_time(step).date));
    repeat(step, [&] {
      const auto again = service::sell(context, request);
      same("replayed", again.is_replayed, true);
      same("the replayed balance", value_of(again.balance), value_of(receipt.balance));
      service::SaleRequest other = request;
      other.rewards.clear();
      other.offer.reset();
      other.lines.clear();
      other.amount = receipt.sale.total + Money{1};
      check_conflict([&] { service::sell(context, other); });
      service::Context without_key = context;
      without_key.key.clear();
      check_conflict([&] { service::sell(without_key, other); });
    });
  }

  template <class Run>
  void check_conflict(const Run& run) {
    try {
      run();
    } catch (const Error& error) {
      if (error.fault() == Fault::conflict) return;
      throw Difference{fmt::format("other content is answered by \"{}\"", error.what())};
    }
    throw Difference{"other content under the same key is taken"};
  }

  const Step* sold_step(int number) const {
    for (const Step& step : script_.steps)
      if (step.number == number && step.action == Step::Action::sell && oracle_.is_live(number)) return &step;
    return nullptr;
  }

  void take_return(const Step& step) {
    const Step* sold = sold_step(step.target);
    if (sold == nullptr) return skip();
    std::vector<Whole> quantities = oracle_.left_of(step.target);
    service::ReturnRequest request;
    request.receipt = receipt_of(step.target);
    Whole all = 0;
    for (std::size_t i = 0; i < quantities.size() && !step.parts.empty(); ++i) {
      quantities[i] = quantities[i] * step.parts[i % step.parts.size()] / 1'000;
      if (sold->has_lines && step.parts[i % step.parts.size()] != 333) quantities[i] -= quantities[i] % 1'000;
      if (sold->has_lines && quantities[i] > 0)
        request.parts.push_back({static_cast<std::int64_t>(i) + 1, Amount{quantities[i]}});
    }
    for (const Whole quantity : quantities) all += quantity;
    if (all == 0) return skip();
    if (!sold->has_lines && !step.parts.empty()) request.amount = Money{all};
    give_back(step, *sold, request, quantities);
  }

  void take_void_of(const Step& step) {
    const Step* sold = sold_step(step.target);
    if (sold == nullptr || oracle_.has_live_return(step.target)) return skip();
    if (document_time(*sold).date != local(step.now, shop_places[sold->shop].hours).date) return skip();
    service::ReturnRequest request;
    request.receipt = receipt_of(step.target);
    request.is_void = true;
    give_back(step, *sold, request, oracle_.left_of(step.target));
  }

  void give_back(const Step& step, const Step& sold, service::ReturnRequest& request,
                 const std::vector<Whole>& quantities) {
    Step here = step;
    here.shop = sold.shop;
    // A return cannot be older than its sale.
    here.late_seconds = std::min(step.late_seconds, step.now.seconds - (sold.now.seconds - sold.late_seconds));
    if (request.is_void) here.late_seconds = 0;
    if (here.late_seconds > 0) request.at = document_time(here);
    const service::Context context = context_of(step.now, &here);
    const ReturnAnswer expected = oracle_.give_back(step.number, step.target, quantities, points_time(here).date,
                                                    request.amount.has_value() || request.is_void);
    service::ReturnReceipt receipt;
    if (!agree(expected.is_refused, [&] { receipt = service::give_back(context, request); })) return;
    Figures total;
    for (const Figures& line : expected.lines) {
      total.amount += line.amount;
      total.discount += line.discount;
      total.points_money += line.points_money;
      total.paid += line.paid;
    }
    const store::SaleReturn& back = receipt.sale_return;
    same("the return", Figures{back.amount.count, back.discount.count, back.points_money.count, back.paid.count, 0, 0},
         total);
    same("points restored", back.restored.count, expected.restored);
    same("points clawed back", back.clawed_back.count + back.forgiven.count, expected.clawed_back);
    same("points forgiven", back.forgiven.count, expected.forgiven);
    same("debt opened", receipt.debt.count, expected.debt);
    same("is full", receipt.is_full, expected.is_full);
    same("the balance on the return", value_of(receipt.balance), oracle_.balance(sold.card, points_time(here).date));
    outcome_.money_back.resize(5);
    const Whole parts[] = {total.paid, total.discount, total.points_money, expected.restored, expected.clawed_back};
    for (std::size_t i = 0; i < 5; ++i) outcome_.money_back[i] += parts[i];
    repeat(step, [&] { same("replayed", service::give_back(context, request).is_replayed, true); });
  }

  std::optional<Date> granted_through(const Step& step) const {
    if (step.expires == "30d") return plus_days(today_, 30);
    if (step.expires == "1m") return plus_months(today_, 1);
    if (step.expires == "never") return std::nullopt;
    // What is given by hand can be used at once, so its term begins at once.
    return oracle_.last_day(today_);
  }

  service::PointsRequest points_request(const Step& step) const {
    return {number_of(step.card), to_decimal(step.points.count, script_.program.unit.scale), "by hand", step.expires};
  }

  void take_grant(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    oracle_.grant(step.number, step.card, step.points.count, today_, today_, granted_through(step));
    service::PointsReceipt receipt;
    agree(false, [&] { receipt = service::grant_points(context, points_request(step)); });
    same("the balance after a grant", value_of(receipt.balance), oracle_.balance(step.card, today_));
    repeat(step, [&] { same("replayed", service::grant_points(context, points_request(step)).is_replayed, true); });
  }

  void take_adjustment(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    service::PointsRequest request = points_request(step);
    bool is_refused = false;
    if (step.points.count < 0) {
      request.expires.clear();
      is_refused = !oracle_.take_away(step.number, step.card, -step.points.count, today_);
    } else {
      oracle_.grant(step.number, step.card, step.points.count, today_, today_, granted_through(step));
    }
    if (!agree(is_refused, [&] { service::adjust_points(context, request); })) return;
    repeat(step, [&] { same("replayed", service::adjust_points(context, request).is_replayed, true); });
  }

  void take_transfer(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const int scale = script_.program.unit.scale;
    const service::TransferRequest request{number_of(step.card), number_of(step.into),
                                           step.is_all ? "all" : to_decimal(step.points.count, scale), "by hand"};
    const auto expected = oracle_.transfer(step.number, step.card, step.into,
                                           step.is_all ? std::nullopt : std::optional(step.points.count), today_);
    service::TransferReceipt receipt;
    if (!agree(!expected, [&] { receipt = service::transfer_points(context, request); })) return;
    same("points moved", receipt.points.count, *expected);
    same("the balance of the giver", value_of(receipt.from_balance), oracle_.balance(step.card, today_));
    same("the balance of the other", value_of(receipt.into_balance), oracle_.balance(step.into, today_));
    repeat(step, [&] {
      const auto again = service::transfer_points(context, request);
      same("points moved, replayed", again.points.count, receipt.points.count);
      same("points repaid, replayed", again.repaid.count, receipt.repaid.count);
    });
  }

  bool is_pass() const { return script_.program.kind == domain::Kind::pass; }

  void take_use(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    service::UseRequest request;
    request.card = number_of(step.card);
    const bool is_refused = !oracle_.let_in(step.number, step.card, today_);
    service::UseReceipt receipt;
    if (!agree(is_refused, [&] { receipt = service::use_card(context, request); })) return;
    same("points of an entry", receipt.spent.count, std::int64_t{1});
    same("the balance after an entry", value_of(receipt.balance), oracle_.balance(step.card, today_));
    repeat(step, [&] { service::use_card(context, request); });
  }

  void take_pin(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const Date until = plus_days(today_, step.pin_days);
    const service::PinRequest request{number_of(step.card), step.ends ? "" : step.tier, until, "by hand", step.ends};
    const bool is_refused =
        !oracle_.pin({step.number, step.card, step.ends ? "" : step.tier, step.ends, today_, until});
    if (!agree(is_refused, [&] { service::pin_tier(context, request); })) return;
    repeat(step, [&] { same("replayed", service::pin_tier(context, request).is_replayed, true); });
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
    const std::int64_t expected = oracle_.nightly(step.number, today_);
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
    for (int card = 0; card < script_.cards; ++card)
      same("what an undo of the last operation brings back", usable(values_of(stored(step, card).lots)),
           usable(before_last_[static_cast<std::size_t>(card)]));
  }

  service::CardState stored(const Step& step, int card) {
    return service::card_state(context_of(step.now), number_of(card), std::nullopt);
  }

  /// Lots whose last day has not passed: those that it has may have been swept along.
  std::vector<LotValue> usable(std::vector<LotValue> lots) const {
    std::erase_if(lots, [this](const LotValue& lot) { return lot.valid_through && *lot.valid_through < today_; });
    return lots;
  }

  bool is_undo(int number) const {
    for (const Step& step : script_.steps)
      if (step.number == number) return step.action == Step::Action::undo || step.action == Step::Action::cascade;
    return false;
  }

  void skip() { ++outcome_.skipped; }

  void compare_cards(const Step& step) {
    Shown shown{OperationId{last_operation()}, today_, {}, {}};
    for (int card = 0; card < script_.cards; ++card) {
      const auto state = stored(step, card);
      same("lots", values_of(state.lots), oracle_.lots(card, today_));
      const BalanceValue balance = oracle_.balance(card, today_);
      same("the balance", value_of(state.balance), balance);
      if (!script_.program.tiers.is_empty()) compare_tiers(step, state.card, card);
      shown.balances.push_back(balance);
      shown.lots.push_back(values_of(state.lots));
    }
    if (shown_.empty() || shown_.back().operation < shown.operation) shown_.push_back(shown);
  }

  void compare_tiers(const Step& step, const store::Card& stored_card, int card) {
    for (const int days : {0, 17, 70}) {
      const Date on = plus_days(today_, days);
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
    const Whole unsettled = oracle_.unsettled(step.target, today_);
    // Points that came back after their debt had been repaid can expire, and so go twice.
    const bool can_expire = script_.program.expiry.mode != domain::Expiry::Mode::never;
    if (unsettled > 0 || (unsettled < 0 && !can_expire))
      throw Difference{fmt::format("earned - clawed back - expired is {} after a full return", unsettled)};
  }

  /// What every operation left is answered again at the end, and every story adds up to what it explains.
  void check_replay() {
    try {
      for (const Shown& shown : shown_) {
        if (!shown.operation) continue;
        for (int card = 0; card < script_.cards; ++card) check_replay(shown, card);
      }
      for (int card = 0; card < script_.cards && !shown_.empty(); ++card)
        for (Date on = plus_days(shown_.front().on, -40); on <= plus_days(today_, 40); on = plus_days(on, 9))
          check_story(service::explain(context_of(script_.steps.back().now), {number_of(card), {}, {}, on, {}}));
    } catch (const Difference& difference) {
      outcome_.failure = difference.what;
    }
  }

  void check_replay(const Shown& shown, int card) {
    const service::CardStory story =
        service::explain(context_of(script_.steps.back().now), {number_of(card), {}, {}, shown.on, shown.operation});
    const auto place = static_cast<std::size_t>(card);
    same("the balance that an operation left", value_of(story.state.balance), shown.balances[place]);
    same("the lots that an operation left", values_of(story.state.lots), shown.lots[place]);
    check_story(story);
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

  const Script& script_;
  store::Database& database_;
  Oracle oracle_;
  Outcome outcome_;
  Date today_;
  int program_hours_ = 3;
  std::map<int, OperationId> operations_;
  std::set<int> undone_;
  std::vector<Shown> shown_;
  std::vector<std::vector<LotValue>> before_last_;
  Details last_error_;
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
