// SPDX-License-Identifier: MIT
#include "loyal/cli/operation_words.hpp"

#include "loyal/base/message.hpp"

namespace loyal::cli {

std::string operation_words(const store::OperationRow& row, const store::OperationSubject& subject) {
  using store::History;
  if (row.undoes) return tr("operation {}", row.undoes.value);
  if (!subject.receipt.empty()) return tr("receipt {}, card {}", subject.receipt, subject.card);
  if (const auto sales = row.count(History::sale); sales > 0) return trn("{} sale", "{} sales", sales);
  if (!subject.card.empty()) return tr("card {}", subject.card);
  if (const auto cards = row.count(History::card); cards > 0) return trn("{} card", "{} cards", cards);
  if (const auto entries = row.count(History::entry); entries > 0) return trn("{} entry", "{} entries", entries);
  if (!subject.slug.empty()) return subject.slug;
  if (subject.customer) return tr("customer #{}", subject.customer.value);
  if (subject.customers_added > 0) return trn("{} customer", "{} customers", subject.customers_added);
  return {};
}

}  // namespace loyal::cli
