// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "loyal/base/parallel.hpp"
#include "property/history_player.hpp"
#include "property/shrink.hpp"
#include "support/environment.hpp"
#include "support/scratch.hpp"

using namespace loyal::test;

namespace {

/// A build that checks itself is slower, and is run more often.
#ifdef NDEBUG
constexpr std::uint64_t histories_by_default = 5'000;
#else
constexpr std::uint64_t histories_by_default = 2'000;
#endif

std::string report(std::uint64_t seed, const Script& script, const std::string& failure, const StoreTemplate& stores) {
  const Script small =
      shrunk(script, [&](const Script& trial) { return play(trial, stores, "shrink.db").failure.has_value(); });
  return "seed " + std::to_string(seed) + " (LOYAL_SEED): " + failure +
         "\nshrunk: " + play(small, stores, "shrink.db").failure.value_or("") + "\n" + to_text(small);
}

/// Each thread plays in a file of its own.
std::string name_of_thread() {
  return "history" + std::to_string(std::hash<std::thread::id>{}(std::this_thread::get_id())) + ".db";
}

/// The balance of a card by last day: what two orders of the same returns must agree on.
auto by_last_day(const std::vector<LotValue>& lots) {
  std::map<std::optional<loyal::Date>, Whole> sums;
  for (const LotValue& lot : lots) sums[lot.valid_through] += lot.remainder;
  return sums;
}

}  // namespace

TEST_SUITE("property") {
  TEST_CASE("random histories come to what a naive ledger computes by hand") {
    const ScratchDirectory directory;
    const StoreTemplate stores(directory.path().string());
    const std::uint64_t first = number_from("LOYAL_SEED", 1);
    const std::uint64_t count = number_from("LOYAL_HISTORIES", histories_by_default);
    const std::uint64_t failures_max = number_from("LOYAL_FAILURES", 1);
    std::mutex lock;
    std::vector<std::pair<std::uint64_t, std::string>> failures;
    std::uint64_t accepted = 0, refused = 0;
    loyal::SharedLoop histories(count, [&](std::size_t index) {
      const std::uint64_t seed = first + index;
      {
        const std::lock_guard guard(lock);
        if (failures.size() >= failures_max) return;
      }
      const Outcome outcome = play(random_script(seed), stores, name_of_thread());
      const std::lock_guard guard(lock);
      accepted += static_cast<std::uint64_t>(outcome.accepted);
      refused += static_cast<std::uint64_t>(outcome.refused);
      if (outcome.failure) failures.emplace_back(seed, *outcome.failure);
    });
    histories.finish();
    for (const auto& [seed, failure] : failures) FAIL_CHECK(report(seed, random_script(seed), failure, stores));
    MESSAGE(accepted << " operations accepted, " << refused << " refused");
    if (failures.empty()) CHECK(accepted > 5 * count);
  }

  TEST_CASE("two returns of one day come to the same in either order") {
    const ScratchDirectory directory;
    const StoreTemplate stores(directory.path().string());
    const std::uint64_t first = number_from("LOYAL_SEED", 1);
    const std::uint64_t count = number_from("LOYAL_HISTORIES", histories_by_default) / 10 + 1;
    int compared = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
      Script script = random_pair_of_returns(seed);
      const Outcome one = play(script, stores, "history.db");
      std::swap(script.steps.rbegin()[0], script.steps.rbegin()[1]);
      const Outcome other = play(script, stores, "history.db");
      if (one.failure || other.failure) {
        FAIL_CHECK(report(seed, script, one.failure ? *one.failure : *other.failure, stores));
        return;
      }
      bool is_same = one.balances == other.balances && one.money_back == other.money_back;
      for (std::size_t card = 0; card < one.lots.size(); ++card)
        is_same = is_same && by_last_day(one.lots[card]) == by_last_day(other.lots[card]);
      CHECK_MESSAGE(is_same, "seed " << seed << " (LOYAL_SEED)\n" << to_text(script));
      if (!is_same) return;
      compared += one.money_back.empty() ? 0 : 1;
    }
    CHECK(compared > static_cast<int>(count) / 2);
  }
}
