// SPDX-License-Identifier: MIT
#include "loyal/service/import_returns.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/import_rows.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::service {
namespace {

constexpr std::int64_t thousandths_of_a_piece = 1000;

constexpr std::array<const char*, 2> date_fields = {"at", "sale_date"};

/// A row as it is read.
struct ReturnedLine {
  std::size_t line = 0;
  std::int64_t number = 0;  ///< of the receipt's line; 0: not said
  std::string sku;
  std::optional<Amount> quantity;
  std::optional<Money> amount;
  std::string restored, clawed_back;
};

/// Rows of one receipt and one time.
struct ReturnDocument {
  std::string receipt, till, reason;
  std::string number;  ///< tells returns of one time apart, where the table does
  bool says_till = false, is_void = false;
  LocalTime at;
  std::optional<Date> sale_date;
  std::vector<ReturnedLine> lines;

  bool is_of(const ReturnDocument& other) const {
    return receipt == other.receipt && till == other.till && at == other.at && sale_date == other.sale_date &&
           number == other.number;
  }
};

/// Reads the rows of returns.
class ReturnsReader {
 public:
  ReturnsReader(const TableRun& run, LocalTime now, ReturnsImportReceipt& receipt)
      : run_(run), now_(now), receipt_(receipt), has_type_(run.columns().place("type").has_value()) {}

  void take(const TableRow& row) {
    ReturnDocument document;
    if (!is_return(row, document)) {
      ++receipt_.sales;
      return;
    }
    document.receipt = row.text("receipt");
    if (document.receipt.empty()) throw BadRow{tr("no receipt"), "receipt"};
    document.till = row.text("till");
    document.says_till = run_.columns().place("till").has_value();
    document.number = row.text("number");
    document.reason = tidy_name(row.text("reason"));
    document.at = time(row);
    if (!row.text("sale_date").empty()) document.sale_date = date(row, "sale_date");
    document.lines.push_back(line(row));
    if (!documents_.empty() && documents_.back().is_of(document))
      documents_.back().lines.push_back(std::move(document.lines.front()));
    else
      documents_.push_back(std::move(document));
  }

  std::vector<ReturnDocument> finish() {
    const auto by_time = [](const ReturnDocument& a, const ReturnDocument& b) { return a.at < b.at; };
    std::stable_sort(documents_.begin(), documents_.end(), by_time);
    return std::move(documents_);
  }

 private:
  bool is_return(const TableRow& row, ReturnDocument& document) const {
    if (!has_type_) return true;
    const std::string type = row.text("type");
    const std::string folded = fold_name(type);
    document.is_void = folded == "void" || folded == "аннулирование";
    if (document.is_void) return true;
    const auto kind = row_kind(type);
    if (!kind) throw BadRow{tr("\"{}\" is neither a sale nor a return", visible(type)), "type"};
    return *kind == RowKind::sale_return;
  }

  Date date(const TableRow& row, const char* field) const {
    try {
      return parse_local_time(run_.dates().tidy(row.text(field)), now_.date).date;
    } catch (const Error& error) {
      throw BadRow{error.what(), field};
    }
  }

  LocalTime time(const TableRow& row) const {
    std::string text = run_.dates().tidy(row.text("at"));
    if (const std::string clock = row.text("time"); !clock.empty()) text += " " + clock;
    LocalTime at;
    try {
      at = parse_local_time(text, now_.date);
    } catch (const Error& error) {
      throw BadRow{error.what(), "at"};
    }
    if (at.date > now_.date) throw BadRow{tr("{} has not come yet", to_string(at.date)), "at"};
    return at;
  }

  /// A number whose sign says no more than that goods came back.
  static std::optional<std::int64_t> number(const TableRow& row, const char* field, int scale) {
    const std::string text = row.text(field);
    if (text.empty()) return std::nullopt;
    try {
      const std::int64_t count = parse_decimal(text, scale);
      if (count != 0) return count < 0 ? -count : count;
    } catch (const Error& error) {
      throw BadRow{error.what(), field};
    }
    return std::nullopt;
  }

  static ReturnedLine line(const TableRow& row) {
    ReturnedLine line;
    line.line = row.line();
    if (const auto place = number(row, "line", 0)) line.number = *place;
    line.sku = row.text("sku");
    if (const auto quantity = number(row, "quantity", 3)) line.quantity = Amount{*quantity};
    if (const auto amount = number(row, "amount", 2)) line.amount = Money{*amount};
    line.restored = row.text("restored");
    line.clawed_back = row.text("clawed_back");
    return line;
  }

  const TableRun& run_;
  LocalTime now_;
  ReturnsImportReceipt& receipt_;
  bool has_type_;
  std::vector<ReturnDocument> documents_;
};

class ReturnsPoster {
 public:
  ReturnsPoster(TableRun& run, const ReturnsImport& request, CompanyId company, Operation& operation,
                ReturnsImportReceipt& receipt)
      : run_(run),
        request_(request),
        company_(company),
        operation_(operation),
        database_(run.context().store),
        rules_(database_),
        receipt_(receipt) {}

