// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/nightly.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/service/undo.hpp"
#include "support/scratch.hpp"

namespace loyal::test {

/// One shop in Moscow with one program and one card, played through the services, each command at noon of its day
/// unless the day says a time ("2026-01-20T23:30").
class PlayedShop {
 public:
  explicit PlayedShop(domain::Program program);

  service::SaleReceipt sell(std::string_view day, const std::string& receipt, std::int64_t kopecks,
                            const std::string& spend = {}, const std::string& key = {});
  service::SaleReceipt sell_lines(std::string_view day, const std::string& receipt,
                                  std::vector<domain::ReceiptLine> lines, const std::string& spend = {});
  /// All that is left of a sale.
  service::ReturnReceipt give_back(std::string_view day, const std::string& receipt);
  service::ReturnReceipt give_back(std::string_view day, const std::string& receipt,
                                   std::vector<service::ReturnRequest::Part> parts);
  service::ReturnReceipt give_back_money(std::string_view day, const std::string& receipt, std::int64_t kopecks);
  service::PointsReceipt grant(std::string_view day, const std::string& points, const std::string& expires = "never");
  service::NightlyReport nightly(std::string_view day);
  service::UndoReport undo_last(std::string_view day);

  service::CardState card(std::string_view day);
  /// What services take at noon of that day.
  service::Context at(std::string_view day, const std::string& key = {});
  /// How many rows the ledger has.
  std::int64_t entries();
  /// How many operations the store has.
  std::int64_t operations();

 private:
  ScratchDirectory directory_;
  store::Database database_;
};

}  // namespace loyal::test
