// SPDX-License-Identifier: MIT
#include "loyal/format/program_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/format/program_rules.hpp"
#include "loyal/format/toml_section.hpp"

namespace loyal::format {
namespace {

using domain::Expiry;
using domain::Program;

constexpr int days_max = 36'500;
constexpr int months_max = 1'200;
constexpr std::size_t rules_max = 200;

std::string shown(std::string_view text) {
  return fit(visible(text), 60);
}

/// Reads a program from its top table, one section after the other; later sections see what the earlier ones said.
class Reader {
 public:
  explicit Reader(const std::string& file_name, const TomlNode& root)
      : top_(file_name, root, "",
             {"slug", "title", "kind", "zone", "combine", "unit", "earn", "discount", "limits", "spend", "earn_base",
              "pending", "expiry", "returns"}) {}

  Program read() {
    read_top();
    read_discounts();
    if (program_.kind == domain::Kind::discount) {
      refuse_points();
    } else {
      read_unit();
      read_earn();
      read_limits();
      read_spend();
      read_base_and_pending();
      read_expiry();
      read_returns();
    }
    name_rules(program_);
    return std::move(program_);
  }

 private:
  template <class Function>
  void in_section(std::string_view key, std::initializer_list<std::string_view> keys, Function&& function) {
    const TomlNode* node = top_.find(key);
    if (node != nullptr) function(TomlSection(top_.file_name(), *node, fmt::format("[{}]", key), keys));
  }

  /// Calls for each table of an array and sees that no name is given twice.
  template <class Function>
  void in_each(std::string_view key, std::initializer_list<std::string_view> keys, Function&& function) {
    const TomlNode* node = top_.find(key);
    if (node == nullptr) return;
    const auto* tables = std::get_if<TomlNode::Array>(&node->value);
    if (tables == nullptr) top_.refuse(key, tr("each rule stands in a table of its own"), fmt::format("[[{}]]", key));
    if (tables->empty()) top_.refuse(key, tr("\"{}\" is an empty list", key));
    if (tables->size() > rules_max)
      top_.refuse(key, tr("there are {} rules; {} are allowed", tables->size(), rules_max));
    std::set<std::string> names;
    for (const TomlNode& table : *tables) {
      const TomlSection section(top_.file_name(), table, fmt::format("[[{}]]", key), keys);
      const std::string name = function(section);
      if (!name.empty() && !names.insert(name).second)
        section.refuse("name", tr("two rules have the name \"{}\"", shown(name)));
    }
  }

  void read_top() {
    program_.title = tidy_name(top_.text("title").value_or(""));
    if (program_.title.empty()) top_.refuse("title", tr("the program has no title"), "title = \"…\"");
    program_.slug = top_.text("slug").value_or("");
    const std::string proposal = slug_of(program_.slug.empty() ? program_.title : program_.slug);
    if (program_.slug.empty() || program_.slug != proposal)
      top_.refuse("slug",
                  program_.slug.empty()
                      ? tr("the program has no slug")
                      : tr("the slug \"{}\" may hold only a-z, 0-9 and single dashes", shown(program_.slug)),
                  fmt::format("slug = \"{}\"", proposal.empty() ? "coffee" : proposal));
    const auto kind = top_.choice("kind", {"bonus", "discount"});
    if (!kind) top_.refuse("kind", tr("the program has no kind"), "kind = \"bonus\"");
    program_.kind = *kind == 0 ? domain::Kind::bonus : domain::Kind::discount;
    program_.zone = top_.text("zone").value_or("Europe/Moscow");
    top_.at("zone", [&] { return Zone(program_.zone).name(); });
    program_.combine = top_.choice("combine", {"best", "sum"}) == 1 ? domain::Combine::sum : domain::Combine::best;
  }

