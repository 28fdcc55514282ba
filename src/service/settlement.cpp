// SPDX-License-Identifier: MIT
#include "loyal/service/settlement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

constexpr domain::Rate whole = {1, 1};

store::ProgramRow find_club(const Context& context, const std::string& text) {
  std::vector<store::ProgramRow> clubs;
  for (const store::ProgramRow& row : store::programs(context.store))
    if (row.kind == domain::name(domain::Kind::club)) clubs.push_back(row);
  const store::ProgramRow row = text.empty() && clubs.size() == 1 ? clubs.front() : find_program(context.store, text);
  if (row.kind != domain::name(domain::Kind::club))
    throw Error(Fault::refused, tr("the program {} is of one company: nobody owes anybody", row.slug),
                "loyal program list");
  return row;
}

/// `part` of an amount, half up; below zero as above, so that what comes back takes back what was charged.
Money part_of(std::int64_t count, std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t size = multiply_divide_half_up(count < 0 ? -count : count, numerator, denominator);
  return {count < 0 ? -size : size};
}

const domain::Member* member_of(const domain::Program& rules, const std::string& company) {
  const auto found = std::find_if(rules.members.begin(), rules.members.end(),
                                  [&company](const domain::Member& member) { return member.company == company; });
  return found == rules.members.end() ? nullptr : &*found;
}

/// Adds what was spent under one version of the rules.
void add_spent(const domain::Program& rules, Points points, SettlementRow& row) {
  const domain::Member* issuer = member_of(rules, row.issuer);
  const domain::Member* place = member_of(rules, row.place);
  const domain::Rate clearing = issuer == nullptr ? whole : issuer->clearing.value_or(whole);
  const domain::Rate fee = place == nullptr ? domain::Rate{} : place->fee.value_or(domain::Rate{});
  const std::int64_t minor = domain::minor_units(rules.unit);
  const Money amount = part_of(points.count, rules.unit.worth.count * clearing.numerator, minor * clearing.denominator);
  const Money for_club = part_of(amount.count, fee.numerator, fee.denominator);
  row.points += points;
  row.worth += part_of(points.count, rules.unit.worth.count, minor);
  row.amount += amount;
  row.fee += for_club;
  row.to_pay += amount - for_club;
}

std::map<CompanyId, std::string> company_slugs(store::Database& database) {
  std::map<CompanyId, std::string> result;
  for (const store::Company& company : store::companies(database)) result[company.id] = company.slug;
  return result;
}

void fill_rows(const Context& context, const store::SettlementRange& range, SettlementReport& report) {
  Rules rules(context.store);
  const auto slugs = company_slugs(context.store);
  std::map<std::pair<std::string, std::string>, SettlementRow> rows;
  for (const store::SpentPoints& spent : store::spent_points(context.store, report.program.id, range)) {
    if (spent.issuer == spent.place) continue;
    const std::string& issuer = slugs.at(spent.issuer);
    const std::string& place = slugs.at(spent.place);
    SettlementRow& row = rows[{issuer, place}];
    row.issuer = issuer;
    row.place = place;
    add_spent(rules.version(spent.version).program, spent.points, row);
  }
  for (auto& [pair, row] : rows) {
    const auto other = rows.find({pair.second, pair.first});
    row.net = row.to_pay - (other == rows.end() ? Money{} : other->second.to_pay);
    report.rows.push_back(row);
  }
}

SettlementReport report_for(const Context& context, const store::ProgramRow& program) {
  SettlementReport report;
  report.program = program;
  report.unit = Rules(context.store).newest(program.id).program.unit;
  return report;
}

SettlementReport closed_period(const Context& context, const store::ProgramRow& program, std::int64_t number,
                               const store::Settlement& closed) {
  SettlementReport report = report_for(context, program);
  report.period = number;
  report.is_closed = true;
  report.closed_on = closed.date;
  report.operation = closed.operation;
  fill_rows(context, {closed.from, closed.through, {}, {}}, report);
  return report;
}

EntryId after(const std::vector<store::Settlement>& closed) {
  return closed.empty() ? EntryId{1} : EntryId{closed.back().through.value + 1};
}

}  // namespace

