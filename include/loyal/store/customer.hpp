// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// A person, as a company knows them.
struct Customer {
  CustomerId id;
  CompanyId company;
  std::string name;
  std::string phone;               ///< E.164, or empty
  std::int64_t phone_ordinal = 0;  ///< above zero where a phone was taken a second time on purpose
  std::string email;
  std::optional<Date> birthday;
  std::string tags;  ///< separated by commas
  std::string note;
  std::string state = "active";
};

/// A consent given or withdrawn; the newest of a kind and channel counts.
struct Consent {
  CustomerId customer;
  std::string kind;  ///< data, advertising, sharing
  std::string channel;
  bool given = true;
  std::string at;  ///< UTC
  std::string place, operator_name;
};

CustomerId add_customer(Journal& journal, const Customer& customer);
/// Writes the row; `detail` says what of it changed and never what it holds.
void update_customer(Journal& journal, const Customer& customer, std::string_view detail = {});
std::optional<Customer> customer(Database& database, CustomerId id);
/// Active customers with exactly this phone.
std::vector<Customer> customers_by_phone(Database& database, const std::string& phone);
std::vector<Customer> customers_by_email(Database& database, const std::string& email);
/// Active customers whose folded name has this part, at most `limit`, by name.
std::vector<Customer> customers_by_name(Database& database, const std::string& part, int limit);
/// Active customers whose phone begins so, at most `limit`: for completion.
std::vector<Customer> customers_by_phone_prefix(Database& database, const std::string& prefix, int limit);
/// Every customer by name (ё after е); with a part, only those whose folded name, phone or tags have it.
void each_customer(Database& database, const std::string& part,
                   const std::function<void(const Customer&, std::int64_t cards)>& take);

/// Customers who became others and had exactly this phone or e-mail, or a name that folds to this one's.
std::vector<Customer> merged_customers(Database& database, const std::string& text);
/// The customer, or the one whom they became in the end.
Customer customer_in_use(Database& database, Customer customer);

/// Makes all consents of one customer another's.
void move_consents(Journal& journal, CustomerId from, CustomerId into);
/// Gives a moved consent back.
void return_consent(Journal& journal, std::int64_t consent, CustomerId to);

void add_consent(Journal& journal, const Consent& consent);
std::vector<Consent> consents(Database& database, CustomerId customer);

}  // namespace loyal::store