  void read_discounts() {
    const TomlNode* node = top_.find("discount");
    if (node != nullptr && std::holds_alternative<std::string>(node->value)) {
      program_.discount.push_back({"", *read_rate(top_, "discount", false), {}});
      return;
    }
    in_each("discount",
            {"name", "rate", "categories", "except_categories", "skus", "except_skus", "weekdays", "hours", "from",
             "until", "min_amount"},
            [&](const TomlSection& section) {
              program_.discount.push_back(read_discount_rule(section));
              return program_.discount.back().name;
            });
  }

  void refuse_points() {
    for (const std::string_view key :
         {"combine", "unit", "earn", "limits", "spend", "earn_base", "pending", "expiry", "returns"})
      if (top_.has(key))
        top_.refuse(key, tr("\"{}\" has no place in a discount program, which holds no points", key),
                    "kind = \"bonus\"");
    if (program_.discount.empty()) top_.refuse("discount", tr("the program gives no discount"), "discount = \"5%\"");
  }

  void read_unit() {
    in_section("unit", {"name", "scale", "worth"}, [&](const TomlSection& section) {
      if (const TomlNode* node = section.find("name")) read_unit_name(section, *node);
      program_.unit.scale = section.number("scale", 0, 2).value_or(program_.unit.scale);
      program_.unit.worth = {section.decimal("worth", 2).value_or(program_.unit.worth.count)};
    });
  }

  // The forms of an English or an indeclinable word are alike, so unlike other lists this one may repeat itself.
  void read_unit_name(const TomlSection& section, const TomlNode& node) {
    const auto* forms = std::get_if<TomlNode::Array>(&node.value);
    if (forms == nullptr || forms->size() != 3)
      section.refuse("name", tr("\"{}\" must be the three forms for 1, 2 and 5", "name"),
                     "name = [\"балл\", \"балла\", \"баллов\"]");
    for (std::size_t i = 0; i < 3; ++i) {
      const auto* form = std::get_if<std::string>(&(*forms)[i].value);
      program_.unit.name[i] = form == nullptr ? "" : tidy_name(*form);
      if (program_.unit.name[i].empty() || program_.unit.name[i].size() > 100)
        refuse_at(section.file_name(), (*forms)[i].place, tr("\"{}\" must be a short text in quotes", "name"));
    }
  }

  void read_earn() {
    in_each("earn",
            {"name", "rate", "points", "per", "allow_over_100", "categories", "except_categories", "skus",
             "except_skus", "weekdays", "hours", "from", "until", "min_amount"},
            [&](const TomlSection& section) {
              program_.earn.push_back(read_earn_rule(section, program_.unit.scale));
              return program_.earn.back().name;
            });
    if (program_.earn.empty())
      top_.refuse("earn", tr("nothing is earned in this bonus program"),
                  tr("write {} or {}", "[[earn]]", "kind = \"discount\""));
  }

  void read_limits() {
    in_section("limits", {"per_sale", "per_day", "balance"}, [&](const TomlSection& section) {
      program_.limits.per_sale = read_points(section, "per_sale", program_.unit.scale);
      program_.limits.balance = read_points(section, "balance", program_.unit.scale);
      if (const TomlNode* node = section.find("per_day")) {
        const TomlSection day(section.file_name(), *node, "per_day", {"sales"});
        program_.limits.per_day_sales = day.number("sales", 1, 1'000'000);
        if (!program_.limits.per_day_sales)
          section.refuse("per_day", tr("\"{}\" is empty", "per_day"), "per_day = { sales = 3 }");
      }
    });
  }

  void read_spend() {
    domain::SpendRules& spend = program_.spend;
    in_section("spend", {"allowed", "max_share", "per_sale", "min_balance", "step", "min_to_pay", "except_categories"},
               [&](const TomlSection& section) {
                 const int scale = program_.unit.scale;
                 spend.allowed = section.flag("allowed").value_or(true);
                 spend.max_share = read_rate(section, "max_share", false).value_or(spend.max_share);
                 spend.per_sale = read_points(section, "per_sale", scale);
                 spend.min_balance = {section.decimal("min_balance", scale).value_or(0)};
                 spend.step = read_points(section, "step", scale).value_or(spend.step);
                 spend.min_to_pay = {section.decimal("min_to_pay", 2).value_or(spend.min_to_pay.count)};
                 spend.except_categories = section.texts("except_categories").value_or(spend.except_categories);
                 check_spend(section);
               });
    check_worth();
  }

