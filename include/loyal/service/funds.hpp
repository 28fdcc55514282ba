// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "loyal/service/context.hpp"
#include "loyal/store/charity.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

/// A fund as it was typed.
struct FundRequest {
  std::string name, slug, inn;
};
/// Adds a fund to the context's company; Error{usage} for an INN that cannot be one, Error{conflict} for a slug or an
/// INN that is there.
store::Fund add_fund(const Context& context, const FundRequest& request);

/// What a fund has from one charity program.
struct FundListing {
  store::Fund fund;
  std::string company_slug;
  std::string program_slug;  ///< empty: no program gives to it yet
  Money donated, paid_out, left;
  Money account;  ///< what the company has put aside for the program
};
void each_fund(const Context& context, const std::function<void(const FundListing&)>& take);

/// What moving money onto or out of an account did.
struct FundReceipt {
  store::ProgramRow program;
  store::Fund fund;  ///< of a payout
  Money amount;
  Money account;  ///< of the company, afterwards
  Money left;     ///< with the fund, afterwards
  OperationId operation;
  bool is_replayed = false;
};
/// Puts money aside for a charity program.
FundReceipt top_up_account(const Context& context, const std::string& program, Money amount, const std::string& reason);
/// Records that a fund was paid what it had been given; Error{refused} where that is less.
FundReceipt pay_fund(const Context& context, const std::string& fund, Money amount, const std::string& program,
                     const std::string& reason);

/// A row of the report on donations.
struct DonationRow {
  store::DonationMonth month;
  std::string program_slug;
  store::Fund fund;
};
void each_donation_month(const Context& context, const std::string& program, std::optional<Date> from,
                         std::optional<Date> to, const std::function<void(const DonationRow&)>& take);

}  // namespace loyal::service
