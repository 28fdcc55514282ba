// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

/// The company that sells or gives under a program: the program's own, or of a club the one that --company names or
/// whose shop --shop names. Error{usage} where a club's company cannot be told, Error{refused} for one that is no
/// member, whatever the day.
store::Company selling_company(const Context& context, const store::ProgramRow& program, const domain::Program& rules);

/// Refuses a company that is not a member of the club on that day, and says who is; of other kinds takes any.
void require_member(const domain::Program& rules, const std::string& company, Date on);

/// The companies whose points a program's cards hold: its members, or its own.
std::vector<std::string> companies_of(store::Database& database, const store::ProgramRow& program,
                                      const domain::Program& rules);

/// Decides of which programs the context's company sees the cards: its own, the clubs of which it is a member, and all
/// where no company asks.
class ProgramSight {
 public:
  explicit ProgramSight(const Context& context);
  bool sees(ProgramId program) const { return !is_narrow_ || seen_.contains(program); }

 private:
  bool is_narrow_;
  std::set<ProgramId> seen_;
};

/// Decides what the context's company may see of other companies' customers. The one place where that is decided.
class CustomerSight {
 public:
  explicit CustomerSight(const Context& context);
  /// Whose customers they are, who has agreed to sharing, and everybody where no company asks.
  bool sees(const store::Customer& customer);
  bool sees(CustomerId customer);
  /// The name, or nothing where it may not be seen.
  std::string name_of(CustomerId customer, const std::string& name);
  /// What is known of a card's holder: a name, a phone.
  std::string holder_of(CardId card, const std::string& text);

 private:
  store::Database& database_;
  CompanyId company_;  // zero: all is seen
  std::map<CustomerId, bool> known_;
};

/// Refuses to show a customer of another company who has not agreed to sharing.
void require_sight(const Context& context, const store::Customer& customer);

}  // namespace loyal::service
