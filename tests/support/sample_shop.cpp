// SPDX-License-Identifier: MIT
#include "support/sample_shop.hpp"

#include "loyal/service/campaigns.hpp"
#include "loyal/service/card_codes.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/choose.hpp"
#include "loyal/service/companies.hpp"
#include "loyal/service/customers.hpp"
#include "loyal/service/donations.hpp"
#include "loyal/service/door.hpp"
#include "loyal/service/funds.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/nightly.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/programs.hpp"
#include "loyal/service/reserve.hpp"
#include "loyal/service/rewards.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/service/settlement.hpp"
#include "loyal/service/tiers.hpp"
#include "loyal/service/undo.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/export_1c.hpp"

namespace loyal::test {
namespace {

constexpr Instant first_day{1'772'366'400};
constexpr Instant last_day{first_day.seconds + 60 * 86'400};

constexpr const char* program_text = R"(slug = "coffee"
title = "Кофе"
kind = "bonus"
zone = "Europe/Moscow"

[unit]
name = ["балл", "балла", "баллов"]
worth = "1.00"

[[earn]]
rate = "10%"

[spend]
max_share = "50%"

[expiry]
after = "30d"
)";

service::Context context_at(store::Database& database, Instant now) {
  return {database, now, now, {}, "anna", "till1", {}, {}, false};
}

domain::ReceiptLine line(const char* sku, std::int64_t pieces, std::int64_t kopecks) {
  domain::ReceiptLine result;
  result.sku = sku;
  result.quantity = {pieces * 1000};
  result.price = {kopecks / pieces};
  result.amount = {kopecks};
  return result;
}

/// The last two cards of the sample hold nothing: a link of them alone moves nothing.
void link_cards(store::Database& database) {
  store::Transaction transaction(database);
  store::Journal journal(database, {last_day, last_day, "card replace", "", {}, "anna", "till1", {}});
  store::add_card_link(journal, {3}, {4}, "replace", Date::of(2026, 4, 30));
  journal.finish();
  transaction.commit();
}

/// What an export to 1C leaves behind.
void remember_export(store::Database& database) {
  store::Transaction transaction(database);
  store::Journal journal(database, {last_day, last_day, "export 1c", "", {}, "anna", "till1", {}});
  store::add_export_mark(journal, {journal.id(), {1}, "enterprise-data", journal.id()});
  journal.finish();
  transaction.commit();
}

constexpr const char* kind_text = R"(slug = "kind"
title = "Добрая карта"
kind = "charity"

[donation]
fund = "Фонд"
amount = "1.00"
per_month = "10.00"
)";

constexpr const char* street_text = R"(slug = "street"
title = "Улица"
kind = "club"

[[earn]]
rate = "10%"

[[member]]
company = "zerno"
)";

/// A donation that was made and one that could not be, and a club's period that was closed.
void give_and_settle(const service::Context& context) {
  service::apply_program(context, kind_text, "kind.toml", std::nullopt);
  service::issue_cards(context, {"kind", 1, "KIND-#", "", "", true});
  service::top_up_account(context, "kind", Money{150}, "");
  service::present_card(context, "KIND-0");
  service::present_card(context, "KIND-0");
  service::pay_fund(context, "Фонд", Money{50}, "kind", "41");
  service::Context at_member = context;
  at_member.company = "zerno";
  service::apply_program(at_member, street_text, "street.toml", std::nullopt);
  service::issue_cards(context, {"street", 1, "STREET-#", "", "", true});
  service::SaleRequest sale;
  sale.card = "STREET-0";
  sale.amount = Money{20'000};
  sale.receipt = "street";
  service::sell(at_member, sale);
  service::close_settlement(context, "street");
}

constexpr const char* tiered_text = R"(slug = "tiered"
title = "Уровни"
kind = "bonus"

[[tier]]
name = "Серебро"
enter = "10000.00"

[choice]
categories = ["чай", "кофе"]

[[earn]]
rate = "10%"

[[earn]]
on = "referral"
points = 5

[[reward]]
name = "Кружка"
cost = 10
stock = true
)";

constexpr const char* pass_text = R"(slug = "pass"
title = "Абонемент"
kind = "pass"

[freeze]
days_max = 30

[[offer]]
name = "8 посещений"
price = "3200.00"
points = 8
valid = "2m"
)";

constexpr const char* gift_text = R"(slug = "gift"
title = "Подарочная карта"
kind = "gift"
)";

