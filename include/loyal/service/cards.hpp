// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

/// Cards to be issued.
struct IssueRequest {
  std::string program;
  std::int64_t count = 1;
  std::string number = "ean13";           ///< ean13, ean8, luhn, or a pattern: `*` a symbol, `#` a digit
  std::string prefix = "29";              ///< of ean13, ean8 and luhn
  std::string customer;                   ///< holder of a single card; empty: unassigned
  bool sequential = false;                ///< pattern: count up instead of choosing by chance
  std::string referred_by = {};           ///< card of who brought the holder of a single card; empty: nobody
  bool random = false;                    ///< ean13, ean8, luhn: choose by chance instead of counting up
  bool own_prefix = false;                ///< the prefix was given to the company by GS1
  std::int64_t digits = 0;                ///< of luhn; zero: the usual 16
  bool has_check = false;                 ///< pattern: its last `*` is a check symbol over the others
  std::vector<std::string> numbers = {};  ///< these very numbers, as many as there are to be cards; empty: made up
};

/// What was issued; the cards of a large batch are listed by its operation.
struct IssueReceipt {
  store::ProgramRow program;
  std::int64_t count = 0;
  std::string first_number, last_number, holder;
  OperationId operation;  ///< the batch
  bool is_replayed = false;
};

IssueReceipt issue_cards(const Context& context, const IssueRequest& request);

/// The next number in the way of another: after the last EAN-13 with the same beginning, else after the last of 29.
std::string next_number_like(store::Database& database, const std::string& number);

/// Gives an unassigned card to a customer; `referred_by` is the card of who brought them.
store::Card assign_card(const Context& context, const std::string& card, const std::string& customer,
                        const std::string& referred_by = {});
/// A blocked card earns and spends nothing until it is unblocked.
store::Card block_card(const Context& context, const std::string& card, const std::string& reason);
store::Card unblock_card(const Context& context, const std::string& card);

using TakeCard = std::function<void(const store::CardListing&, const domain::Unit&)>;
/// The cards with what each holds today in its program's zone, in the order in which they were issued.
void each_card(const Context& context, const store::CardFilter& filter, const TakeCard& take);
/// The same as of a day, by all that is known now or by what an operation knew (see card_state): cards that had not
/// been issued then are left out.
void each_card_at(const Context& context, const store::CardFilter& filter, std::optional<Date> as_of,
                  OperationId known_at, const TakeCard& take);

}  // namespace loyal::service
