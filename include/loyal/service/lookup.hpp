// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

/// The company of a slug or name, or the only one when the text is empty.
store::Company find_company(store::Database& database, const std::string& text);
/// The shop of a slug or name, or the only (or first) one of the company when the text is empty.
store::Shop find_shop(store::Database& database, CompanyId company, const std::string& text);
/// The program of a slug or title, or the only one when the text is empty.
store::ProgramRow find_program(store::Database& database, const std::string& text);

/// Customers that a text may mean: a phone, an e-mail, part of a name, or #ID.
std::vector<store::Customer> customer_candidates(store::Database& database, const std::string& text, int limit);
/// The one customer that the text means; Error{not_found}, or Error{usage} with at most five.
store::Customer find_customer(store::Database& database, const std::string& text);

/// A card that a text may mean, with words that tell it from others.
struct CardCandidate {
  store::Card card;
  std::string words;
};
/// Cards that a text may mean: a number or code; a phone (eleven digits from 8 or +7); part of a holder's name.
std::vector<CardCandidate> card_candidates(store::Database& database, const std::string& text, int limit);
/// The one card that the text means; Error{not_found}, or Error{usage} with at most five.
store::Card find_card(store::Database& database, const std::string& text);

/// Refuses a withdrawn card; one whose place another took is answered with that one, and `command` on it as the hint.
[[noreturn]] void refuse_withdrawn(store::Database& database, const store::Card& card,
                                   std::string_view command = "loyal card show {}");
/// Refuses a card that is blocked or withdrawn.
void require_active(store::Database& database, const store::Card& card, std::string_view command);

/// How a typed card number is looked up.
std::string code_of(const std::string& number);

}  // namespace loyal::service
