// SPDX-License-Identifier: MIT
#include "rule_phrases.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

std::string weekday_words(const std::vector<unsigned>& days) {
  constexpr std::array<const char*, 7> names = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                                N_("Fri"), N_("Sat"), N_("Sun")};
  std::string words;
  for (const unsigned day : days) words += std::string(words.empty() ? "" : ", ") + translate(names.at(day - 1));
  return words;
}

std::string clock_words(int second) {
  return fmt::format("{}:{:02}", second / 3600, second / 60 % 60);
}

}  // namespace

std::string quoted_list(const std::vector<std::string>& texts) {
  std::string words;
  for (const std::string& text : texts) words += (words.empty() ? "" : ", ") + tr("“{}”", text);
  return words;
}

std::vector<std::string> conditions(const domain::Filter& filter) {
  std::vector<std::string> result;
  if (!filter.categories.empty()) result.push_back(tr("only for {}", quoted_list(filter.categories)));
  if (!filter.skus.empty()) result.push_back(tr("only for the items {}", quoted_list(filter.skus)));
  if (filter.chosen_categories) result.push_back(tr("in the categories chosen for the month"));
  if (!filter.except_categories.empty()) result.push_back(tr("not for {}", quoted_list(filter.except_categories)));
  if (!filter.except_skus.empty()) result.push_back(tr("not for the items {}", quoted_list(filter.except_skus)));
  if (!filter.weekdays.empty()) result.push_back(tr("on {}", weekday_words(filter.weekdays)));
  if (filter.hours)
    result.push_back(tr("from {} to {} o’clock", clock_words(filter.hours->first), clock_words(filter.hours->second)));
  if (filter.from) result.push_back(tr("from {} on", date_words(*filter.from)));
  if (filter.until) result.push_back(tr("through {}", date_words(*filter.until)));
  if (filter.min_amount.count > 0) result.push_back(tr("for at least {}", to_text(filter.min_amount)));
  if (!filter.tiers.empty()) result.push_back(tr("for holders of {}", quoted_list(filter.tiers)));
  if (filter.first_purchase) result.push_back(tr("for the first purchase"));
  if (!filter.subscription.empty()) result.push_back(tr("while “{}” is paid for", filter.subscription));
  return result;
}

std::string with_conditions(const std::string& sentence, const domain::Filter& filter) {
  const auto all = conditions(filter);
  return all.empty() ? sentence : tr("{} Terms: {}.", sentence, fmt::format("{}", fmt::join(all, "; ")));
}

std::string term_words(domain::Term term) {
  return term.unit == domain::Term::Unit::months ? trn("{} month", "{} months", term.count)
                                                 : trn("{} day", "{} days", term.count);
}

std::string period_words(std::optional<Period> period) {
  if (!period) return tr("a day");
  switch (*period) {
    case Period::month:
      return tr("a month");
    case Period::quarter:
      return tr("a quarter");
    case Period::half_year:
      return tr("in half a year");
    case Period::year:
      return tr("a year");
  }
  return {};
}

}  // namespace loyal::cli
