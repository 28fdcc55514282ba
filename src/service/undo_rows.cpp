// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>

#include "loyal/store/card.hpp"
#include "loyal/store/card_code.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/dependents.hpp"
#include "undoing.hpp"

namespace loyal::service {
namespace {

/// Cards that the operation issued are withdrawn; their numbers can be issued again.
void withdraw_cards(store::Journal& journal, const store::OperationRow& row, UndoMode mode, UndoReport& report) {
  for (const store::Card& card : store::cards_of_operation(journal.database(), row.id)) {
    if (mode == UndoMode::except_used && store::is_card_used_after(journal.database(), card.id, row.id)) {
      ++report.left_cards;
      continue;
    }
    store::Card withdrawn = card;
    withdrawn.state = "withdrawn";
    withdrawn.customer = {};
    store::update_card(journal, card, withdrawn);
    ++report.cards;
  }
}

void withdraw_customer(store::Journal& journal, store::Customer customer, const store::OperationRow& row, UndoMode mode,
                       UndoReport& report) {
  store::Database& database = journal.database();
  if (mode == UndoMode::except_used && (!store::cards_of_customer(database, customer.id).empty() ||
                                        store::is_changed_after(database, "customer", customer.id.value, row.id))) {
    ++report.left_customers;
    return;
  }
  customer.state = "withdrawn";
  store::update_customer(journal, customer);
  ++report.customers;
}

/// A merged customer stands by themselves again; their phone may be another's first by now.
void part_again(store::Journal& journal, store::Customer customer) {
  for (const store::Customer& other : store::customers_by_phone(journal.database(), customer.phone))
    if (!customer.phone.empty() && other.company == customer.company && other.phone_ordinal >= customer.phone_ordinal)
      customer.phone_ordinal = other.phone_ordinal + 1;
  customer.state = "active";
  store::update_customer(journal, customer);
}

/// Empties the fields that a merge had filled: "took phone email".
void give_up(store::Journal& journal, store::Customer customer, const std::string& detail) {
  const auto has = [&detail](const char* word) {
    return (detail + " ").find(std::string(" ") + word + " ") != std::string::npos;
  };
  if (has("name")) customer.name.clear();
  if (has("phone")) {
    customer.phone.clear();
    customer.phone_ordinal = 0;
  }
  if (has("email")) customer.email.clear();
  if (has("birthday")) customer.birthday.reset();
  if (has("tags")) customer.tags.clear();
  if (has("note")) customer.note.clear();
  store::update_customer(journal, customer);
}

void revert_customer(store::Journal& journal, const store::ChangeRow& change, const store::OperationRow& row,
                     UndoMode mode, UndoReport& report) {
  const store::Customer customer = store::customer(journal.database(), {change.subject_id}).value();
  if (change.action == "add")
    withdraw_customer(journal, customer, row, mode, report);
  else if (change.detail.starts_with("merged into "))
    part_again(journal, customer);
  else if (change.detail.starts_with("took "))
    give_up(journal, customer, change.detail);
}

/// A consent that a merge moved goes back: "customer 3>5".
void revert_consent(store::Journal& journal, const store::ChangeRow& change) {
  constexpr std::string_view customer = "customer ";
  if (!change.detail.starts_with(customer)) return;
  CustomerId from;
  std::from_chars(change.detail.data() + customer.size(), change.detail.data() + change.detail.size(), from.value);
  store::return_consent(journal, change.subject_id, from);
}

void revert_card(store::Journal& journal, const store::ChangeRow& change, const store::OperationRow& row, UndoMode mode,
                 UndoReport& report) {
  store::Database& database = journal.database();
  const store::Card after = store::card(database, {change.subject_id}).value();
  if (after.operation == row.id) return;
  if (mode == UndoMode::except_used && store::is_changed_after(database, "card", after.id.value, row.id)) return;
  const store::Card before = store::card_before(after, change.detail);
  store::update_card(journal, after, before);
  // A card that the operation took into use again.
  if (before.state == "withdrawn" && after.state != "withdrawn") ++report.cards;
}

}  // namespace

void revert_rows(store::Journal& journal, const store::OperationRow& row, UndoMode mode, UndoReport& report) {
  withdraw_cards(journal, row, mode, report);
  store::revert_card_codes(journal, row.id);
  const auto changes = store::changes_of_operation(journal.database(), row.id);
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    if (change->subject == "customer")
      revert_customer(journal, *change, row, mode, report);
    else if (change->subject == "consent" && change->action == "edit")
      revert_consent(journal, *change);
    else if (change->subject == "card" && change->action == "edit")
      revert_card(journal, *change, row, mode, report);
  }
}

}  // namespace loyal::service
