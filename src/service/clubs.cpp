// SPDX-License-Identifier: MIT
#include "loyal/service/clubs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {
namespace {

bool is_in(const domain::Member& member, Date on) {
  return (!member.from || *member.from <= on) && (!member.until || on <= *member.until);
}

std::string member_slugs(const domain::Program& rules, std::optional<Date> on) {
  std::string slugs;
  for (const domain::Member& member : rules.members)
    if (!on || is_in(member, *on)) slugs += (slugs.empty() ? "" : ", ") + member.company;
  return slugs;
}

bool is_listed(const domain::Program& rules, const std::string& company) {
  return std::any_of(rules.members.begin(), rules.members.end(),
                     [&company](const domain::Member& member) { return member.company == company; });
}

/// The members' companies that have a shop of that slug or name.
std::vector<store::Company> companies_with_shop(store::Database& database, const domain::Program& rules,
                                                const std::string& text) {
  std::vector<store::Company> result;
  for (const store::Company& company : store::companies(database)) {
    if (!is_listed(rules, company.slug)) continue;
    const auto shops = store::shops(database, company.id);
    if (std::any_of(shops.begin(), shops.end(), [&text](const store::Shop& shop) {
          return shop.state == "active" && (shop.slug == text || fold_name(shop.name) == fold_name(text));
        }))
      result.push_back(company);
  }
  return result;
}

}  // namespace

store::Company selling_company(const Context& context, const store::ProgramRow& program, const domain::Program& rules) {
  if (rules.kind != domain::Kind::club) return store::company(context.store, program.company).value();
  const std::string hint = tr("members: {}", member_slugs(rules, std::nullopt));
  if (!context.company.empty()) {
    const store::Company company = find_company(context.store, context.company);
    if (is_listed(rules, company.slug)) return company;
    throw Error(Fault::refused, tr("the company {} is no member of {}", company.slug, program.slug), hint);
  }
  if (!context.shop.empty()) {
    const auto found = companies_with_shop(context.store, rules, context.shop);
    if (found.size() == 1) return found.front();
    if (found.empty())
      throw Error(Fault::not_found, tr("no member of {} has a shop \"{}\"", program.slug, visible(context.shop)),
                  "loyal shop list");
  }
  throw Error(Fault::usage, tr("which company of {} is it? name it with --company", program.slug), hint);
}

void require_member(const domain::Program& rules, const std::string& company, Date on) {
  if (rules.kind != domain::Kind::club) return;
  if (std::any_of(rules.members.begin(), rules.members.end(),
                  [&](const domain::Member& member) { return member.company == company && is_in(member, on); }))
    return;
  throw Error(Fault::refused, tr("the company {} is no member of {} on {}", company, rules.slug, to_string(on)),
              tr("members on that day: {}", member_slugs(rules, on)));
}

std::vector<std::string> companies_of(store::Database& database, const store::ProgramRow& program,
                                      const domain::Program& rules) {
  std::vector<std::string> result = {store::company(database, program.company).value().slug};
  for (const domain::Member& member : rules.members) result.push_back(member.company);
  return result;
}

ProgramSight::ProgramSight(const Context& context) : is_narrow_(!context.company.empty()) {
  if (!is_narrow_) return;
  const std::string company = find_company(context.store, context.company).slug;
  Rules rules(context.store);
  for (const store::ProgramRow& row : store::programs(context.store)) {
    const auto companies = companies_of(context.store, row, rules.newest(row.id).program);
    if (std::find(companies.begin(), companies.end(), company) != companies.end()) seen_.insert(row.id);
  }
}

CustomerSight::CustomerSight(const Context& context) : database_(context.store) {
  if (!context.company.empty()) company_ = find_company(context.store, context.company).id;
}

bool CustomerSight::sees(const store::Customer& customer) {
  if (!company_ || customer.company == company_) return true;
  const auto [place, is_first] = known_.try_emplace(customer.id, false);
  if (!is_first) return place->second;
  for (const store::Consent& consent : store::consents(database_, customer.id))
    if (consent.kind == "sharing") place->second = consent.given;
  return place->second;
}

bool CustomerSight::sees(CustomerId id) {
  if (!company_ || !id) return true;
  const auto found = known_.find(id);
  if (found != known_.end()) return found->second;
  const auto customer = store::customer(database_, id);
  return !customer || sees(*customer);
}

std::string CustomerSight::name_of(CustomerId customer, const std::string& name) {
  return sees(customer) ? name : std::string{};
}

std::string CustomerSight::holder_of(CardId card, const std::string& text) {
  if (!company_ || text.empty()) return text;
  return name_of(store::card(database_, card).value().customer, text);
}

void require_sight(const Context& context, const store::Customer& customer) {
  if (CustomerSight(context).sees(customer)) return;
  throw Error(Fault::refused,
              tr("customer #{} is of {} and has not agreed to sharing with partners", customer.id.value,
                 store::company(context.store, customer.company).value().slug),
              fmt::format("loyal customer list --company {}", find_company(context.store, context.company).slug));
}

}  // namespace loyal::service
