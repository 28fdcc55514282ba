// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "loyal/domain/assessment.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/charity.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

/// The fund of a slug or name; Error{not_found} that tells which there are.
store::Fund find_fund(store::Database& database, CompanyId company, const std::string& text);

/// Where a charity program's money lies: what the company has put aside, and what its present fund has been given.
struct CharityAccounts {
  store::Fund fund;
  CardId company_card, fund_card;
};

/// Makes the fund that the program names where it is not there, and the accounts that are missing.
CharityAccounts open_accounts(store::Journal& journal, const store::ProgramRow& program, const domain::Program& rules,
                              Date on);

/// Moves what a presentation gives from the company's account to the fund's and records the presentation, one that
/// gives nothing too. What the donor's card shows is posted by the caller.
void give_away(store::Journal& journal, Posting& posting, const store::ProgramRow& program,
               const domain::Program& rules, const domain::Assessment& assessment, CardId card, const Origin& origin);

/// What a quoted sale would give; nothing for a program that gives nothing away.
std::optional<store::Donation> quoted_donation(const domain::Program& rules, const domain::Assessment& assessment);

/// A presentation that was written.
struct PresentReceipt {
  store::Card card;
  std::string holder, program_slug;
  store::Fund fund;
  store::Donation donation;
  Money given_by_card;  ///< in all
  Money account;        ///< what the company can still give
  OperationId operation;
};

/// Presents a card of a charity program without a purchase: gives the sum of the program, or as much as there is.
PresentReceipt present_card(const Context& context, const std::string& card);

/// What the company's account of a charity program holds.
Money account_left(store::Database& database, ProgramId program);

}  // namespace loyal::service
