// SPDX-License-Identifier: MIT
#include "loyal/cli/program_options.hpp"

#include <charconv>
#include <numeric>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/cli/verb.hpp"

namespace loyal::cli {
namespace {

constexpr domain::Rate whole = {1, 1};

domain::Rate read_rate(const char* flag, const std::string& text) {
  const domain::Rate rate = domain::parse_percent(text);
  if (rate.numerator == 0 || domain::is_less(whole, rate))
    throw Error(Fault::usage, tr("{} \"{}\" is not above 0% and up to 100%", flag, visible(text)));
  return rate;
}

/// A term such as 14d: digits and one of the letters in `units`.
int read_term(const char* flag, const std::string& text, std::string_view units, int least, int most,
              const char* forms) {
  int count = 0;
  const char* last = text.data() + text.size() - (text.empty() ? 0 : 1);
  const auto [end, problem] = std::from_chars(text.data(), last, count);
  if (problem != std::errc{} || end != last || units.find(*last) == std::string_view::npos)
    throw Error(Fault::usage, tr("{} \"{}\" is no term", flag, visible(text)), tr("write it as {}", forms));
  if (count < least || count > most)
    throw Error(Fault::usage, tr("{} \"{}\" is out of bounds: {} to {}", flag, text, least, most));
  return count;
}

domain::EarnRule read_earn(const std::string& text, int scale) {
  domain::EarnRule rule;
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) {
    rule.rate = read_rate("--earn", text);
    return rule;
  }
  rule.basis = domain::EarnRule::Basis::per_money;
  rule.points = parse_points(text.substr(0, slash), scale);
  rule.per = parse_money(text.substr(slash + 1));
  if (rule.points.count <= 0 || rule.per.count <= 0)
    throw Error(Fault::usage, tr("--earn \"{}\" is not points per full sum of money", visible(text)),
                tr("write it as {}", "5% or 5/100"));
  return rule;
}

domain::Expiry read_expiry(const std::string& text) {
  constexpr const char* forms = "12m, 30d or never";
  domain::Expiry expiry;
  if (text == "never") return expiry;
  const bool is_months = text.ends_with('m');
  expiry.mode = is_months ? domain::Expiry::Mode::months : domain::Expiry::Mode::days;
  expiry.count = read_term("--expire", text, "dm", 1, is_months ? 1200 : 36500, forms);
  return expiry;
}

void read_unit_name(const std::string& text, domain::Unit& unit) {
  std::size_t start = 0;
  for (std::size_t form = 0; form < unit.name.size(); ++form) {
    const bool is_last = form + 1 == unit.name.size();
    const std::size_t comma = text.find(',', start);
    unit.name[form] = std::string(trim(std::string_view(text).substr(start, comma - start)));
    if ((comma == std::string::npos) != is_last || unit.name[form].empty())
      throw Error(Fault::usage, tr("--unit \"{}\" is not the three forms for 1, 2 and 5", visible(text)),
                  "--unit \"балл,балла,баллов\"");
    start = comma + 1;
  }
}

void refuse_flag(bool is_given, const char* flag, const std::string& kind) {
  if (is_given)
    throw Error(Fault::usage, tr("{} has no place in a {} program", flag, kind), "loyal program add --help");
}

void read_points_rules(const ProgramOptions& options, domain::Program& program) {
  if (options.scale && (*options.scale < 0 || *options.scale > 2))
    throw Error(Fault::usage, tr("--scale is 0, 1 or 2 digits after the comma; got {}", *options.scale));
  program.unit.scale = static_cast<int>(options.scale.value_or(0));
  program.unit.worth = options.worth.value_or(program.unit.worth);
  if (program.unit.worth.count <= 0)
    throw Error(Fault::usage, tr("points that are worth nothing cannot be spent"), "--worth 1.00");
  if (options.unit) read_unit_name(*options.unit, program.unit);
  program.earn.push_back(read_earn(*options.earn, program.unit.scale));
  if (options.expire) program.expiry = read_expiry(*options.expire);
  if (options.spend_max) program.spend.max_share = read_rate("--spend-max", *options.spend_max);
  if (options.pending) program.pending_days = read_term("--pending", *options.pending, "d", 0, 36500, "14d");
  if (options.min_to_pay) program.spend.min_to_pay = *options.min_to_pay;
  if (program.spend.min_to_pay.count < 0) throw Error(Fault::usage, tr("--min-to-pay is less than nothing"));
  // The smallest step that always pays whole kopecks.
  const std::int64_t minor = domain::minor_units(program.unit);
  program.spend.step = {minor / std::gcd(minor, program.unit.worth.count)};
}

}  // namespace

