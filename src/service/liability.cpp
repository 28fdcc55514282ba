// SPDX-License-Identifier: MIT
#include "loyal/service/liability.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/liability.hpp"

namespace loyal::service {
namespace {

using domain::EntryKind;
using domain::MovementPart;

/// How far back lots tell what to expect: older habits are no evidence.
constexpr int history_months = 36;
/// Over which sales a price is shared between goods and points.
constexpr int price_months = 12;

/// Whether a point of such a card pays a sum of money.
bool pays_money(domain::Kind kind) {
  return kind == domain::Kind::bonus || kind == domain::Kind::club || kind == domain::Kind::gift;
}

/// What stood on one of the two days between which the report lies, and what was known of breakage then.
struct Standing {
  Date on;
  std::map<std::optional<Date>, Points> by_month;  ///< no last day comes first
  Points debt, unswept;
  domain::RunOff run_off;
};

/// The figures of one company in one program.
struct Account {
  /// Under one version of the rules, which says what a point was worth then.
  struct Turnover {
    Points issued, issued_by_sales, spent;
  };
  domain::PointsMovement movement;
  std::map<VersionId, Turnover> turnovers;
  std::array<Standing, 2> standings;
};

/// Gathers a program's cards, one after another.
class Gathering {
 public:
  Gathering(const Context& context, Rules& rules, ProgramId id, Date from, Date to, OperationId known_at)
      : context_(context),
        rules_(rules),
        id_(id),
        program_(rules.on(id, to).program),
        before_(plus_days(from, -1)),
        to_(to),
        known_at_(known_at) {
    for (const store::ContinuedLot& part : store::continued_lots(context.store, id, known_at)) {
      const EntryId beginning = beginnings_.try_emplace(part.from, part.from).first->second;
      beginnings_.emplace(part.lot, beginning);
    }
  }

  void take(CardId card) {
    const auto entries = counted(store::entries_of(context_.store, card, known_at_));
    move(entries);
    const std::array<Date, 2> days{before_, to_};
    for (std::size_t place = 0; place < days.size(); ++place) stand(card, entries, place, days[place]);
    add_courses(card, entries);
  }

  /// Once every card has been taken.
  void finish() {
    for (auto& [beginning, whole] : continued_)
      if (whole.ends) expect(whole.issuer, std::move(whole.course));
    continued_.clear();
  }

  const std::map<CompanyId, Account>& accounts() const { return accounts_; }
  Account& account(CompanyId company) {
    const auto [place, is_new] = accounts_.try_emplace(company);
    if (is_new) {
      place->second.standings[0].on = before_;
      place->second.standings[1].on = to_;
    }
    return place->second;
  }

 private:
  void move(const std::vector<CountedEntry>& entries) {
    for (const auto& [entry, counts_from] : entries) {
      if (counts_from > to_) continue;
      Account& company = account(entry.issuer);
      if (counts_from <= before_) {
        company.movement.at_start += entry.points;
        continue;
      }
      const EntryKind kind = kind_meant(entries, entry);
      Account::Turnover& turnover = company.turnovers[rules_.on(id_, counts_from).id];
      switch (domain::part_of(kind)) {
        case MovementPart::issued:
          company.movement.issued += entry.points;
          turnover.issued += entry.points;
          if (entry.sale) turnover.issued_by_sales += entry.points;
          break;
        case MovementPart::spent:
          company.movement.spent -= entry.points;
          turnover.spent -= entry.points;
          break;
        case MovementPart::expired:
          company.movement.expired -= entry.points;
          break;
        case MovementPart::corrected:
          company.movement.corrected += entry.points;
          break;
      }
    }
  }

  void stand(CardId card, const std::vector<CountedEntry>& entries, std::size_t place, Date on) {
    const auto lots = lots_on(context_.store, program_, card, lots_of_entries(entries, on), on, known_at_);
    for (const domain::Lot& lot : lots) {
      Standing& standing = account(lot.issuer).standings[place];
      if (lot.is_debt())
        standing.debt -= lot.remainder;
      else if (lot.is_expired(on))
        standing.unswept += lot.remainder;
      else
        standing
            .by_month[lot.valid_through ? std::optional(end_of(Period::month, *lot.valid_through)) : std::nullopt] +=
            lot.remainder;
    }
  }

