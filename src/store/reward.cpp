// SPDX-License-Identifier: MIT
#include "loyal/store/reward.hpp"

#include "cards_united.hpp"
#include "loyal/store/operation.hpp"
#include "rewards_kept.hpp"

namespace loyal::store {
namespace {

#define REWARD_COLUMNS                                                                                                 \
  "used.operation_id, used.card_id, used.program_id, used.sale_id, coalesce(used.line, 0), used.reward, used.points, " \
  "used.value, used.date"

std::vector<RewardUse> read_uses(Statement& rows) {
  std::vector<RewardUse> result;
  while (rows.step())
    result.push_back({rows.id<OperationId>(0), rows.id<CardId>(1), rows.id<ProgramId>(2), rows.id<SaleId>(3),
                      rows.integer(4), rows.text(5), rows.quantity<Points>(6), rows.quantity<Money>(7), rows.date(8)});
  return result;
}

}  // namespace

void add_reward_use(Journal& journal, const RewardUse& use) {
  const auto line = use.line > 0 ? std::optional(use.line) : std::nullopt;
  journal.insert(History::reward_use,
                 "insert into reward_use (id, operation_id, card_id, program_id, sale_id, line, reward, points, value, "
                 "date) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                 journal.id(), use.card, use.program, use.sale, line, use.reward, use.points, use.value, use.date);
}

std::vector<RewardUse> reward_uses_of_sale(Database& database, SaleId sale) {
  Statement rows =
      database.prepare("select " REWARD_COLUMNS " from reward_use as used where used.sale_id = $1 order by used.id");
  rows.bind(sale);
  return read_uses(rows);
}

std::vector<RewardUse> reward_uses_of_operation(Database& database, OperationId operation) {
  const auto row = store::operation(database, operation);
  if (!row) return {};
  constexpr auto place = static_cast<std::size_t>(History::reward_use);
  Statement rows = database.prepare("select " REWARD_COLUMNS
                                    " from reward_use as used where used.id > $1 and used.id <= $2 order by used.id");
  rows.bind(row->from[place], row->to[place]);
  return read_uses(rows);
}

std::vector<RewardUse> standing_reward_uses(Database& database, CardId card) {
  Statement rows = database.prepare(CARDS_UNITED "select " REWARD_COLUMNS
                                                 " from united join live_reward_use as used on used.card_id = "
                                                 "united.id where " REWARD_KEPT " order by used.id");
  rows.bind(card);
  return read_uses(rows);
}

void add_reward_stock(Journal& journal, ProgramId program, const std::string& reward, std::int64_t pieces,
                      const std::string& reason) {
  journal.insert(History::reward_stock,
                 "insert into reward_stock (id, operation_id, program_id, reward, pieces, reason) values ($1, $2, $3, "
                 "$4, $5, $6)",
                 journal.id(), program, reward, pieces, reason);
}

RewardCount reward_count(Database& database, ProgramId program, const std::string& reward) {
  Statement row = database.prepare(
      "with stock (first_operation, pieces) as (select min(operation_id), coalesce(sum(pieces), 0) from "
      "live_reward_stock where program_id = $1 and reward = $2) select stock.pieces, count(used.id), "
      "coalesce(sum(used.operation_id > stock.first_operation), 0) from stock left join live_reward_use as used on "
      "used.program_id = $1 and used.reward = $2 and " REWARD_KEPT);
  row.bind(program, reward);
  row.step();
  return {row.integer(0), row.integer(1), row.integer(2)};
}

}  // namespace loyal::store