/// A reward, a tier, a choice, a newcomer, a held sale, a gift and a pass put aside: what other kinds of card write.
void use_every_kind(const service::Context& context) {
  service::apply_program(context, tiered_text, "tiered.toml", std::nullopt);
  service::issue_cards(context, {"tiered", 1, "TIER-#", "", "", true});
  service::issue_cards(context, {"tiered", 1, "NEW-#", "", "", true, "TIER-0"});
  service::grant_points(context, {"TIER-0", "50", "gift", "never"});
  service::stock_reward(context, {"Кружка", "tiered", 3, "new"});
  service::redeem_reward(context, {"TIER-0", "Кружка", std::nullopt});
  service::pin_tier(context, {"TIER-0", "Серебро", Date::of(2026, 12, 31), "friend", false});
  service::choose_categories(context, "TIER-0", {"чай"}, "");
  service::add_code(context, {"TIER-0", "KEY-4711", "code128"});
  service::add_code(context, {"TIER-0", "KEY-4712"});
  service::remove_code(context, "KEY-4712");
  service::apply_program(context, gift_text, "gift.toml", std::nullopt);
  service::issue_cards(context, {"gift", 1, "GIFT-#", "", "", true});
  service::grant_points(context, {"GIFT-0", "100", "gift", "never"});
  service::SaleRequest sale;
  sale.card = "TIER-0";
  sale.amount = Money{20'000};
  sale.receipt = "gift";
  sale.gifts = {{"GIFT-0", Money{5'000}, ""}};
  service::sell(context, sale);
  sale.receipt.clear();
  sale.gifts.clear();
  sale.spend_text = "5";
  service::reserve_sale(context, sale);
  service::apply_program(context, pass_text, "pass.toml", std::nullopt);
  service::issue_cards(context, {"pass", 1, "PASS-#", "", "", true});
  service::SaleRequest fee;
  fee.card = "PASS-0";
  fee.offer.emplace();
  fee.receipt = "fee";
  service::sell(context, fee);
  service::freeze_card(context, {"PASS-0", 5, std::nullopt, false});
}

/// A campaign that was extended, and a code of it that a purchase used.
void promote(const service::Context& context) {
  service::CampaignRequest campaign;
  campaign.name = "SPRING";
  campaign.terms.effect.rate = {1, 10};
  campaign.terms.limits.uses = 5;
  campaign.codes.shared = "SPRING";
  service::create_campaign(context, campaign);
  service::extend_campaign(context, {"SPRING", std::nullopt, 10, "liked"});
  service::SaleRequest sale;
  sale.card = "CARD-1";
  sale.amount = Money{10'000};
  sale.receipt = "promo";
  sale.promos = {"spring"};
  service::sell(context, sale);
}

void live(store::Database& database) {
  const service::Context context = context_at(database, first_day);
  service::CompanyRequest company;
  company.name = "Зерно";
  company.inn = "7707083893";
  company.ogrn = "1027700132195";
  service::add_company(context, company);
  service::apply_program(context, program_text, "coffee.toml", std::nullopt);
  service::issue_cards(context, {"coffee", 4, "CARD-#", "", "", true});
  service::CustomerRequest person;
  person.name = "Пётр Ёлкин";
  person.phone = "8 (916) 123-45-67";
  person.consents = {"data"};
  service::add_customer(context, person);
  service::assign_card(context, "CARD-1", "+79161234567");

  service::SaleRequest sale;
  sale.card = "CARD-1";
  sale.amount = Money{100'000};
  sale.receipt = "1";
  service::sell(context, sale);
  sale.amount.reset();
  sale.receipt = "2";
  sale.spend_text = "40";
  sale.lines = {line("cup", 2, 30'000), line("beans", 1, 20'000)};
  service::sell(context, sale);
  service::ReturnRequest back;
  back.receipt = "2";
  back.parts = {{1, Amount{1000}}};
  back.reason = "cold";
  service::give_back(context, back);
  service::grant_points(context, {"CARD-2", "50", "sorry", "never"});
  service::adjust_points(context, {"CARD-2", "-20", "typo", ""});
  service::SaleRequest mistake;
  mistake.card = "CARD-3";
  mistake.amount = Money{9'900};
  mistake.receipt = "3";
  service::sell(context, mistake);
  service::undo(context, {});
  service::sell(context, mistake);
  service::nightly(context_at(database, last_day), std::nullopt, {});
  link_cards(database);
  give_and_settle(context_at(database, last_day));
  use_every_kind(context_at(database, last_day));
  remember_export(database);
  promote(context_at(database, last_day));
}

}  // namespace

SampleShop::SampleShop() : path_(scratch_.file("shop.db")) {
  store::Database database = store::Database::create(path_, first_day);
  live(database);
}

service::Context SampleShop::context(store::Database& database) const {
  return context_at(database, last_day);
}

}  // namespace loyal::test
