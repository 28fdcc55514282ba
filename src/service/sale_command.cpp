// SPDX-License-Identifier: MIT
#include "loyal/service/sale_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"

namespace loyal::service {
namespace {

/// Whether `--line SKU:quantity:price[:category]` says all of the line.
bool fits_flag(const domain::ReceiptLine& line) {
  const bool is_product = line.amount.count == multiply_divide_half_up(line.price.count, line.quantity.count, 1000);
  return is_product && line.name.empty() && line.sku.find(':') == std::string::npos &&
         line.category.find(':') == std::string::npos;
}

std::string flag_text(const domain::ReceiptLine& line) {
  std::string quantity = to_decimal(line.quantity.count, 3);
  quantity.erase(quantity.find_last_not_of('0') + 1);
  if (quantity.back() == '.') quantity.pop_back();
  const std::string text = fmt::format("{}:{}:{}", line.sku, quantity, to_decimal(line.price.count, 2));
  return line.category.empty() ? text : text + ":" + line.category;
}

std::string time_text(const SaleRequest& request) {
  return request.at_has_time ? to_string(*request.at) : to_string(request.at->date);
}

}  // namespace

std::string sale_command(const Context& context, const SaleRequest& request, const std::string& card,
                         const std::string& spend) {
  if (!std::all_of(request.lines.begin(), request.lines.end(), fits_flag))
    return spend.empty() ? tr("send it again without \"spend\"") : tr("send it again with \"spend\": \"{}\"", spend);
  std::string command = "loyal sale add " + shell_word(card);
  const auto add = [&command](const char* flag, const std::string& value) {
    if (!value.empty()) command += fmt::format(" {} {}", flag, shell_word(value));
  };
  if (request.amount) command += " " + to_decimal(request.amount->count, 2);
  for (const domain::ReceiptLine& line : request.lines) add("--line", flag_text(line));
  for (const GiftRequest& gift : request.gifts)
    add("--gift", gift.amount ? fmt::format("{}={}", gift.card, to_decimal(gift.amount->count, 2)) : gift.card);
  for (const RewardRequest& reward : request.rewards)
    add("--reward", reward.line > 0 ? fmt::format("{}:{}", reward.reward, reward.line) : reward.reward);
  add("--receipt", request.receipt);
  if (request.receipts_restart_daily) command += " --receipts-restart-daily";
  add("--till", request.till.empty() ? context.till : request.till);
  add("--shop", context.shop);
  add("--key", context.key);
  if (request.at) add("--at", time_text(request));
  add("--spend", spend);
  return command;
}

}  // namespace loyal::service
