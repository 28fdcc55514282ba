// SPDX-License-Identifier: MIT
#include "loyal/service/reconcile.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/import_receipts.hpp"
#include "loyal/service/import_rows.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {
namespace {

constexpr std::int64_t rows_per_progress = 1024;

/// Holds the rows of a table against the store, then the store against them.
class Reconciler {
 public:
  Reconciler(const Context& context, const ReconcileRequest& request, CompanyId company, const SalesTable& table,
             bool has_tills, ReconcileReport& report, const std::function<void(const Difference&)>& take)
      : context_(context),
        database_(context.store),
        request_(request),
        company_(company),
        table_(table),
        has_tills_(has_tills),
        report_(report),
        take_(take),
        receipts_(database_, table, company, request.receipts_restart_daily, false) {
    if (!has_tills_) tills_ = store::tills_of(database_, company);
  }

  void take(const ImportedSale& row) {
    if (row.at().date < report_.from || row.at().date > report_.to) return;
    const auto found = find(row);
    if (!found) return missing_here(row);
    seen(found->id);
    const Money here = amount_of(*found);
    const Money there{row.amount};
    const std::string what = difference(row, *found, here);
    ReconcileSum& sum = what.empty() ? report_.matched : report_.different;
    add(sum, here, there);
    if (!what.empty())
      take_({DifferenceKind::different, row.line, found->receipt, found->till, card_of(row), row.at().date, here, there,
             what});
  }

  /// What the store has in the file's period, of the file's tills where it names them, and the file has not.
  void take_the_rest() {
    store::SaleFilter filter;
    filter.from = report_.from;
    filter.to = report_.to;
    if (!context_.shop.empty()) filter.shop = find_shop(database_, company_, context_.shop).id;
    store::each_sale(database_, filter, [this](const store::SaleListing& listing) {
      const store::Sale& sale = listing.sale;
      const bool is_meant =
          sale.company == company_ &&
          (!has_tills_ || std::find(table_.tills.begin(), table_.tills.end(), sale.till) != table_.tills.end());
      if (!is_meant || is_seen(sale.id)) return;
      const Money here = amount_of(sale);
      add(report_.missing_there, here, {});
      take_({DifferenceKind::missing_there,
             0,
             sale.receipt,
             sale.till,
             listing.card_number,
             sale.at.date,
             here,
             std::nullopt,
             {}});
    });
  }

 private:
  static void add(ReconcileSum& sum, Money here, Money there) {
    ++sum.count;
    sum.here += here;
    sum.there += there;
  }

  Money amount_of(const store::Sale& sale) const { return request_.is_paid ? sale.paid : sale.total; }
  const std::string& card_of(const ImportedSale& row) const { return table_.cards[row.card].number; }

  bool is_seen(SaleId id) const {
    const auto place = static_cast<std::size_t>(id.value);
    return place < seen_.size() && seen_[place];
  }
  void seen(SaleId id) {
    const auto place = static_cast<std::size_t>(id.value);
    if (place >= seen_.size()) seen_.resize(std::max(place + 1, 2 * seen_.size()));
    seen_[place] = true;
  }

  std::optional<store::Sale> find(const ImportedSale& row) {
    RowReceipt found = receipts_.of(row);
    if (found.stored && !is_seen(found.stored->id)) return std::move(found.stored);
    return row.receipt_bytes > 0 ? in_another_till(row) : by_content(row);
  }

  /// A file without tills means a receipt of any; of several, the one of its day and amount.
  std::optional<store::Sale> in_another_till(const ImportedSale& row) {
    std::optional<store::Sale> best;
    int best_likeness = -1;
    for (const std::string& till : tills_) {
      auto found =
          store::find_document(database_, {company_, till, std::string(table_.receipt_of(row)),
                                           request_.receipts_restart_daily ? to_string(row.at().date) : std::string{}});
      if (!found || found->is_undone || is_seen(found->sale.id)) continue;
      const int likeness =
          (found->sale.at.date == row.at().date ? 2 : 0) + (amount_of(found->sale).count == row.amount ? 1 : 0);
      if (likeness <= best_likeness) continue;
      best_likeness = likeness;
      best = std::move(found->sale);
    }
    return best;
  }

