// SPDX-License-Identifier: MIT
#include "loyal/cli/operation_rows.hpp"

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/store/operation_subject.hpp"

namespace loyal::cli {
namespace {

using format::Kind;
using format::Shown;
using store::History;

format::Cell id_or_absent(OperationId id) {
  return id ? format::Cell{id.value} : format::Cell{};
}

/// What it was about, for people: "receipt 12, card 2900000000018", "130 sales", "coffee".
std::string operation_words(const store::OperationRow& row, const store::OperationSubject& subject) {
  using store::History;
  if (row.undoes) return tr("operation {}", row.undoes.value);
  if (!subject.receipt.empty()) return tr("receipt {}, card {}", subject.receipt, subject.card);
  if (const auto sales = row.count(History::sale); sales > 0) return trn("{} sale", "{} sales", sales);
  if (!subject.card.empty()) return tr("card {}", subject.card);
  if (const auto cards = row.count(History::card) - row.count(History::account); cards > 0)
    return trn("{} card", "{} cards", cards);
  if (const auto entries = row.count(History::entry); entries > 0 && subject.slug.empty())
    return trn("{} entry", "{} entries", entries);
  if (!subject.slug.empty()) return subject.slug;
  if (subject.customer) return tr("customer #{}", subject.customer.value);
  if (subject.customers_added > 0) return trn("{} customer", "{} customers", subject.customers_added);
  return {};
}

}  // namespace

std::vector<format::Column> operation_columns(bool for_programs) {
  std::vector<format::Column> result = {{"operation", tr("Operation"), Kind::integer},
                                        {"at", tr("Time"), Kind::identifier},
                                        {"wall_at", tr("Real time"), Kind::text, Shown::to_programs},
                                        {"verb", tr("Command"), Kind::identifier},
                                        {"key", tr("Key"), Kind::identifier, Shown::wide_only},
                                        {"operator", tr("Operator"), Kind::name, Shown::if_room},
                                        {"till", tr("Till"), Kind::identifier, Shown::if_room},
                                        {"undoes", tr("Undoes"), Kind::integer, Shown::wide_only},
                                        {"undone_by", tr("Undone by"), Kind::integer}};
  const char* const headings[] = {
      N_("Sales"),         N_("Lines"),     N_("Returns"),   N_("Returned lines"), N_("Entries"),
      N_("Cards"),         N_("Programs"),  N_("Changes"),   N_("Cards united"),   N_("Sale contexts"),
      N_("Gift payments"), N_("Rewards"),   N_("Stock"),     N_("Visits"),         N_("Freezes"),
      N_("Tier pins"),     N_("Choices"),   N_("Referrals"), N_("Reservations"),   N_("Accounts"),
      N_("Settlements"),   N_("Donations"), N_("Exports"),   N_("Campaigns"),      N_("Campaign changes"),
      N_("Code batches"),  N_("Code uses"), N_("Codes")};
  static_assert(std::size(headings) == store::history_count);
  for (std::size_t i = 0; i < store::history_count; ++i) {
    result.push_back({std::string(store::history_tables[i].name) + "_count", translate(headings[i]), Kind::integer,
                      Shown::wide_only});
  }
  result.push_back({"hash", tr("Hash"), Kind::identifier, Shown::to_programs});
  if (for_programs) {
    result.push_back({"receipt", tr("Receipt"), Kind::identifier});
    result.push_back({"card", tr("Card"), Kind::identifier});
    result.push_back({"subject", tr("Of"), Kind::identifier});
    result.push_back({"customer", tr("Customer"), Kind::integer});
  } else {
    const auto verb =
        std::find_if(result.begin(), result.end(), [](const auto& column) { return column.key == "verb"; });
    result.insert(verb + 1, {"about", tr("About"), Kind::identifier});
  }
  return result;
}

std::vector<format::Cell> operation_cells(store::Database& store, const store::OperationRow& row, bool for_programs) {
  const store::OperationSubject subject = store::subject_of(store, row);
  std::vector<format::Cell> cells = {row.id.value,
                                     row.at,
                                     row.wall_at,
                                     row.verb,
                                     text_or_absent(row.key),
                                     text_or_absent(row.operator_name),
                                     text_or_absent(row.till),
                                     id_or_absent(row.undoes),
                                     id_or_absent(row.undone_by)};
  for (std::size_t i = 0; i < store::history_count; ++i) cells.push_back(row.count(static_cast<History>(i)));
  cells.push_back(hex(row.hash));
  if (for_programs) {
    cells.push_back(text_or_absent(subject.receipt));
    cells.push_back(text_or_absent(subject.card));
    cells.push_back(text_or_absent(subject.slug));
    cells.push_back(subject.customer ? format::Cell{subject.customer.value} : format::Cell{});
  } else {
    constexpr std::ptrdiff_t place_after_verb = 4;
    cells.insert(cells.begin() + place_after_verb, text_or_absent(operation_words(row, subject)));
  }
  return cells;
}

}  // namespace loyal::cli
