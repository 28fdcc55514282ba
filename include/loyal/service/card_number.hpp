// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "loyal/service/import_source.hpp"

namespace loyal::service {

/// Why a text out of a file cannot become the number of a new card, or an empty text: `card issue` makes numbers of at
/// most 40 printable ASCII characters, and what a spreadsheet would take for a formula is no number.
std::string card_number_flaw(const std::string& number);

/// Whether a number looks like an EAN-13 of the shop's own that was mistyped: 13 digits, the in-house prefix, a wrong
/// check digit.
bool has_wrong_check_digit(const std::string& number);

/// Counts the new cards whose numbers look mistyped, to say it once: a shop may have such numbers on its cards.
class MistypedNumbers {
 public:
  void take(const std::string& number);
  void tell(const ImportNote& note) const;

 private:
  std::int64_t count_ = 0;
  std::string first_;
};

}  // namespace loyal::service
