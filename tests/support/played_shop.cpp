// SPDX-License-Identifier: MIT
#include "support/played_shop.hpp"

#include "loyal/base/zone.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/companies.hpp"
#include "loyal/service/programs.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::test {
namespace {

constexpr const char* card_number = "CARD-0";

Instant instant_of(std::string_view day) {
  const std::string text = day.size() > 10 ? std::string(day) : std::string(day) + "T12:00";
  return Zone("Europe/Moscow").instant(local_time_from_iso(text).value());
}

}  // namespace

PlayedShop::PlayedShop(domain::Program program)
    : database_(store::Database::create(directory_.file("shop.db"), instant_of("2026-01-01"))) {
  const service::Context context = at("2026-01-01");
  service::CompanyRequest company;
  company.name = "Shop";
  company.inn = "7707083893";
  company.ogrn = "1027700132195";
  company.email = "shop@example.ru";
  service::add_company(context, company);
  program.slug = "played";
  service::add_program(context, std::move(program));
  service::issue_cards(context, {"played", 1, "CARD-#", "", "", true});
}

service::Context PlayedShop::at(std::string_view day, const std::string& key) {
  const Instant now = instant_of(day);
  return {database_, now, now, key, {}, {}, {}, {}, false};
}

service::SaleReceipt PlayedShop::sell(std::string_view day, const std::string& receipt, std::int64_t kopecks,
                                      const std::string& spend, const std::string& key) {
  service::SaleRequest request;
  request.card = card_number;
  request.receipt = receipt;
  request.amount = Money{kopecks};
  request.spend_text = spend;
  return service::sell(at(day, key), request);
}

service::SaleReceipt PlayedShop::sell_lines(std::string_view day, const std::string& receipt,
                                            std::vector<domain::ReceiptLine> lines, const std::string& spend) {
  service::SaleRequest request;
  request.card = card_number;
  request.receipt = receipt;
  request.lines = std::move(lines);
  request.spend_text = spend;
  return service::sell(at(day), request);
}

service::ReturnReceipt PlayedShop::give_back(std::string_view day, const std::string& receipt) {
  return give_back(day, receipt, {});
}

service::ReturnReceipt PlayedShop::give_back(std::string_view day, const std::string& receipt,
                                             std::vector<service::ReturnRequest::Part> parts) {
  service::ReturnRequest request;
  request.receipt = receipt;
  request.parts = std::move(parts);
  return service::give_back(at(day), request);
}

service::ReturnReceipt PlayedShop::give_back_money(std::string_view day, const std::string& receipt,
                                                   std::int64_t kopecks) {
  service::ReturnRequest request;
  request.receipt = receipt;
  request.amount = Money{kopecks};
  return service::give_back(at(day), request);
}

service::PointsReceipt PlayedShop::grant(std::string_view day, const std::string& points, const std::string& expires) {
  return service::grant_points(at(day), {card_number, points, "a gift", expires});
}

service::NightlyReport PlayedShop::nightly(std::string_view day) {
  return service::nightly(at(day), std::nullopt, {});
}

service::UndoReport PlayedShop::undo_last(std::string_view day) {
  return service::undo(at(day), {});
}

service::CardState PlayedShop::card(std::string_view day) {
  return service::card_state(at(day), card_number, std::nullopt);
}

std::int64_t PlayedShop::entries() {
  store::Statement rows = database_.prepare("select count(*) from entry");
  rows.step();
  return rows.integer(0);
}

std::int64_t PlayedShop::operations() {
  const auto last = store::last_operation(database_);
  return last ? last->id.value : 0;
}

}  // namespace loyal::test
