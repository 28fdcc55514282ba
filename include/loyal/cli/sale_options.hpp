// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/cli/verb.hpp"
#include "loyal/service/sell.hpp"

namespace loyal::cli {

class Session;

/// What `sale add` and `sale quote` take from the command line.
struct SaleOptions {
  std::string card;
  std::string amount, spend, receipt, at, quote;
  std::vector<std::string> lines, rewards, gifts, promos;
  std::string gift_pin_file, scan;
  bool restart_daily = false;
};

/// Declares the operands and flags that both verbs share.
void declare_sale_options(Verb& verb, SaleOptions& options);
service::SaleRequest sale_request(Session& session, const SaleOptions& options);

/// Reads `SKU:quantity:price` or `SKU:quantity:price:category`.
domain::ReceiptLine parse_line(const std::string& text);

/// Reads `NAME`, or `NAME:LINE` with the line counted from 1.
service::RewardRequest parse_reward(const std::string& text);

/// One line of JSON as a sale: card, amount or lines, spend, rewards, receipt, till, at, key.
service::SaleRequest sale_request_from_json(Session& session, const std::string& text, std::string& key);

/// Notes which promo codes were not applied, since others are better.
void tell_left_out(Session& session, const service::SaleReceipt& receipt);

/// What a cashier reads after a sale or a quote.
std::string sale_words(const service::SaleReceipt& receipt);

}  // namespace loyal::cli