  void take(const ReturnDocument& document) {
    try {
      post(document);
    } catch (const BadRow& bad) {
      for (const ReturnedLine& line : document.lines) run_.reject(line.line, bad);
    } catch (const Error& error) {
      for (const ReturnedLine& line : document.lines) run_.reject(line.line, {error.what()});
    }
  }

 private:
  store::Sale sale_of(const ReturnDocument& document) const {
    std::vector<store::Sale> found;
    for (store::Sale& sale : store::sales_by_receipt(database_, document.receipt)) {
      const bool is_meant = sale.company == company_ && (!document.says_till || sale.till == document.till) &&
                            (!document.sale_date || sale.at.date == *document.sale_date) &&
                            sale.at.date <= document.at.date;
      if (is_meant) found.push_back(std::move(sale));
    }
    if (found.empty()) throw BadRow{tr("there is no receipt {}", visible(document.receipt)), "receipt"};
    if (found.size() > 1)
      throw BadRow{
          tr("receipt {} is there {} times: say which by till or sale_date", visible(document.receipt), found.size()),
          "receipt"};
    return std::move(found.front());
  }

  ReturnRequest request_of(const ReturnDocument& document, const store::Sale& sale) {
    ReturnRequest request;
    request.sale = sale.id;
    request.reason = document.reason;
    request.is_void = document.is_void;
    // A day without a time means no time before the sale.
    request.at = document.at.second_of_day == 0 && document.at.date == sale.at.date ? sale.at : document.at;
    const auto lines = store::sale_lines(database_, sale.id);
    for (const ReturnedLine& line : document.lines) {
      const bool names_goods = line.number != 0 || !line.sku.empty();
      const bool says_how_much = line.quantity || line.amount;
      if (lines.empty()) {
        if (line.amount) request.amount = request.amount.value_or(Money{}) + *line.amount;
      } else if (names_goods || (lines.size() == 1 && says_how_much)) {
        const store::SaleLine& sold = names_goods ? sold_line(line, lines) : lines.front();
        add_part(request, sold.line, quantity_of(line, sold));
      } else if (document.lines.size() > 1 || (says_how_much && line.amount != sale.total)) {
        // A row that says less than the whole receipt must not bring all of it back.
        throw BadRow{tr("receipt {} has lines: say which comes back", visible(document.receipt)), "line"};
      }
    }
    if (request_.is_history) request.said = said(document, sale);
    return request;
  }

  static const store::SaleLine& sold_line(const ReturnedLine& line, const std::vector<store::SaleLine>& lines) {
    const store::SaleLine* found = nullptr;
    for (const store::SaleLine& sold : lines) {
      if (line.number != 0 ? sold.line != line.number : sold.sku != line.sku) continue;
      if (found != nullptr) throw BadRow{tr("the receipt has {} in several lines", visible(line.sku)), "sku"};
      found = &sold;
    }
    if (found != nullptr) return *found;
    if (line.number != 0) throw BadRow{tr("the receipt has no line {}; it has {}", line.number, lines.size()), "line"};
    throw BadRow{tr("the receipt has no {}", visible(line.sku)), "sku"};
  }

  /// How many pieces come back: as the row says, or as many as its amount pays; nothing: all that is left of the line.
  static std::optional<Amount> quantity_of(const ReturnedLine& line, const store::SaleLine& sold) {
    if (line.quantity || !line.amount || *line.amount == sold.amount) return line.quantity;
    if (*line.amount < sold.amount && sold.amount.count > 0) {
      // What was sold by whole pieces comes back by whole pieces.
      const std::int64_t step = sold.quantity.count % thousandths_of_a_piece == 0 ? thousandths_of_a_piece : 1;
      const std::int64_t pieces = multiply_divide_floor(sold.quantity.count, line.amount->count, sold.amount.count);
      const bool is_exact = multiply_divide_floor(sold.amount.count, pieces, sold.quantity.count) == line.amount->count;
      if (pieces > 0 && pieces % step == 0 && is_exact) return Amount{pieces};
    }
    throw BadRow{tr("{} is the price of no number of pieces: say the quantity", to_text(*line.amount)), "amount"};
  }

  /// Rows of one line add up.
  static void add_part(ReturnRequest& request, std::int64_t line, std::optional<Amount> quantity) {
    for (ReturnRequest::Part& part : request.parts) {
      if (part.line != line) continue;
      if (part.quantity && quantity)
        *part.quantity += *quantity;
      else
        part.quantity = std::nullopt;
      return;
    }
    request.parts.push_back({line, quantity});
  }

  ReturnRequest::Said said(const ReturnDocument& document, const store::Sale& sale) {
    const int scale = rules_.version(sale.version).program.unit.scale;
    ReturnRequest::Said said;
    const auto points = [scale](const std::string& text, const char* field) {
      try {
        return text.empty() ? Points{} : parse_points(text, scale);
      } catch (const Error& error) {
        throw BadRow{error.what(), field};
      }
    };
    for (const ReturnedLine& line : document.lines) {
      said.restored += points(line.restored, "restored");
      said.clawed_back += points(line.clawed_back, "clawed_back");
    }
    if (said.restored.count < 0 || said.clawed_back.count < 0)
      throw BadRow{tr("points below nothing"), said.restored.count < 0 ? "restored" : "clawed_back"};
    return said;
  }

