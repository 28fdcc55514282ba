// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "loyal/base/error.hpp"
#include "loyal/base/money.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/programs.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"
#include "property/history_player.hpp"

namespace loyal::test {

inline constexpr std::int64_t day_seconds = 86'400;

/// The wall clock of a place without summer time.
inline LocalTime local(Instant instant, int hours) {
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

inline BalanceValue value_of(const domain::Balance& balance) {
  return {balance.active.count, balance.pending.count, balance.expired_unswept.count, balance.debt.count};
}

inline std::vector<LotValue> values_of(const std::vector<domain::Lot>& lots) {
  std::vector<LotValue> values;
  for (const domain::Lot& lot : lots)
    values.push_back({lot.remainder.count, static_cast<int>(lot.issuer.value) - 1, lot.usable_from, lot.valid_through});
  std::sort(values.begin(), values.end());
  return values;
}

/// What every command of a history is played with.
class PlayerBase {
 public:
  PlayerBase(const Script& script, store::Database& database)
      : script_(script), database_(database), oracle_(script.program) {
    const service::Context context =
        context_of(script.steps.empty() ? Instant{1'768'035'600} : script.steps.front().now);
    service::add_program(context, script.program);
    service::issue_cards(context, {"history", script.cards, "CARD-#", "", "", true});
    program_hours_ = gift_hours_ = hours_of(script.program);
    if (!script.gift) return;
    service::add_program(context, *script.gift);
    service::issue_cards(context, {"gifts", script.gift_cards, "GIFT-#", "", "", true});
    gift_hours_ = hours_of(*script.gift);
    oracle_.gift_program = script.gift;
  }

 protected:
  struct Shown {
    OperationId operation;
    std::vector<Date> on;
    std::vector<BalanceValue> balances;
    std::vector<std::vector<LotValue>> lots;
  };

  service::Context context_of(Instant now, const Step* step = nullptr) {
    service::Context context{database_, now, now, {}, {}, "till1", {}, {}, false};
    context.company = step != nullptr && company_of(*step) == 1 ? "partner" : "first";
    context.shop = step != nullptr && step->shop == 1 ? (is_club() ? "partner" : "second") : "first";
    if (step != nullptr && step->is_repeated) context.key = fmt::format("step{}", step->number);
    return context;
  }
  bool is_club() const { return script_.program.kind == domain::Kind::club; }
  /// In a club the second shop is a partner's.
  int company_of(const Step& step) const { return is_club() && step.shop == 1 ? 1 : 0; }
  static int hours_of(const domain::Program& program) {
    for (const Place& place : program_places)
      if (program.zone == place.zone) return place.hours;
    return 0;
  }
  std::string number_of(int card) const {
    return is_gift(card) ? fmt::format("GIFT-{}", card - first_gift_card) : fmt::format("CARD-{}", card);
  }
  std::vector<int> all_cards() const {
    std::vector<int> cards;
    for (int card = 0; card < script_.cards; ++card) cards.push_back(card);
    for (int card = 0; card < script_.gift_cards; ++card) cards.push_back(first_gift_card + card);
    return cards;
  }
  const domain::Program& rules_of(int card) const { return is_gift(card) ? *script_.gift : script_.program; }
  const Step& step_of(int number) const {
    return *std::find_if(script_.steps.begin(), script_.steps.end(),
                         [number](const Step& step) { return step.number == number; });
  }
  /// What is sold under the number of a reservation carries its receipt.
  std::string receipt_of(int step) const {
    return fmt::format("R{}", step_of(step).action == Step::Action::commit ? step_of(step).target : step);
  }
  std::int64_t last_operation() {
    const auto row = store::last_operation(database_);
    return row ? row->id.value : 0;
  }

  /// The points date and time of what happens in the step's shop.
  LocalTime points_time(const Step& step, int card) const {
    return local({step.now.seconds - step.late_seconds}, is_gift(card) ? gift_hours_ : program_hours_);
  }
  LocalTime points_time(const Step& step) const { return points_time(step, step.card); }
  LocalTime document_time(const Step& step) const {
    return local({step.now.seconds - step.late_seconds}, shop_places[step.shop].hours);
  }

  /// Runs what the store should accept or refuse; true: both accept.
  template <class Run>
  bool agree(bool is_refused, const Run& run, Fault fault = Fault::refused) {
    try {
      run();
    } catch (const Error& error) {
      if (!is_refused || error.fault() != fault)
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

  void skip() { ++outcome_.skipped; }

  const Script& script_;
  store::Database& database_;
  Oracle oracle_;
  Outcome outcome_;
  Today today_;
  int program_hours_ = 3;
  int gift_hours_ = 3;
  std::map<int, OperationId> operations_;
  std::set<int> undone_;
  std::vector<Shown> shown_;
  std::vector<std::vector<LotValue>> before_last_;
  Details last_error_;
};

}  // namespace loyal::test