  /// What the lots whose last day has passed tell of breakage. Whether they expired is seen at their last day, whenever
  /// it was booked.
  void add_courses(CardId card, const std::vector<CountedEntry>& entries) {
    std::map<EntryId, domain::LotCourse> courses;
    std::map<EntryId, domain::Lot> opened;
    for (const auto& [entry, counts_from] : entries) {
      if (entry.lot == entry.id && entry.points.count > 0)
        opened[entry.id] = {
            entry.id,           entry.points, entry.issuer, entry.date, entry.usable_from.value_or(entry.date),
            entry.valid_through};
      const auto lot = opened.find(entry.lot);
      if (lot == opened.end()) continue;
      if (entry.kind == EntryKind::extend) lot->second.valid_through = entry.valid_through;
      if (kind_meant(entries, entry) != EntryKind::expire)
        courses[entry.lot].remainders.emplace_back(counts_from, entry.points);
    }
    std::vector<domain::Lot> lots;
    for (const auto& [id, lot] : opened) lots.push_back(lot);
    for (const domain::Lot& lot : lots_on(context_.store, program_, card, lots, to_, known_at_))
      add_course(lot, std::move(courses[lot.id]));
  }

  void add_course(const domain::Lot& lot, domain::LotCourse course) {
    course.opened = lot.date;
    course.last_day = lot.valid_through.value_or(Date{});
    const auto beginning = beginnings_.find(lot.id);
    if (beginning == beginnings_.end()) {
      if (lot.valid_through) expect(lot.issuer, std::move(course));
      return;
    }
    Continued& whole = continued_[beginning->second];
    if (lot.id == beginning->second) whole.course.opened = lot.date;
    whole.issuer = lot.issuer;
    whole.ends = whole.ends && lot.valid_through;
    whole.course.last_day = std::max(whole.course.last_day, course.last_day);
    whole.course.remainders.insert(whole.course.remainders.end(), course.remainders.begin(), course.remainders.end());
  }

  void expect(CompanyId issuer, domain::LotCourse course) {
    add_up(course);
    for (Standing& standing : account(issuer).standings)
      if (course.last_day < standing.on && course.last_day > plus_months(standing.on, -history_months))
        standing.run_off.add(course);
  }