SettlementReport settlement(const Context& context, const SettlementQuery& query) {
  const store::ProgramRow program = find_club(context, query.program);
  const auto closed = store::settlements(context.store, program.id);
  if (query.period) {
    if (query.from || query.to) throw Error(Fault::usage, tr("a period has its own bounds: leave --from and --to out"));
    if (*query.period < 1 || *query.period > static_cast<std::int64_t>(closed.size()))
      throw Error(
          Fault::not_found,
          trn("{} period of {} is closed; there is no period {}", "{} periods of {} are closed; there is no period {}",
              static_cast<std::int64_t>(closed.size()), program.slug, *query.period),
          fmt::format("loyal report settlement --program {}", program.slug));
    return closed_period(context, program, *query.period, closed[static_cast<std::size_t>(*query.period - 1)]);
  }
  if (query.from && query.to && *query.to < *query.from)
    throw Error(Fault::usage, tr("{} is before {}", to_string(*query.to), to_string(*query.from)));
  SettlementReport report = report_for(context, program);
  report.period = static_cast<std::int64_t>(closed.size()) + 1;
  const bool by_days = query.from || query.to;
  fill_rows(context, {by_days ? EntryId{} : after(closed), {}, query.from, query.to}, report);
  return report;
}

SettlementReport close_settlement(const Context& context, const std::string& text) {
  Operation operation(context, "report settlement", InputDigest(context).add(text).finish());
  const store::ProgramRow program = find_club(context, text);
  const auto closed = store::settlements(context.store, program.id);
  if (operation.replayed()) {
    for (std::size_t i = 0; i < closed.size(); ++i) {
      if (closed[i].operation != operation.replayed()) continue;
      SettlementReport report = closed_period(context, program, static_cast<std::int64_t>(i) + 1, closed[i]);
      report.is_replayed = true;
      return report;
    }
    throw Error(Fault::conflict, tr("the period that was closed so has been opened again"), "loyal log");
  }
  store::Settlement period;
  period.operation = operation.id();
  period.program = program.id;
  period.from = after(closed);
  period.through = store::last_entry(context.store);
  if (period.through < period.from)
    throw Error(Fault::refused, tr("nothing has happened since the last period of {} was closed", program.slug),
                fmt::format("loyal report settlement --program {} --period {}", program.slug, closed.size()));
  period.date = Zone(Rules(context.store).newest(program.id).program.zone).local(context.now).date;
  store::add_settlement(operation.journal(), period);
  SettlementReport report = closed_period(context, program, static_cast<std::int64_t>(closed.size()) + 1, period);
  operation.commit();
  return report;
}

PartnerReport partners(const Context& context, const std::string& text, std::optional<Date> from,
                       std::optional<Date> to) {
  if (from && to && *to < *from) throw Error(Fault::usage, tr("{} is before {}", to_string(*to), to_string(*from)));
  PartnerReport report;
  report.program = find_club(context, text);
  Rules versions(context.store);
  const domain::Program& rules = versions.newest(report.program.id).program;
  report.unit = rules.unit;
  const auto slugs = company_slugs(context.store);
  std::map<std::string, PartnerRow> rows;
  for (const domain::Member& member : rules.members) rows[member.company];
  for (const store::PartnerActivity& activity : store::partner_activity(context.store, report.program.id, from, to)) {
    PartnerRow& row = rows[slugs.at(activity.company)];
    row.sales = activity.sales;
    row.cards = activity.cards;
    row.paid = activity.paid;
    row.issued = activity.issued;
  }
  for (const store::SpentPoints& spent : store::spent_points(context.store, report.program.id, {{}, {}, from, to})) {
    if (spent.issuer == spent.place) {
      rows[slugs.at(spent.place)].own_here += spent.points;
    } else {
      rows[slugs.at(spent.place)].foreign_here += spent.points;
      rows[slugs.at(spent.issuer)].own_elsewhere += spent.points;
    }
  }
  for (auto& [company, row] : rows) {
    row.company = company;
    report.rows.push_back(row);
  }
  return report;
}

}  // namespace loyal::service
