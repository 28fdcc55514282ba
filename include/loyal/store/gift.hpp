// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// What a gift card paid of a line (sales without lines are one), or got back of it by a return (less than nothing).
struct GiftPayment {
  SaleId sale;
  ReturnId sale_return;
  std::int64_t line = 0;  ///< from 1
  CardId card;
  Money amount;
};
void add_gift_payment(Journal& journal, const GiftPayment& payment);
/// The payments of a sale with what returns that stand gave back, in the order in which they were written.
std::vector<GiftPayment> gift_payments(Database& database, SaleId sale);

/// The PIN of a gift card, as a hash, and how often it was tried in vain.
struct CardPin {
  CardId card;
  std::string hash;
  std::int64_t wrong_tries = 0;
  std::string locked_until;  ///< an instant; empty: not locked
};
std::optional<CardPin> card_pin(Database& database, CardId card);
void put_card_pin(Database& database, const CardPin& pin);
void remove_card_pin(Database& database, CardId card);
/// A salted hash of a PIN, slow to make on purpose; and whether a typed PIN is the one of a hash.
std::string pin_hash(const std::string& pin);
bool is_pin(const std::string& hash, const std::string& typed);

}  // namespace loyal::store