void declare_program_options(Verb& verb, ProgramOptions& options) {
  verb.operand(N_("KIND"), options.kind, Value::choice, N_("points that pay later, or percent off at once"))
      .one_of({"bonus", "discount", "charity", "club"});
  verb.flag("--slug", options.slug, Value::text, N_("short name for commands; made from the title unless given"));
  verb.flag("--title", options.title, Value::text, N_("what stands on the card; the slug unless given"));
  verb.flag("--earn", options.earn, Value::text, N_("points earned: 5%, or 5/100 for 5 per full 100"))
      .called("5%|5/100");
  verb.flag("--expire", options.expire, Value::text, N_("how long points live: 12m, 30d or never")).called(N_("TERM"));
  verb.flag("--spend-max", options.spend_max, Value::percent, N_("the most of a purchase that points pay"));
  verb.flag("--pending", options.pending, Value::text, N_("days before points can be spent: 14d")).called(N_("DAYS"));
  verb.flag("--min-to-pay", options.min_to_pay, Value::money,
            N_("what always stays to be paid with money; 1.00 unless given"));
  verb.flag("--unit", options.unit, Value::text, N_("what points are called: the forms for 1, 2 and 5"))
      .called("A,B,C");
  verb.flag("--scale", options.scale, Value::number, N_("digits of a point after the comma: 0, 1 or 2"));
  verb.flag("--worth", options.worth, Value::money, N_("what one point pays; 1.00 unless given"));
  verb.flag("--discount", options.discount, Value::percent, N_("percent off the price"));
  verb.flag("--donate", options.donate, Value::text,
            N_("what is given when a card is shown: a sum, a share of the purchase, or what is missing to the next "
               "full sum"))
      .called("1.00|1%|round-up:10.00");
  verb.flag("--fund", options.fund, Value::text, N_("who gets it: slug or name; made where it is not there"));
  verb.flag("--per-month", options.per_month, Value::money, N_("the most that is given away in a month"));
  verb.flag("--member", options.members, Value::company, N_("a company of the club; once for each"));
  verb.flag("--zone", options.zone, Value::text, N_("time zone whose days count; the company's unless given"));
}

namespace {

domain::DonationRules read_donation(const ProgramOptions& options) {
  constexpr const char* command = "loyal program add charity --slug kind --donate 1.00 --fund \"Подари жизнь\"";
  constexpr std::string_view round_up = "round-up:";
  if (!options.donate) throw Error(Fault::usage, tr("--donate is missing: a charity program gives something"), command);
  if (!options.fund || trim(*options.fund).empty())
    throw Error(Fault::usage, tr("--fund is missing: somebody must get the donations"), command);
  domain::DonationRules rules;
  rules.fund = tidy_name(*options.fund);
  const std::string& text = *options.donate;
  if (text.ends_with('%'))
    rules.rate = read_rate("--donate", text);
  else if (text.starts_with(round_up))
    rules.round_up = parse_money(text.substr(round_up.size()));
  else
    rules.amount = parse_money(text);
  for (const auto& sum : {rules.amount, rules.round_up, options.per_month})
    if (sum && sum->count <= 0)
      throw Error(Fault::usage, tr("\"{}\" is not more than nothing", to_text(*sum)), command);
  rules.per_month = options.per_month;
  return rules;
}

/// Flags that only programs with points have.
void refuse_points_flags(const ProgramOptions& options) {
  refuse_flag(options.earn.has_value(), "--earn", options.kind);
  refuse_flag(options.expire.has_value(), "--expire", options.kind);
  refuse_flag(options.spend_max.has_value(), "--spend-max", options.kind);
  refuse_flag(options.pending.has_value(), "--pending", options.kind);
  refuse_flag(options.min_to_pay.has_value(), "--min-to-pay", options.kind);
  refuse_flag(options.unit.has_value(), "--unit", options.kind);
  refuse_flag(options.scale.has_value(), "--scale", options.kind);
  refuse_flag(options.worth.has_value(), "--worth", options.kind);
}

/// Flags that only one kind has.
void refuse_kind_flags(const ProgramOptions& options) {
  if (options.kind != "discount") refuse_flag(options.discount.has_value(), "--discount", options.kind);
  if (options.kind != "charity") {
    refuse_flag(options.donate.has_value(), "--donate", options.kind);
    refuse_flag(options.fund.has_value(), "--fund", options.kind);
    refuse_flag(options.per_month.has_value(), "--per-month", options.kind);
  }
  if (options.kind != "club") refuse_flag(!options.members.empty(), "--member", options.kind);
}

}  // namespace

domain::Program program_of(const ProgramOptions& options) {
  if (trim(options.slug).empty() && trim(options.title).empty())
    throw Error(Fault::usage, tr("a program needs a slug or a title"),
                "loyal program add bonus --slug coffee --earn 5%");
  domain::Program program;
  program.slug = options.slug;
  program.title = tidy_name(options.title);
  if (!options.zone.empty()) program.zone = Zone(options.zone).name();
  refuse_kind_flags(options);
  if (options.kind == "bonus" || options.kind == "club") {
    const std::string example = options.kind == "bonus"
                                    ? "loyal program add bonus --slug coffee --earn 5%"
                                    : "loyal program add club --slug street --member zerno --member kniga --earn 3%";
    if (!options.earn)
      throw Error(Fault::usage,
                  options.kind == "bonus" ? tr("--earn is missing: a bonus program earns something")
                                          : tr("--earn is missing: a club's cards earn something"),
                  example);
    if (options.kind == "club") {
      program.kind = domain::Kind::club;
      if (options.members.size() < 2) throw Error(Fault::usage, tr("a club has two companies at least"), example);
      for (const std::string& member : options.members) program.members.push_back({member, {}, {}, {}, {}, {}});
    }
    read_points_rules(options, program);
    return program;
  }
  refuse_points_flags(options);
  if (options.kind == "charity") {
    program.kind = domain::Kind::charity;
    program.donation = read_donation(options);
    return program;
  }
  program.kind = domain::Kind::discount;
  if (!options.discount)
    throw Error(Fault::usage, tr("--discount is missing: a discount program gives one"),
                "loyal program add discount --slug five --discount 5%");
  domain::DiscountRule rule;
  rule.rate = read_rate("--discount", *options.discount);
  program.discount.push_back(rule);
  return program;
}

}  // namespace loyal::cli
