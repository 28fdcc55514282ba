// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/store/card.hpp"
#include "loyal/store/customer.hpp"

namespace loyal::cli {

class Session;

/// The number of the card that a text means: on a terminal a person chooses where it may be several. Where nobody
/// chose, the text as it is, which the service then refuses with the cards that it may be.
/// Of several cards, those in the wanted state come before all others.
std::string chosen_card(Session& session, store::Database& database, const std::string& text,
                        const std::string& wanted_state = "active");
/// The same for a customer, who is named by "#ID".
std::string chosen_customer(Session& session, store::Database& database, const std::string& text);

/// What people call a customer: the name, else the phone or the e-mail address, else "#ID".
std::string customer_name(const store::Customer& customer);

}  // namespace loyal::cli
