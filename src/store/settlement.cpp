// SPDX-License-Identifier: MIT
#include "loyal/store/settlement.hpp"

#include <map>

namespace loyal::store {

void add_settlement(Journal& journal, const Settlement& settlement) {
  journal.insert(
      History::settlement,
      "insert into settlement (id, operation_id, program_id, from_entry, through_entry, through_date) values "
      "($1, $2, $3, $4, $5, $6)",
      journal.id(), settlement.program, settlement.from, settlement.through, settlement.date);
}

std::vector<Settlement> settlements(Database& database, ProgramId program) {
  std::vector<Settlement> result;
  Statement rows = database.prepare(
      "select operation_id, program_id, from_entry, through_entry, through_date from live_settlement where program_id "
      "= $1 order by id");
  rows.bind(program);
  while (rows.step())
    result.push_back(
        {rows.id<OperationId>(0), rows.id<ProgramId>(1), rows.id<EntryId>(2), rows.id<EntryId>(3), rows.date(4)});
  return result;
}

EntryId last_entry(Database& database) {
  Statement row = database.prepare("select coalesce(max(id), 0) from entry");
  row.rewind();
  row.step();
  return {row.integer(0)};
}

std::vector<SpentPoints> spent_points(Database& database, ProgramId program, const SettlementRange& range) {
  std::vector<SpentPoints> result;
  // What gives points back names, over one step or two, the spend that took them; it counts where and by the rules by
  // which they were spent. A reward without a purchase was given by the rules that were known then.
  Statement rows = database.prepare(
      "select spend.issuer_id, shop.company_id, coalesce(sale.program_version_id, (select known.id from "
      "program_version "
      "as known where known.program_id = $1 and known.operation_id <= spend.operation_id and known.applies_from <= "
      "spend.date order by known.number desc limit 1), (select min(id) from program_version where program_id = $1)), "
      "-sum(entry.points) "
      "from card join entry on entry.card_id = card.id "
      "left join entry as answered on entry.kind in ('restore', 'reverse') and answered.id = entry.answers "
      "left join entry as before on entry.kind = 'reverse' and answered.kind = 'restore' and before.id = "
      "answered.answers "
      "join entry as spend on spend.id = coalesce(before.id, answered.id, entry.id) and spend.kind = 'spend' "
      "join shop on shop.id = spend.shop_id left join sale on sale.id = spend.sale_id "
      "where card.program_id = $1 and entry.kind in ('spend', 'restore', 'reverse') and ($2 is null or entry.id >= $2) "
      "and ($3 is null or entry.id <= $3) and ($4 is null or entry.date >= $4) and ($5 is null or entry.date <= $5) "
      "group by 1, 2, 3 having sum(entry.points) <> 0 order by 1, 2, 3");
  rows.bind(program, range.from, range.through, range.from_date, range.to_date);
  while (rows.step())
    result.push_back({rows.id<CompanyId>(0), rows.id<CompanyId>(1), rows.id<VersionId>(2), rows.quantity<Points>(3)});
  return result;
}

std::vector<PartnerActivity> partner_activity(Database& database, ProgramId program, std::optional<Date> from,
                                              std::optional<Date> to) {
  std::map<CompanyId, PartnerActivity> companies;
  {
    Statement sales = database.prepare(
        "select live_sale.company_id, count(*), count(distinct live_sale.card_id), sum(live_sale.paid - coalesce("
        "(select sum(back.paid) from live_return as back where back.sale_id = live_sale.id), 0)) from card join "
        "live_sale on live_sale.card_id = card.id where card.program_id = $1 and ($2 is null or live_sale.points_date "
        ">= $2) and ($3 is null or live_sale.points_date <= $3) group by 1");
    sales.bind(program, from, to);
    while (sales.step()) {
      PartnerActivity& company = companies[sales.id<CompanyId>(0)];
      company.sales = sales.integer(1);
      company.cards = sales.integer(2);
      company.paid = sales.quantity<Money>(3);
    }
  }
  Statement issued = database.prepare(
      "select entry.issuer_id, sum(entry.points) from card join entry on entry.card_id = card.id left join entry as "
      "answered on entry.kind = 'reverse' and answered.id = entry.answers where card.program_id = $1 and "
      "coalesce(answered.kind, entry.kind) in ('earn', 'grant', 'opening', 'clawback') and ($2 is null or entry.date "
      ">= $2) and ($3 is null or entry.date <= $3) group by 1");
  issued.bind(program, from, to);
  while (issued.step()) companies[issued.id<CompanyId>(0)].issued = issued.quantity<Points>(1);
  std::vector<PartnerActivity> result;
  for (auto& [id, company] : companies) {
    company.company = id;
    result.push_back(company);
  }
  return result;
}

}  // namespace loyal::store
