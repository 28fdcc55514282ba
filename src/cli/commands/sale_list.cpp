// SPDX-License-Identifier: MIT
#include "loyal/store/sale.hpp"

#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/rules.hpp"

namespace loyal::cli {
namespace {

using format::Kind;
using format::Shown;

struct Options {
  std::string card, from, to, shop;
  bool undone = false;
};

std::vector<format::Column> columns() {
  return {{"at", tr("Time"), Kind::time},
          {"receipt", tr("Receipt"), Kind::identifier},
          {"till", tr("Till"), Kind::text, Shown::wide_only},
          {"shop", tr("Shop"), Kind::text, Shown::wide_only},
          {"card", tr("Card"), Kind::identifier},
          {"holder", tr("Holder"), Kind::name, Shown::if_room},
          {"program", tr("Program"), Kind::text, Shown::wide_only},
          {"total", tr("Total"), Kind::money},
          {"discount", tr("Discount"), Kind::money, Shown::wide_only},
          {"points_money", tr("Points paid"), Kind::money, Shown::wide_only},
          {"paid", tr("Paid"), Kind::money},
          {"returned", tr("Returned"), Kind::money, Shown::wide_only},
          {"currency", "", Kind::text, Shown::to_programs},
          {"spent", tr("Spent"), Kind::points, Shown::if_room},
          {"earned", tr("Earned"), Kind::points},
          {"scale", "", Kind::integer, Shown::to_programs},
          {"operation", tr("Operation"), Kind::integer, Shown::wide_only},
          {"undone", tr("Undone"), Kind::boolean, Shown::to_programs}};
}

void sale_list(Session& session, const Options& options) {
  const service::Context context = session.reading();
  store::SaleFilter filter;
  filter.from = read_date(session, options.from);
  filter.to = read_date(session, options.to);
  filter.with_undone = options.undone;
  if (!options.card.empty()) filter.card = service::find_card(context.store, options.card).id;
  if (!context.company.empty()) filter.company = service::find_company(context.store, context.company).id;
  if (!context.shop.empty()) filter.shop = service::find_shop(context.store, filter.company, context.shop).id;
  service::Rules rules(context.store);
  service::CustomerSight sight(context);
  session.list(tr("Sales"), columns(), [&](format::Sink& sink) {
    store::each_sale(context.store, filter, [&](const store::SaleListing& row) {
      const store::Sale& sale = row.sale;
      const domain::Unit& unit = rules.version(sale.version).program.unit;
      const format::Cell cells[] = {sale.at,
                                    sale.receipt,
                                    text_or_absent(sale.till),
                                    row.shop_slug,
                                    row.card_number,
                                    text_or_absent(sight.holder_of(sale.card, row.holder)),
                                    row.program_slug,
                                    money(sale.total),
                                    money(sale.discount),
                                    money(sale.points_money),
                                    money(sale.paid),
                                    money(row.returned),
                                    std::string("RUB"),
                                    points(sale.spent, unit),
                                    points(sale.earned, unit),
                                    std::int64_t{unit.scale},
                                    sale.operation.value,
                                    row.is_undone};
      sink.row(cells);
    });
  });
}

}  // namespace

void declare_sale_list(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists the purchases in order of their days. With --company, only what was bought at that company."));
  verb.flag("--from", options.from, Value::date, N_("first day"));
  verb.flag("--to", options.to, Value::date, N_("last day"));
  verb.flag("--card", options.card, Value::card, N_("of this card only"));
  verb.flag("--undone", options.undone, N_("with sales that were undone"));
  verb.example("loyal sale list --from 2026-01-01 --to 2026-03-31 -o q1.xlsx");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { sale_list(session, options); });
}

}  // namespace loyal::cli
