// SPDX-License-Identifier: MIT
#include "loyal/service/choose.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card_history.hpp"

namespace loyal::service {
namespace {

Date month_of(const std::string& text, Date today) {
  const Date this_month = start_of(Period::month, today);
  if (text.empty()) return this_month;
  if (text == "next") return plus_months(this_month, 1);
  const auto month = date_from_iso(text + "-01");
  if (!month) throw Error(Fault::usage, tr("\"{}\" is no month", visible(text)), tr("write it as next, or as 2026-04"));
  if (*month < this_month) throw Error(Fault::refused, tr("the month {} is over", visible(text)));
  return *month;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + text;
  return result;
}

void require_choice(const domain::ChoiceRules& rules, const std::vector<std::string>& categories) {
  for (const std::string& category : categories)
    if (std::find(rules.categories.begin(), rules.categories.end(), category) == rules.categories.end())
      throw Error(Fault::refused, tr("\"{}\" is none of the categories to choose from", visible(category)),
                  tr("choose from: {}", joined(rules.categories)));
  if (static_cast<int>(categories.size()) > rules.count)
    throw Error(Fault::refused,
                trn("{0} category can be chosen for a month; {1} were named",
                    "{0} categories can be chosen for a month; {1} were named", rules.count, categories.size()),
                tr("choose from: {}", joined(rules.categories)));
}

bool has_bought_in(store::Database& database, CardId card, Date month) {
  const auto sales = store::past_sales(database, card);
  return std::any_of(sales.begin(), sales.end(),
                     [month](const store::PastSale& sale) { return start_of(Period::month, sale.date) == month; });
}

}  // namespace

Choice choose_categories(const Context& context, const std::string& text, std::vector<std::string> categories,
                         const std::string& month) {
  std::sort(categories.begin(), categories.end());
  categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
  InputDigest digest(context);
  digest.add(text, month);
  for (const std::string& category : categories) digest.add(category);
  Operation operation(context, "card choose", digest.finish());
  Rules rules(context.store);
  Choice result;
  result.card = find_card(context.store, text);
  require_active(context.store, result.card, "loyal card choose {} CATEGORY");
  const domain::Program& program = rules.newest(result.card.program).program;
  if (!program.choice)
    throw Error(Fault::refused, tr("the program {} has no categories to choose from", program.slug),
                fmt::format("loyal program show {}", program.slug));
  result.month = month_of(month, Zone(program.zone).local(context.now).date);
  result.categories = categories;
  if (operation.replayed()) {
    result.is_replayed = true;
    return result;
  }
  require_choice(*program.choice, categories);
  auto chosen = store::chosen_categories(context.store, result.card.id, result.month);
  std::sort(chosen.begin(), chosen.end());
  if (chosen == categories) return result;
  if (!chosen.empty() && has_bought_in(context.store, result.card.id, result.month))
    throw Error(
        Fault::refused,
        tr("card {} has bought this month already; its categories stay: {}", result.card.number, joined(chosen)),
        fmt::format("loyal card choose {} {} --month next", result.card.number, shell_word(categories.front())));
  store::add_choice(operation.journal(), result.card.id, result.month, categories);
  operation.commit();
  return result;
}

}  // namespace loyal::service
