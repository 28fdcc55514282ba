// SPDX-License-Identifier: MIT
#include "loyal/domain/rule.hpp"

#include <fmt/format.h>

namespace loyal::domain {

Date plus_term(Date date, Term term) {
  return term.unit == Term::Unit::months ? plus_months(date, term.count) : plus_days(date, term.count);
}

std::string to_text(Term term) {
  return fmt::format("{}{}", term.count, term.unit == Term::Unit::months ? 'm' : 'd');
}

std::string_view name(GrantRule::Event event) {
  switch (event) {
    case GrantRule::Event::welcome:
      return "welcome";
    case GrantRule::Event::birthday:
      return "birthday";
    case GrantRule::Event::holiday:
      return "holiday";
    case GrantRule::Event::absence:
      return "absence";
  }
  return {};
}

Date first_day_of(const PeriodLimit& limit, Date date) {
  return limit.period ? start_of(*limit.period, date) : date;
}

}  // namespace loyal::domain