  std::string points(Points value) const { return to_decimal(value.count, program_.unit.scale); }

  void check_spend(const TomlSection& section) const {
    const domain::SpendRules& spend = program_.spend;
    const auto& cap = program_.limits.balance;
    if (spend.per_sale && spend.step > *spend.per_sale)
      section.refuse("step", tr("the step of {} is more than the {} that one sale takes", points(spend.step),
                                points(*spend.per_sale)));
    if (cap && spend.step > *cap)
      section.refuse("step",
                     tr("the step of {} is more than the {} that a card may hold", points(spend.step), points(*cap)));
    if (cap && spend.min_balance > *cap)
      section.refuse("min_balance", tr("the least balance of {} is more than the {} that a card may hold",
                                       points(spend.min_balance), points(*cap)));
  }

  void check_worth() const {
    const domain::SpendRules& spend = program_.spend;
    if (!spend.allowed) return;
    const std::int64_t minor = domain::minor_units(program_.unit);
    const std::int64_t worth = program_.unit.worth.count;
    const TomlNode* node = top_.find("spend");
    const TomlNode& place = node != nullptr ? *node : top_.find("unit") != nullptr ? *top_.find("unit") : no_section_;
    if (worth == 0)
      refuse_at(top_.file_name(), place.place, tr("points that are worth nothing cannot be spent"),
                "[spend] allowed = false");
    const std::int64_t least = minor / std::gcd(minor, worth);
    if (spend.step.count % least == 0) return;
    Place at = place.place;
    if (const auto* members = std::get_if<TomlNode::Table>(&place.value))
      for (const TomlMember& member : *members)
        if (member.key == "step" || member.key == "worth") at = member.node.place;
    refuse_at(
        top_.file_name(), at,
        tr("a spend step of {} at {} for one is no whole number of kopecks", points(spend.step), to_decimal(worth, 2)),
        fmt::format("step = \"{}\"", points({least})));
  }

  void read_base_and_pending() {
    in_section("earn_base", {"gross", "points_part"}, [&](const TomlSection& section) {
      program_.earn_base.gross = section.flag("gross").value_or(false);
      program_.earn_base.points_part = section.flag("points_part").value_or(false);
    });
    in_section("pending", {"days"}, [&](const TomlSection& section) {
      program_.pending_days = section.number("days", 0, days_max).value_or(0);
    });
  }

  void read_after(const TomlSection& section) {
    const std::string text = section.text("after").value_or("never");
    if (text == "never") return;
    Expiry& expiry = program_.expiry;
    expiry.mode = text.ends_with('m') ? Expiry::Mode::months : Expiry::Mode::days;
    expiry.count = read_count(section, "after", text, text.ends_with('m') ? months_max : days_max);
  }

  static int read_count(const TomlSection& section, std::string_view key, std::string_view text, int most) {
    const bool months = key == "after" && text.ends_with('m');
    const std::string_view digits = text.substr(0, text.size() - 1);
    const bool right = (months || text.ends_with('d')) && !digits.empty() && digits.size() <= 6 &&
                       digits.find_first_not_of("0123456789") == std::string_view::npos;
    if (!right)
      section.refuse(
          key, tr("\"{}\" is no term", shown(text)),
          key == "after" ? tr("allowed here: {}", "\"12m\", \"30d\", \"never\"") : tr("allowed here: {}", "\"180d\""));
    int count = 0;
    for (const char digit : digits) count = count * 10 + (digit - '0');
    if (count < 1 || count > most) section.refuse(key, tr("\"{}\" is {}; allowed is {} to {}", key, count, 1, most));
    return count;
  }

