// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

using FundId = Id<struct FundTag>;

/// Somebody to whom a company gives money.
struct Fund {
  FundId id;
  CompanyId company;
  std::string slug, name, inn;
  std::string state = "active";  ///< active, closed
};

/// The funds of a company, or of all when the id is zero, in the order in which they were added.
std::vector<Fund> funds(Database& database, CompanyId company);
std::optional<Fund> fund(Database& database, FundId id);
FundId add_fund(Journal& journal, const Fund& fund);
void set_fund_inn(Journal& journal, const Fund& fund);

/// A card that nobody holds, and that no code leads to: the money that the company has put aside for a charity program,
/// or (with a fund) what the program has given to the fund and not yet paid out.
struct Account {
  ProgramId program;
  FundId fund;  ///< none: the company's
  CardId card;
};
/// Makes the card and the account of it.
Account add_account(Journal& journal, ProgramId program, FundId fund, const std::string& number, Date on);
std::vector<Account> accounts(Database& database, ProgramId program);
/// Whether the card is one of those.
bool is_account(Database& database, CardId card);

/// One presentation of a card of a charity program.
struct Donation {
  OperationId operation;
  ProgramId program;
  FundId fund;
  CardId card;
  SaleId sale;  ///< none: the card was only shown
  Date date;    ///< points date
  Money asked;  ///< by the rule
  Money amount;
  std::optional<Money> cap;  ///< of the month, by the rules of the day
  std::string why_short;     ///< month_cap, empty_account; empty: all was given
};
void add_donation(Journal& journal, const Donation& donation);
/// The live donation of a sale.
std::optional<Donation> donation_of_sale(Database& database, SaleId sale);
std::optional<Donation> donation_of_operation(Database& database, OperationId operation);
/// What a program has given away between two days, inclusive.
Money donated(Database& database, ProgramId program, Date from, Date to);

/// What one program gave to one fund in one month.
struct DonationMonth {
  ProgramId program;
  FundId fund;
  std::string month;  ///< 2026-03
  std::int64_t presentations = 0;
  std::int64_t without = 0;  ///< of them, those that gave nothing
  std::int64_t empty_account = 0, month_cap = 0;
  Money donated, paid_out;
  Money left;  ///< with the fund at the end of the month, or of the last day asked about
};
/// By program, fund and month.
std::vector<DonationMonth> donation_months(Database& database, std::optional<Date> from, std::optional<Date> to);

}  // namespace loyal::store
