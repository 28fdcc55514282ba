// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/program.hpp"
#include "loyal/store/settlement.hpp"

namespace loyal::service {

/// Which settlement is asked for; without a period and days, what came after the last one that was closed.
struct SettlementQuery {
  std::string program;
  std::optional<std::int64_t> period;  ///< of those that were closed, from 1
  std::optional<Date> from, to;        ///< points dates
};

/// What one company owes another: points that it gave and that were spent there.
struct SettlementRow {
  std::string issuer, place;
  Points points;
  Money worth;   ///< of the points, as buyers were credited
  Money amount;  ///< by the issuer's clearing price
  Money fee;     ///< of that, for the club, by the terms of the company that is paid
  Money to_pay;  ///< amount − fee, to the company where the points were spent
  Money net;     ///< to_pay less what is owed the other way; below zero: the other company pays
};

struct SettlementReport {
  store::ProgramRow program;
  domain::Unit unit;
  std::int64_t period = 0;  ///< that it is, or will be
  bool is_closed = false;
  Date closed_on;
  std::vector<SettlementRow> rows;  ///< both directions of each pair that has any
  OperationId operation;            ///< that closed it
  bool is_replayed = false;
};

/// Amounts are rounded half up, once for each pair of companies and version of the rules, away from zero alike for what
/// comes back.
SettlementReport settlement(const Context& context, const SettlementQuery& query);
/// Closes the period: what is written later belongs to the next one.
SettlementReport close_settlement(const Context& context, const std::string& program);

/// What one member does in the club.
struct PartnerRow {
  std::string company;
  std::int64_t sales = 0, cards = 0;  ///< cards that bought there
  Money paid;
  Points issued;
  Points foreign_here;   ///< of others, spent here
  Points own_here;       ///< its own, spent here
  Points own_elsewhere;  ///< its own, spent at others
};
struct PartnerReport {
  store::ProgramRow program;
  domain::Unit unit;
  std::vector<PartnerRow> rows;
};
PartnerReport partners(const Context& context, const std::string& program, std::optional<Date> from,
                       std::optional<Date> to);

}  // namespace loyal::service