  void read_yearly(const TomlSection& section) {
    program_.expiry.mode = Expiry::Mode::yearly;
    const auto days = section.texts("yearly");
    for (const std::string& text : *days) {
      const auto date = date_from_iso("2024-" + text);
      if (!date) section.refuse("yearly", tr("\"{}\" is no day of a year", shown(text)), "yearly = [\"12-31\"]");
      program_.expiry.yearly.emplace_back(date->month(), date->day());
    }
    std::sort(program_.expiry.yearly.begin(), program_.expiry.yearly.end());
  }

  void read_expiry() {
    in_section("expiry", {"after", "yearly", "inactivity", "from", "round_to"}, [&](const TomlSection& section) {
      Expiry& expiry = program_.expiry;
      if (section.has("after") + section.has("yearly") + section.has("inactivity") > 1)
        section.refuse(section.has("yearly") ? "yearly" : "inactivity",
                       tr("points end in one way only: \"after\", \"yearly\" or \"inactivity\""));
      read_after(section);
      if (section.has("yearly")) read_yearly(section);
      if (const auto text = section.text("inactivity")) {
        expiry.mode = Expiry::Mode::inactivity;
        expiry.count = read_count(section, "inactivity", *text, days_max);
      }
      const bool counts = expiry.mode == Expiry::Mode::days || expiry.mode == Expiry::Mode::months;
      if (section.has("round_to") && !counts)
        section.refuse("round_to", tr("\"{}\" needs a term in \"after\"", "round_to"), "after = \"12m\"");
      if (section.has("from") && !counts && expiry.mode != Expiry::Mode::yearly)
        section.refuse("from", tr("\"{}\" needs a term in \"after\"", "from"), "after = \"12m\"");
      expiry.from_activation = section.choice("from", {"activation", "earning"}) != 1;
      if (const auto period = section.choice("round_to", {"month", "quarter", "half_year", "year"}))
        expiry.round_to = std::array{Period::month, Period::quarter, Period::half_year, Period::year}[*period];
      check_expiry(section);
    });
  }

  /// Tries every day of four years, as months and years differ in length.
  void check_expiry(const TomlSection& section) const {
    if (program_.expiry.from_activation || program_.pending_days == 0) return;
    const Date first = Date::of(2024, 1, 1);
    for (int day = 0; day < 4 * 366; ++day) {
      const Date earned = plus_days(first, day);
      const domain::Validity validity = domain::validity_of_earn(program_, earned);
      if (validity.valid_through && *validity.valid_through < validity.usable_from)
        section.refuse("from",
                       tr("points earned on {} would end on {}, before they can be used on {}", to_string(earned),
                          to_string(*validity.valid_through), to_string(validity.usable_from)),
                       "from = \"activation\"");
    }
  }

  void read_returns() {
    in_section(
        "returns", {"policy", "debt_limit", "grace_days", "threshold_on_return"}, [&](const TomlSection& section) {
          domain::ReturnRules& returns = program_.returns;
          if (const auto policy = section.choice("policy", {"debt", "within_balance", "only_pending"}))
            returns.policy = std::array{domain::ReturnPolicy::debt, domain::ReturnPolicy::within_balance,
                                        domain::ReturnPolicy::only_pending}[*policy];
          if (const auto limit = section.decimal("debt_limit", program_.unit.scale))
            returns.debt_limit = Points{*limit};
          if (returns.debt_limit && returns.policy != domain::ReturnPolicy::debt)
            section.refuse("debt_limit", tr("\"{}\" needs the policy \"debt\"", "debt_limit"), "policy = \"debt\"");
          returns.grace_days = section.number("grace_days", 0, days_max).value_or(returns.grace_days);
          returns.keep_threshold = section.choice("threshold_on_return", {"take", "keep"}) == 1;
        });
  }

  TomlSection top_;
  TomlNode no_section_;
  Program program_;
};

}  // namespace

Program read_program(std::string_view text, const std::string& file_name) {
  const TomlNode root = parse_toml(text, file_name);
  return Reader(file_name, root).read();
}

}  // namespace loyal::format
