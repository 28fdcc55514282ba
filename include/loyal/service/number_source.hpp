// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "loyal/domain/code_number.hpp"
#include "loyal/domain/digit_series.hpp"
#include "loyal/service/cards.hpp"

namespace loyal::service {

/// Makes numbers that the store has not: counted up from the last of their prefix, chosen by chance, by a pattern, or
/// from a list. Error{usage} at once where they cannot be as many as asked for.
class NumberSource {
 public:
  NumberSource(store::Database& database, const IssueRequest& request);
  /// Error{refused} where hardly a number is left to be found by chance; Error{conflict} for a listed one that is
  /// taken.
  std::string next();

 private:
  void start_series(domain::DigitSeries::Kind kind);
  std::string candidate();

  store::Database& database_;
  const IssueRequest& request_;
  std::optional<domain::DigitSeries> series_;
  std::optional<domain::CodePattern> pattern_;
  bool is_counted_ = false;
  std::uint64_t serial_ = 0;
};

}  // namespace loyal::service
