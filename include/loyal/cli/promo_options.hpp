// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/cli/verb.hpp"
#include "loyal/service/campaigns.hpp"

namespace loyal::cli {

class Session;

/// What `promo create` takes from the command line.
struct PromoOptions {
  std::string name, title, program;
  std::optional<std::string> discount, points, multiply;
  std::optional<Money> off, price;
  bool is_free_item = false, is_entry = false;
  std::vector<std::string> categories, except_categories, skus, tiers;
  std::string weekdays, hours, from, until;
  std::optional<Money> min_amount, budget;
  bool is_for_new_customers = false;
  std::string stack;
  std::optional<std::int64_t> uses, code_uses, customer_uses, day_uses;
  std::int64_t count = 1;
  std::string pattern, alphabet, password, customer;
  std::optional<std::string> code;
  bool is_secret = false, is_signed = false, each_customer = false;
};

/// Declares the operand and the flags.
void declare_promo_options(Verb& verb, PromoOptions& options);
/// The campaign that they ask for; Error{usage} where they contradict one another.
service::CampaignRequest campaign_of(Session& session, const PromoOptions& options);

}  // namespace loyal::cli
