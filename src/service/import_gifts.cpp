// SPDX-License-Identifier: MIT
#include "loyal/service/import_gifts.hpp"

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/gift.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

GiftHistory::GiftHistory(store::Database& database, Rules& rules, const SalesTable& table, CompanyId company)
    : database_(database), rules_(rules), table_(table), company_(company), known_(table.gift_cards.size()) {}

const GiftHistory::Spent& GiftHistory::card_of(const ImportedGift& gift) {
  std::optional<Spent>& known = known_[gift.card];
  if (known) return *known;
  const ImportedCard& named = table_.gift_cards[gift.card];
  const auto card = store::card_by_code(database_, named.code);
  if (!card) throw Error(Fault::refused, tr("there is no card {}", visible(named.number)));
  const domain::Program& program = rules_.newest(card->program).program;
  if (program.kind != domain::Kind::gift)
    throw Error(Fault::refused, tr("card {} is no gift card", visible(named.number)));
  if (store::program(database_, card->program).value().company != company_)
    throw Error(Fault::refused, tr("gift card {} is of another company", visible(named.number)));
  return known.emplace(Spent{card->id, &program, {}});
}

void GiftHistory::require(const ImportedSale& row) {
  if (table_.gifts.empty()) return;
  for (const ImportedLine& line : table_.lines_of(row))
    for (const ImportedGift& gift : table_.gifts_of(line)) card_of(gift);
}

std::vector<GiftHistory::Spent> GiftHistory::add_payments(store::Journal& journal, const ImportedSale& row,
                                                          SaleId sale) {
  std::vector<Spent> result;
  if (table_.gifts.empty()) return result;
  std::int64_t number = 0;
  for (const ImportedLine& line : table_.lines_of(row)) {
    ++number;
    for (const ImportedGift& gift : table_.gifts_of(line)) {
      Spent spent = card_of(gift);
      spent.amount = {gift.amount};
      store::add_gift_payment(journal, {sale, {}, number, spent.card, spent.amount});
      const auto same = [&spent](const Spent& other) { return other.card == spent.card; };
      if (const auto found = std::find_if(result.begin(), result.end(), same); found != result.end())
        found->amount += spent.amount;
      else
        result.push_back(spent);
    }
  }
  return result;
}

}  // namespace loyal::service
