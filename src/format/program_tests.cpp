// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/format/program_rules.hpp"
#include "program_sections.hpp"

namespace loyal::format {
namespace {

using domain::ProgramTest;

LocalTime read_at(const TomlSection& section) {
  const auto text = section.text("at");
  if (!text) return {Date::of(2026, 1, 12), 12 * 3600};
  if (const auto date = date_from_iso(*text)) return {*date, 12 * 3600};
  const auto time = local_time_from_iso(*text);
  if (!time) section.refuse("at", tr("\"{}\" is no date and time", shown(*text)), "at = \"2026-03-01T12:00\"");
  return *time;
}

domain::ReceiptLine read_line(const TomlSection& section) {
  domain::ReceiptLine line;
  line.sku = section.text("sku").value_or("");
  line.category = section.text("category").value_or("");
  line.quantity = {section.decimal("quantity", 3).value_or(1000)};
  if (line.quantity.count == 0) section.refuse("quantity", tr("\"{}\" must be more than zero", "quantity"));
  const auto price = section.decimal("price", 2);
  if (!price) section.refuse("price", tr("the line has no price"), "price = \"150.00\"");
  line.price = {*price};
  line.amount = {multiply_divide_half_up(*price, line.quantity.count, 1000)};
  return line;
}

void read_lines(const TomlSection& section, ProgramTest& test) {
  if (section.has("amount") == section.has("lines"))
    section.refuse("amount", tr("a receipt has an \"amount\", or \"lines\""), "amount = \"1000.00\"");
  if (const auto amount = section.decimal("amount", 2)) {
    domain::ReceiptLine line;
    line.price = line.amount = {*amount};
    test.receipt.lines.push_back(line);
    return;
  }
  for (const TomlNode& table : tables_of(section, "lines"))
    test.receipt.lines.push_back(
        read_line(TomlSection(section.file_name(), table, "lines", {"sku", "category", "quantity", "price"})));
}

domain::SpendWish read_wish(const TomlSection& section, int scale) {
  using Mode = domain::SpendWish::Mode;
  const TomlNode* node = section.find("spend");
  if (node == nullptr) return {};
  const auto* text = std::get_if<std::string>(&node->value);
  if (text != nullptr && *text == "max") return {Mode::max, {}};
  const Points points{section.decimal("spend", scale).value_or(0)};
  return points.count == 0 ? domain::SpendWish{} : domain::SpendWish{Mode::exact, points};
}

void read_rewards(const TomlSection& section, const domain::Program& program, ProgramTest& test) {
  for (const std::string& name : section.texts("rewards").value_or(std::vector<std::string>{})) {
    if (domain::find_reward(program, name) == nullptr)
      section.refuse("rewards", tr("there is no reward \"{}\"", shown(name)));
    test.receipt.rewards.push_back({name, 0});
  }
}

ProgramTest read_test(const TomlSection& section, const domain::Program& program) {
  ProgramTest test;
  const int scale = program.unit.scale;
  test.line = section.place().line;
  test.name = section.text("name").value_or(fmt::format("{}", test.line));
  test.receipt.at = read_at(section);
  read_lines(section, test);
  test.receipt.offer = section.text("offer").value_or("");
  read_rewards(section, program, test);
  test.wish = read_wish(section, scale);
  if (const auto balance = section.decimal("balance", scale); balance.value_or(0) > 0) {
    const Date date = test.receipt.at.date;
    test.card.lots.push_back({{1}, {*balance}, {1}, date, date, std::nullopt});
  }
  test.card.buyer.tier = section.text("tier").value_or("");
  if (!test.card.buyer.tier.empty() && domain::find_tier(program, test.card.buyer.tier) == nullptr)
    section.refuse("tier", tr("there is no tier \"{}\"", shown(test.card.buyer.tier)));
  test.card.buyer.member = section.text("member").value_or("");
  test.card.buyer.is_first_purchase = section.flag("first_purchase").value_or(false);
  test.card.buyer.chosen_categories = section.texts("chosen_categories").value_or(std::vector<std::string>{});
  test.card.buyer.subscriptions = section.texts("subscriptions").value_or(std::vector<std::string>{});
  test.card.pieces_before.assign(program.discount.size(), section.number("pieces_before", 0, 1'000'000).value_or(0));
  test.card.donation_account = {section.decimal("account", 2).value_or(INT64_MAX / 4)};
  const auto points = [&section](std::string_view key, int digits) {
    const auto value = section.decimal(key, digits);
    return value ? std::optional(Points{*value}) : std::nullopt;
  };
  const auto money = [&section](std::string_view key) {
    const auto value = section.decimal(key, 2);
    return value ? std::optional(Money{*value}) : std::nullopt;
  };
  test.earned = points("earned", scale);
  test.spent = points("spent", scale);
  test.donation = points("donation", 2);
  test.discount = money("discount");
  test.paid = money("paid");
  test.is_refused = section.flag("refused").value_or(false);
  if (!test.earned && !test.spent && !test.donation && !test.discount && !test.paid && !test.is_refused)
    section.refuse("earned", tr("the test expects nothing"), "earned = 50");
  return test;
}

}  // namespace

std::vector<ProgramTest> read_program_tests(std::string_view text, const std::string& file_name) {
  const domain::Program program = read_program(text, file_name);
  const TomlNode root = parse_toml(text, file_name);
  std::vector<ProgramTest> tests;
  const auto& members = std::get<TomlNode::Table>(root.value);
  for (const TomlMember& member : members) {
    if (member.key != "test") continue;
    const auto* tables = std::get_if<TomlNode::Array>(&member.node.value);
    if (tables == nullptr) refuse_at(file_name, member.place, tr("each test stands in a table of its own"), "[[test]]");
    for (const TomlNode& table : *tables)
      tests.push_back(read_test(TomlSection(file_name, table, "[[test]]", {"name",           "at",
                                                                           "amount",         "lines",
                                                                           "offer",          "rewards",
                                                                           "spend",          "balance",
                                                                           "tier",           "member",
                                                                           "first_purchase", "chosen_categories",
                                                                           "subscriptions",  "pieces_before",
                                                                           "account",        "earned",
                                                                           "spent",          "donation",
                                                                           "discount",       "paid",
                                                                           "refused"}),
                                program));
  }
  return tests;
}

}  // namespace loyal::format
