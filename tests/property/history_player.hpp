// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "loyal/service/context.hpp"
#include "property/history_script.hpp"
#include "property/oracle.hpp"

namespace loyal::test {

/// An empty store with a company and its shops, of which each history takes a copy.
class StoreTemplate {
 public:
  explicit StoreTemplate(std::string directory);
  /// A fresh copy under the name, in place of what stood there.
  std::unique_ptr<store::Database> copy(const std::string& name) const;

 private:
  std::string directory_;
};

/// What a played history came to.
struct Outcome {
  std::optional<std::string> failure;  ///< the first difference between store and oracle, or broken invariant
  int accepted = 0, refused = 0, skipped = 0;
  std::vector<BalanceValue> balances;  ///< at the end, of each card
  std::vector<std::vector<LotValue>> lots;
  std::vector<Whole> money_back;  ///< by the returns of the script, in all
};

/// Plays a script through the services and the oracle side by side, and compares them after every step.
Outcome play(const Script& script, const StoreTemplate& stores, const std::string& name);

/// What must hold of the store whatever was done; says what does not.
std::optional<std::string> broken_invariant(store::Database& database);

}  // namespace loyal::test
