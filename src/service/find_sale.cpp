// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/sell.hpp"

namespace loyal::service {

std::string command_on(const char* command, const store::Sale& sale) {
  const std::string document = fmt::format("{} {}", command, shell_word(sale.receipt));
  return sale.till.empty() ? document : fmt::format("{} --till {}", document, shell_word(sale.till));
}

store::Sale find_sale(const Context& context, const std::string& receipt, const std::string& card) {
  if (receipt.empty()) {
    if (card.empty())
      throw Error(Fault::usage, tr("which sale? give its receipt, or a card with --last"), "loyal sale list");
    const store::Card found = find_card(context.store, card);
    if (const auto sale = store::last_sale_of_card(context.store, found.id)) return *sale;
    throw Error(Fault::not_found, tr("card {} has no sale", found.number), "loyal sale list");
  }
  std::vector<store::Sale> found = store::sales_by_receipt(context.store, receipt);
  if (!card.empty()) {
    const CardId id = find_card(context.store, card).id;
    std::erase_if(found, [&](const store::Sale& sale) {
      return sale.card != id && store::card_in_use(context.store, sale.card) != id;
    });
  }
  if (!context.till.empty())
    std::erase_if(found, [&context](const store::Sale& sale) { return sale.till != context.till; });
  if (!context.company.empty()) {
    const CompanyId company = find_company(context.store, context.company).id;
    std::erase_if(found, [company](const store::Sale& sale) { return sale.company != company; });
  }
  if (found.empty())
    throw Error(Fault::not_found, tr("there is no sale with receipt \"{}\"", visible(receipt)), "loyal sale list");
  if (found.size() > 1) {
    std::string tills;
    for (const store::Sale& sale : found)
      tills += (tills.empty() ? "" : "; ") +
               tr("till {} on {}", sale.till.empty() ? "-" : visible(sale.till), to_string(sale.at.date));
    const bool is_of_several = std::any_of(found.begin(), found.end(), [&found](const store::Sale& sale) {
      return sale.company != found.front().company;
    });
    throw Error(Fault::usage, tr("there are several sales with receipt \"{}\": {}", visible(receipt), tills),
                is_of_several ? tr("name the company with --company") : tr("name the till with --till"));
  }
  return found.front();
}

}  // namespace loyal::service