  /// From what each entry changed to what the lot held after it.
  static void add_up(domain::LotCourse& course) {
    std::stable_sort(course.remainders.begin(), course.remainders.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    Points sum;
    for (auto& [day, points] : course.remainders) points = sum += points;
  }

  const Context& context_;
  Rules& rules_;
  ProgramId id_;
  const domain::Program& program_;
  Date before_, to_;
  OperationId known_at_;
  std::map<CompanyId, Account> accounts_;
  /// Points that went on from lot to lot have one course, from the first to the end of the last.
  struct Continued {
    domain::LotCourse course;
    CompanyId issuer;
    bool ends = true;
  };
  std::map<EntryId, EntryId> beginnings_;  // of lots that went on, and of those in which they did
  std::map<EntryId, Continued> continued_;
};

std::vector<OutstandingMonth> months_of(const Standing& standing, const domain::Unit& unit) {
  std::vector<OutstandingMonth> result;
  for (const auto& [last_day, points] : standing.by_month) {
    OutstandingMonth month{last_day, points, domain::money_of(points, unit), {}};
    const domain::Rate breakage =
        last_day ? standing.run_off.share(domain::months_left(standing.on, *last_day)) : domain::Rate{0, 1};
    month.expected = domain::expected_worth(points, unit, breakage);
    result.push_back(month);
  }
  // Points that never expire are read last.
  if (!result.empty() && !result.front().last_month) std::rotate(result.begin(), result.begin() + 1, result.end());
  return result;
}

Money expected_of(const std::vector<OutstandingMonth>& months) {
  Money sum;
  for (const OutstandingMonth& month : months) sum += month.expected;
  return sum;
}

/// Which part of the expected worth of points is deferred revenue: prices of the year to a day, shared.
struct PriceShare {
  Money paid, points;
  Money of(Money expected) const {
    const Money both = paid + points;
    if (both.count <= 0) return {};
    return {multiply_divide_half_up(expected.count, paid.count, both.count)};
  }
};

PriceShare price_share(const Context& context, const LiabilityRow& row, const domain::Unit& unit, CompanyId company,
                       const Standing& standing, OperationId known_at) {
  PriceShare share;
  for (const store::EarningSales& sales : store::earning_sales(
           context.store, row.program.id, plus_days(plus_months(standing.on, -price_months), 1), standing.on, known_at))
    if (sales.company == company)
      share = {sales.paid, domain::expected_worth(sales.earned, unit, standing.run_off.share_of_issued())};
  return share;
}

/// What was issued and spent, at what a point was worth on its day.
struct TurnoverMoney {
  Money issued, issued_by_sales, spent;
};

TurnoverMoney money_of_turnovers(Rules& rules, const Account& account, domain::Rate breakage) {
  TurnoverMoney money;
  for (const auto& [version, turnover] : account.turnovers) {
    const domain::Unit& unit = rules.version(version).program.unit;
    money.issued += domain::expected_worth(turnover.issued, unit, breakage);
    money.issued_by_sales += domain::expected_worth(turnover.issued_by_sales, unit, breakage);
    money.spent += domain::money_of(turnover.spent, unit);
  }
  return money;
}

void add_money(const Context& context, Rules& rules, const Account& account, CompanyId company, OperationId known_at,
               LiabilityRow& row) {
  const auto& [start, end] = account.standings;
  for (const OutstandingMonth& month : row.months) {
    row.worth += month.worth;
    row.expected += month.expected;
  }
  const domain::Unit& unit_at_start = rules.on(row.program.id, start.on).program.unit;
  const Money opening = expected_of(months_of(start, unit_at_start));
  // All that was paid for a gift card is owed: no goods came with it.
  const domain::Rate breakage = row.is_prepaid ? domain::Rate{0, 1} : end.run_off.share_of_issued();
  const TurnoverMoney money = money_of_turnovers(rules, account, breakage);
  if (row.is_prepaid) {
    row.contract = domain::contract_liability(opening, money.issued, row.expected);
    return;
  }
  row.provision = domain::provision_movement(opening, money.issued, money.spent, row.expected);
  const PriceShare before = price_share(context, row, unit_at_start, company, start, known_at);
  const PriceShare now = price_share(context, row, row.unit, company, end, known_at);
  row.contract = domain::contract_liability(before.of(opening), now.of(money.issued_by_sales), now.of(row.expected));
}

LiabilityRow row_of(const Context& context, Rules& rules, const store::ProgramRow& program,
                    const store::Company& company, Account account, OperationId known_at) {
  LiabilityRow row;
  row.program = program;
  row.company = company.slug;
  auto& [start, end] = account.standings;
  const domain::Program& text = rules.on(program.id, end.on).program;
  row.unit = text.unit;
  row.is_money = pays_money(text.kind);
  row.is_prepaid = text.kind == domain::Kind::gift;
  account.movement.at_end = account.movement.at_start + account.movement.issued - account.movement.spent -
                            account.movement.expired + account.movement.corrected - end.unswept;
  account.movement.at_start -= start.unswept;
  account.movement.expired += end.unswept - start.unswept;
  row.movement = account.movement;
  row.debt = end.debt;
  row.months = months_of(end, row.unit);
  row.run_off = end.run_off;
  if (row.is_money) add_money(context, rules, account, company.id, known_at, row);
  return row;
}

std::vector<store::ProgramRow> programs_asked(const Context& context, Rules& rules, const std::string& text) {
  std::vector<store::ProgramRow> result;
  const auto has_liability = [&rules](const store::ProgramRow& row) {
    const domain::Kind kind = rules.newest(row.id).program.kind;
    return domain::holds_points(kind) && kind != domain::Kind::charity;
  };
  if (!text.empty()) {
    const store::ProgramRow row = find_program(context.store, text);
    if (!rules.is_known(row.id))
      throw Error(Fault::not_found, tr("{} had not been opened by that operation", row.slug), "loyal log");
    if (!has_liability(row))
      throw Error(Fault::usage, tr("cards of {} hold nothing that is owed to their holders", row.slug),
                  "loyal report liability");
    return {row};
  }
  for (const store::ProgramRow& row : store::programs(context.store))
    if (rules.is_known(row.id) && has_liability(row)) result.push_back(row);
  return result;
}

}  // namespace

LiabilityReport liability(const Context& context, const LiabilityQuery& query) {
  Rules rules(context.store, query.known_at);
  const Instant known = instant_known(context, query.known_at);
  const auto companies = store::companies(context.store);
  const auto wanted = context.company.empty() ? CompanyId{} : find_company(context.store, context.company).id;
  LiabilityReport report;
  const std::string zone = companies.empty() ? "UTC" : companies.front().zone;
  report.to = query.to.value_or(Zone(zone).local(known).date);
  report.from = query.from.value_or(start_of(Period::year, report.to));
  if (report.to < report.from)
    throw Error(Fault::usage, tr("{} is before {}", to_string(report.to), to_string(report.from)));
  for (const store::ProgramRow& program : programs_asked(context, rules, query.program)) {
    Gathering gathering(context, rules, program.id, report.from, report.to, query.known_at);
    store::each_ledger_card(context.store, program.id, [&gathering](CardId card) { gathering.take(card); });
    gathering.finish();
    // A program that nobody has used yet is a row of zeros, not a gap.
    gathering.account(program.company);
    for (const store::Company& company : companies) {
      const auto found = gathering.accounts().find(company.id);
      if (found == gathering.accounts().end() || (wanted && wanted != company.id)) continue;
      report.rows.push_back(row_of(context, rules, program, company, found->second, query.known_at));
    }
  }
  return report;
}

}  // namespace loyal::service