  /// The same goods at the same time came back once.
  bool is_known(const ReturnRequest& request) {
    for (const store::SaleReturn& other : store::returns_of(database_, request.sale)) {
      if (other.at != *request.at || other.operation == operation_.id() || known_.contains(other.id)) continue;
      if (!is_same(request, other)) continue;
      known_.insert(other.id);
      return true;
    }
    return false;
  }

  bool is_same(const ReturnRequest& request, const store::SaleReturn& other) const {
    if (!request.amount && request.parts.empty()) return true;
    const auto lines = store::return_lines(database_, other.id);
    // A sale without lines comes back by the kopeck of goods; the sums of the return are rounded.
    if (request.amount) return lines.size() == 1 && lines.front().quantity.count == request.amount->count;
    if (lines.size() != request.parts.size()) return false;
    return std::all_of(request.parts.begin(), request.parts.end(), [&lines](const ReturnRequest::Part& part) {
      return std::any_of(lines.begin(), lines.end(), [&part](const store::ReturnLine& line) {
        return line.line == part.line && (!part.quantity || line.quantity == *part.quantity);
      });
    });
  }

  void post(const ReturnDocument& document) {
    const store::Sale sale = sale_of(document);
    const ReturnRequest request = request_of(document, sale);
    ImportPlan& plan = run_.receipt().plan;
    const auto words = [&] { return tr("receipt {}, {}", visible(document.receipt), to_string(request.at->date)); };
    if (is_known(request)) {
      for (const ReturnedLine& line : document.lines) plan.skipped.take(line.line, words);
      return;
    }
    const store::SaleReturn row = post_return(operation_, run_.context(), rules_, request, sale);
    for (const ReturnedLine& line : document.lines) plan.created.take(line.line, words);
    ++receipt_.posted;
    receipt_.amount += row.amount;
  }

  TableRun& run_;
  const ReturnsImport& request_;
  CompanyId company_;
  Operation& operation_;
  store::Database& database_;
  Rules rules_;
  ReturnsImportReceipt& receipt_;
  std::set<ReturnId> known_;
};

}  // namespace

const std::vector<ImportField>& return_fields() {
  static const std::vector<ImportField> fields = {
      {"receipt",
       {"receipt", "sale receipt", "original receipt", "receipt number", "receipt no", "чек", "номер чека", "no чека",
        "чек продажи", "исходный чек", "invoice", "invoice number", "invoice no", "invoiceno", "документ",
        "номер документа"},
       true},
      {"at",
       {"at", "datetime", "date time", "returned at", "return date", "дата возврата", "дата и время", "date", "дата"},
       true},
      {"time", {"time", "время", "время возврата"}, false},
      {"till", {"till", "касса", "номер кассы", "no кассы", "register", "pos", "terminal", "ккм", "терминал"}, false},
      {"sale_date", {"sale date", "дата продажи", "дата чека"}, false},
      {"number",
       {"return no", "return number", "return receipt", "номер возврата", "no возврата", "чек возврата"},
       false},
      {"type", {"type", "row type", "kind", "тип", "тип чека", "вид операции", "тип операции", "операция"}, false},
      {"line", {"sale line", "line no", "line number", "строка", "номер строки", "no строки"}, false},
      {"sku", {"sku", "item code", "product code", "article", "артикул", "код товара", "stockcode", "plu"}, false},
      {"quantity", {"quantity", "qty", "количество", "кол во", "кол"}, false},
      {"amount", {"amount", "total", "sum", "сумма", "итого", "сумма возврата"}, false},
      {"reason", {"return reason", "comment", "причина", "причина возврата", "комментарий"}, false},
      {"restored", {"restored", "points restored", "возвращено баллов", "возвращено бонусов"}, false},
      {"clawed_back",
       {"clawed back", "points clawed back", "списано баллов", "отозвано баллов", "отозвано бонусов"},
       false},
  };
  return fields;
}

ReturnsImportReceipt import_returns(const Context& given, const ReturnsImport& request, const ImportNote& note,
                                    const ImportProgress& progress) {
  const store::Company company = find_company(given.store, given.company);
  const LocalTime now = Zone(find_shop(given.store, company.id, given.shop).zone).local(given.now);
  TableRun run(given, request, return_fields(), date_fields, "loyal import returns", note, progress);
  Operation operation(run.context(), "import returns", run.digest(request.is_history));
  ReturnsImportReceipt receipt;
  if (operation.replayed()) {
    receipt.operation = operation.replayed();
    receipt.is_replayed = true;
    return receipt;
  }
  ReturnsReader reader(run, now, receipt);
  run.each_row(tr("reading"), [&reader](const TableRow& row) { reader.take(row); });
  ReturnsPoster poster(run, request, company.id, operation, receipt);
  for (const ReturnDocument& document : reader.finish()) poster.take(document);
  static_cast<TableReceipt&>(receipt) = run.finish(operation);
  return receipt;
}

}  // namespace loyal::service