  std::optional<store::Sale> by_content(const ImportedSale& row) {
    const auto card = store::card_by_code(database_, table_.cards[row.card].code);
    if (!card) return std::nullopt;
    for (store::Sale& sale : store::sales_of_day(database_, card->id, row.at().date))
      if (sale.company == company_ && amount_of(sale).count == row.amount && !is_seen(sale.id)) return std::move(sale);
    return std::nullopt;
  }

  std::string difference(const ImportedSale& row, const store::Sale& sale, Money here) const {
    std::string text;
    const auto add = [&text](const std::string& what) { text += (text.empty() ? "" : ", ") + what; };
    if (here.count != row.amount) add(tr("the amount"));
    if (sale.at.date != row.at().date) add(tr("the day ({} here)", to_string(sale.at.date)));
    const auto card = store::card_by_code(database_, table_.cards[row.card].code);
    const bool is_same_card = card && (card->id == sale.card || store::card_in_use(database_, sale.card) == card->id);
    if (!is_same_card) add(tr("the card ({} here)", store::card(database_, sale.card).value().number));
    return text;
  }

  void missing_here(const ImportedSale& row) {
    add(report_.missing_here, {}, {row.amount});
    take_({DifferenceKind::missing_here,
           row.line,
           std::string(table_.receipt_of(row)),
           table_.tills[row.till],
           card_of(row),
           row.at().date,
           std::nullopt,
           Money{row.amount},
           {}});
  }

  const Context& context_;
  store::Database& database_;
  const ReconcileRequest& request_;
  CompanyId company_;
  const SalesTable& table_;
  bool has_tills_;
  ReconcileReport& report_;
  const std::function<void(const Difference&)>& take_;
  ImportReceipts receipts_;
  std::vector<std::string> tills_;
  std::vector<bool> seen_;  ///< by id of the sale
};

void set_period(const ReconcileRequest& request, const SalesTable& table, Date today, ReconcileReport& report) {
  // The rows are in order of their time.
  report.from = request.from.value_or(table.rows.empty() ? today : table.rows.front().at().date);
  report.to = request.to.value_or(table.rows.empty() ? today : table.rows.back().at().date);
}

}  // namespace

std::string_view name(DifferenceKind kind) {
  constexpr std::array<std::string_view, 3> names = {N_("missing_here"), N_("missing_there"), N_("different")};
  return names[static_cast<std::size_t>(kind)];
}

ReconcileReport reconcile(const Context& context, const ReconcileRequest& request, const ImportNote& note,
                          const ImportProgress& progress, const std::function<void(const Difference&)>& take) {
  constexpr std::array<const char*, 1> date_fields = {"at"};
  const std::string command = "loyal reconcile";
  const store::Company company = find_company(context.store, context.company);
  const Zone zone(find_shop(context.store, company.id, context.shop).zone);
  ReconcileReport report;
  ImportSource source(request.file, command);
  Rejections rejections;
  std::optional<ColumnMap> columns;
  {
    const format::DelimitedReader reader = source.open();
    columns.emplace(sale_fields(), reader.heading(), request.file.mappings, source.name(), command);
    tell_columns(request.file, reader, *columns, note);
  }
  SalesReading reading;
  reading.now = zone.local(context.now);
  reading.default_till = context.till;
  reading.receipts_restart_daily = request.receipts_restart_daily;
  reading.dates = dates_of(source, *columns, date_fields, request.file, command, note);
  format::DelimitedReader reader = source.open();
  const SalesTable table = read_sales(reader, *columns, reading, rejections, progress);
  report.rows = table.rows_read;
  report.returns = table.returns;
  set_period(request, table, reading.now.date, report);
  const bool has_tills = columns->place("till").has_value() || !context.till.empty();
  Reconciler reconciler(context, request, company.id, table, has_tills, report, take);
  const std::string stage = tr("comparing");
  std::int64_t done = 0;
  for (const ImportedSale& row : table.rows) {
    reconciler.take(row);
    if (++done % rows_per_progress == 0 && progress)
      progress(stage, done, static_cast<std::int64_t>(table.rows.size()));
  }
  reconciler.take_the_rest();
  auto settled = rejections.settle(source, columns->heading(), false, false);
  report.unreadable = settled.count;
  report.examples = std::move(settled.examples);
  return report;
}

}  // namespace loyal::service
