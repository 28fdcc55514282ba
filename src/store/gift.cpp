// SPDX-License-Identifier: MIT
#include "loyal/store/gift.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace loyal::store {

void add_gift_payment(Journal& journal, const GiftPayment& payment) {
  journal.insert(
      History::gift_payment,
      "insert into gift_payment (id, operation_id, sale_id, return_id, line, card_id, amount) values ($1, $2, $3, $4, "
      "$5, $6, $7)",
      journal.id(), payment.sale, payment.sale_return, payment.line, payment.card, payment.amount);
}

std::vector<GiftPayment> gift_payments(Database& database, SaleId sale) {
  std::vector<GiftPayment> result;
  Statement rows = database.prepare(
      "select sale_id, return_id, line, card_id, amount from live_gift_payment where sale_id = $1 order by id");
  rows.bind(sale);
  while (rows.step())
    result.push_back(
        {rows.id<SaleId>(0), rows.id<ReturnId>(1), rows.integer(2), rows.id<CardId>(3), rows.quantity<Money>(4)});
  return result;
}

std::optional<CardPin> card_pin(Database& database, CardId card) {
  Statement row = database.prepare("select card_id, hash, wrong_tries, locked_until from card_pin where card_id = $1");
  row.bind(card);
  if (!row.step()) return std::nullopt;
  return CardPin{row.id<CardId>(0), row.text(1), row.integer(2), row.text(3)};
}

void put_card_pin(Database& database, const CardPin& pin) {
  database
      .prepare(
          "insert into card_pin (card_id, hash, wrong_tries, locked_until) values ($1, $2, $3, $4) on conflict "
          "(card_id) do update set hash = excluded.hash, wrong_tries = excluded.wrong_tries, locked_until = "
          "excluded.locked_until")
      .bind(pin.card, pin.hash, pin.wrong_tries, pin.locked_until)
      .run();
}

void remove_card_pin(Database& database, CardId card) {
  database.prepare("delete from card_pin where card_id = $1").bind(card).run();
}

std::string pin_hash(const std::string& pin) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), pin.data(), pin.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    throw std::runtime_error("no memory for the hash of a PIN");
  return hash.data();
}

bool is_pin(const std::string& hash, const std::string& typed) {
  return crypto_pwhash_str_verify(hash.c_str(), typed.data(), typed.size()) == 0;
}

}  // namespace loyal::store
