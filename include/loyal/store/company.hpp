// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// A company that runs programs. Pending until confirmed; a closed one keeps its ledger and sells nothing.
struct Company {
  CompanyId id;
  std::string slug, name, inn, ogrn, kpp, email, phone, address;
  std::string zone = "Europe/Moscow";
  std::string currency = "RUB";
  std::string state = "pending";
};

/// A place of sale.
struct Shop {
  ShopId id;
  CompanyId company;
  std::string slug, name, address, zone;
  std::string state = "active";
};

std::vector<Company> companies(Database& database);
std::optional<Company> company(Database& database, CompanyId id);
CompanyId add_company(Journal& journal, const Company& company);
void update_company(Journal& journal, const Company& company);

/// The shops of a company, or of all when the id is zero, in the order in which they were added.
std::vector<Shop> shops(Database& database, CompanyId company);
std::optional<Shop> shop(Database& database, ShopId id);
ShopId add_shop(Journal& journal, const Shop& shop);

/// Takes the additions of an operation back: the rows stay, closed.
void close_shop(Journal& journal, ShopId id);

}  // namespace loyal::store
