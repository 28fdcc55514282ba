// SPDX-License-Identifier: MIT
#include "loyal/cli/promo_options.hpp"

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/format/program_rules.hpp"

namespace loyal::cli {
namespace {

using Kind = domain::PromoEffect::Kind;

constexpr int factor_digits = 3;

domain::Rate read_percent(const std::string& text) {
  const domain::Rate rate = domain::parse_percent(text);
  if (rate.numerator == 0 || domain::is_less({1, 1}, rate))
    throw Error(Fault::usage, tr("{} \"{}\" is not above 0% and up to 100%", "--discount", visible(text)));
  return rate;
}

domain::PromoEffect effect_of(const PromoOptions& options) {
  const int given = int{options.discount.has_value()} + int{options.off.has_value()} + int{options.price.has_value()} +
                    int{options.is_free_item} + int{options.points.has_value()} + int{options.multiply.has_value()} +
                    int{options.is_entry};
  if (given != 1)
    throw Error(
        Fault::usage, given == 0 ? tr("what does the code give?") : tr("a code gives one thing; {} are named", given),
        tr("one of {}", "--discount 10%, --off 500, --price 99, --free-item, --points 200, --multiply 2, --entry"));
  domain::PromoEffect effect;
  if (options.discount) {
    effect.rate = read_percent(*options.discount);
  } else if (options.off || options.price) {
    effect.kind = options.off ? Kind::money : Kind::price;
    effect.money = options.off ? *options.off : *options.price;
  } else if (options.is_free_item) {
    effect.kind = Kind::free_item;
  } else if (options.points) {
    effect.kind = Kind::points;
  } else if (options.multiply) {
    effect.kind = Kind::multiplier;
    effect.rate = domain::reduced(parse_points(*options.multiply, factor_digits).count, 1000);
  } else {
    effect.kind = Kind::entry;
  }
  return effect;
}

std::vector<unsigned> read_weekdays(const std::string& text) {
  std::vector<unsigned> result;
  for (std::size_t start = 0; !text.empty() && start <= text.size();) {
    const std::size_t comma = std::min(text.find(',', start), text.size());
    const std::string word(trim(std::string_view(text).substr(start, comma - start)));
    const unsigned day = format::weekday_of(word);
    if (day == 0) throw Error(Fault::usage, tr("\"{}\" is not a day of the week", visible(word)), "--weekdays mon,tue");
    result.push_back(day);
    start = comma + 1;
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

domain::Filter filter_of(Session& session, const PromoOptions& options) {
  domain::Filter filter;
  filter.categories = options.categories;
  filter.except_categories = options.except_categories;
  filter.skus = options.skus;
  filter.tiers = options.tiers;
  filter.weekdays = read_weekdays(options.weekdays);
  if (!options.hours.empty()) {
    filter.hours = format::hours_of(options.hours);
    if (!filter.hours)
      throw Error(Fault::usage, tr("\"{}\" are no hours of a day", visible(options.hours)), "--hours 09:00-12:00");
  }
  filter.from = read_date(session, options.from);
  filter.until = read_date(session, options.until);
  if (options.min_amount) filter.min_amount = *options.min_amount;
  filter.first_purchase = options.is_for_new_customers;
  return filter;
}

domain::Stacking stacking_of(const std::string& text) {
  if (text == "never") return domain::Stacking::never;
  return text == "always" ? domain::Stacking::always : domain::Stacking::with_card;
}

service::PromoCodesRequest codes_of(const PromoOptions& options) {
  const int ways = int{!options.pattern.empty()} + int{options.code.has_value()} + int{!options.password.empty()};
  if (ways > 1)
    throw Error(Fault::usage, tr("codes are made by a pattern, are words, or are one that is given"),
                tr("one of {}", "--pattern, --code, --password"));
  if (options.count < 1) throw Error(Fault::usage, tr("{} codes cannot be made", options.count), "--count 500");
  if (options.code && (options.count > 1 || options.each_customer))
    throw Error(Fault::usage, tr("one code that is given is one"), tr("use --pattern for many"));
  service::PromoCodesRequest codes;
  codes.count = options.count;
  codes.pattern = options.pattern;
  codes.alphabet = options.alphabet;
  codes.shared = options.code;
  if (!options.password.empty())
    codes.password = options.password == "en" ? domain::PasswordLanguage::english : domain::PasswordLanguage::russian;
  codes.is_secret = options.is_secret;
  codes.is_signed = options.is_signed;
  codes.customer = options.customer;
  codes.each_customer = options.each_customer;
  return codes;
}

}  // namespace

void declare_promo_options(Verb& verb, PromoOptions& options) {
  verb.operand(N_("NAME"), options.name, Value::text, N_("what the campaign is called in commands and lists"));
  verb.flag("--title", options.title, Value::text, N_("what receipts call it; the name unless given"));
  verb.flag("--program", options.program, Value::program, N_("only for cards of this program"));
  verb.flag("--discount", options.discount, Value::percent, N_("percent off"));
  verb.flag("--off", options.off, Value::money, N_("a sum off"));
  verb.flag("--price", options.price, Value::money, N_("a price for one piece of the goods named, where it is lower"));
  verb.flag("--free-item", options.is_free_item, N_("the cheapest piece of the goods costs nothing"));
  verb.flag("--points", options.points, Value::points, N_("points on top"));
  verb.flag("--multiply", options.multiply, Value::text, N_("points earned times this")).called(N_("FACTOR"));
  verb.flag("--entry", options.is_entry, N_("lets in, and takes nothing off"));
  verb.flag("--category", options.categories, Value::text, N_("only goods of this category; may be repeated"));
  verb.flag("--except-category", options.except_categories, Value::text, N_("no goods of this category"));
  verb.flag("--sku", options.skus, Value::text, N_("only goods with this SKU; may be repeated"));
  verb.flag("--tier", options.tiers, Value::text, N_("only for holders of this tier; may be repeated"));
  verb.flag("--new-customers", options.is_for_new_customers, N_("only with a card's first purchase"));
  verb.flag("--min-amount", options.min_amount, Value::money, N_("only for goods of at least this price together"));
  verb.flag("--from", options.from, Value::date, N_("first day"));
  verb.flag("--until", options.until, Value::date, N_("last day"));
  verb.flag("--weekdays", options.weekdays, Value::text, N_("days of the week: mon,tue or пн,вт")).called(N_("DAYS"));
  verb.flag("--hours", options.hours, Value::text, N_("hours of the day: 09:00-12:00")).called(N_("HOURS"));
  verb.flag("--uses", options.uses, Value::number, N_("the most uses of all codes together"));
  verb.flag("--uses-per-code", options.code_uses, Value::number,
            N_("the most uses of one code; one for codes of a batch unless given"));
  verb.flag("--uses-per-customer", options.customer_uses, Value::number, N_("the most uses by one customer"));
  verb.flag("--uses-per-day", options.day_uses, Value::number, N_("the most uses on one day"));
  verb.flag("--budget", options.budget, Value::money, N_("the most that all uses together may take off"));
  verb.flag("--stack", options.stack, Value::choice,
            N_("what the code goes together with: nothing, the card's discount, or other such codes too; with-card "
               "unless given"))
      .one_of({"never", "with-card", "always"});
  verb.flag("--count", options.count, Value::number, N_("how many codes; one unless given"));
  verb.flag("--pattern", options.pattern, Value::text,
            N_("what codes look like: * is a chosen symbol, the last of them a check symbol"));
  verb.flag("--alphabet", options.alphabet, Value::text,
            N_("the symbols to choose from; none that look alike unless given"));
  verb.flag("--code", options.code, Value::text, N_("one code for everybody, as given"));
  verb.flag("--password", options.password, Value::choice, N_("words that are said aloud in place of symbols"))
      .one_of({"ru", "en"});
  verb.flag("--customer", options.customer, Value::customer, N_("only this customer may use the codes"));
  verb.flag("--each-customer", options.each_customer, N_("a code for each customer who holds a card"));
  verb.flag("--signed", options.is_signed, N_("sign each code, so that a till without the store can check it"));
  verb.flag("--secret", options.is_secret, N_("show the codes once, and keep only what they are recognised by"));
}

service::CampaignRequest campaign_of(Session& session, const PromoOptions& options) {
  service::CampaignRequest request;
  request.name = options.name;
  request.program = options.program;
  request.points = options.points.value_or("");
  domain::PromoTerms& terms = request.terms;
  terms.title = std::string(trim(options.title));
  terms.effect = effect_of(options);
  terms.filter = filter_of(session, options);
  terms.stacking = stacking_of(options.stack);
  terms.limits = {options.uses, options.code_uses, options.customer_uses, options.day_uses, options.budget};
  request.codes = codes_of(options);
  return request;
}

}  // namespace loyal::cli
