// SPDX-License-Identifier: MIT
#include "loyal/service/import_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::service {
namespace {

constexpr std::size_t number_bytes_max = 64;
constexpr std::size_t receipt_bytes_max = 200;
constexpr std::size_t goods_bytes_max = 500;
// A hundred billion: a column of telephone numbers mapped by mistake must not become money, and a million such rows
// still add up.
constexpr Money amount_max = domain::sale_amount_max;
constexpr std::int64_t rows_per_progress = 4096;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using TextPlaces = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

/// Why one row cannot be taken.
struct BadField {
  std::optional<std::size_t> place;
  std::string reason;
};

/// Reads `2026-03-01`, with a time behind it or without, as most files have it; nothing for what needs the patient
/// reader.
std::optional<LocalTime> plain_time(std::string_view text) {
  const auto date = date_from_iso(text.substr(0, 10));
  if (!date) return std::nullopt;
  return text.size() == 10 ? std::optional(LocalTime{*date, 0}) : local_time_from_iso(text);
}

std::string checked_text(std::string_view text, std::size_t bytes_max, std::size_t place) {
  if (text.size() > bytes_max) throw BadField{place, tr("{} bytes; at most {} are kept", text.size(), bytes_max)};
  const bool has_control =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (has_control) throw BadField{place, tr("a control character in \"{}\"", visible(text))};
  return std::string(text);
}

/// What of a row is the same whether it is a receipt or a line of one.
class CellReader {
 public:
  CellReader(const ColumnMap& columns, const SalesReading& reading)
      : card_(*columns.place("card")),
        at_(*columns.place("at")),
        time_(columns.place("time")),
        amount_(columns.place("amount")),
        reading_(reading) {}

  std::string_view card_text(const format::Row& row) const { return row.fields[card_]; }
  std::string_view at_text(const format::Row& row) const { return row.fields[at_]; }
  std::size_t card_place() const { return card_; }
  std::size_t at_place() const { return at_; }
  std::optional<std::size_t> amount_place() const { return amount_; }

  /// Money that is no less than nothing.
  Money money(const format::Row& row, std::size_t place) const {
    const std::string_view text = row.fields[place];
    Money amount;
    try {
      amount = parse_money(text);
    } catch (const Error& error) {
      throw BadField{place, error.what()};
    }
    if (amount.count < 0)
      throw BadField{place, tr("\"{}\" is less than nothing; returns are not imported with purchases", visible(text))};
    if (amount > amount_max) throw BadField{place, tr("\"{}\" is more than one purchase can come to", visible(text))};
    return amount;
  }

  LocalTime time(const format::Row& row) const {
    const std::string_view text = row.fields[at_];
    const bool has_own_time = time_ && !row.fields[*time_].empty();
    LocalTime at;
    if (const auto plain = has_own_time ? std::nullopt : plain_time(text)) {
      at = *plain;
    } else {
      const std::string tidy = reading_.dates.tidy(text);
      try {
        at = parse_local_time(has_own_time ? fmt::format("{} {}", tidy, row.fields[*time_]) : tidy, reading_.now.date);
      } catch (const Error& error) {
        throw BadField{at_, error.what()};
      }
    }
    if (at.date > reading_.now.date) throw BadField{at_, tr("{} has not come yet", to_string(at.date))};
    return at;
  }

 private:
  std::size_t card_, at_;
  std::optional<std::size_t> time_, amount_;
  const SalesReading& reading_;
};

/// The goods and the history of a row.
class LineReader {
 public:
  LineReader(const ColumnMap& columns, const SalesReading& reading, const CellReader& cells)
      : reading_(reading),
        cells_(cells),
        sku_(columns.place("sku")),
        name_(columns.place("name")),
        category_(columns.place("category")),
        quantity_(columns.place("quantity")),
        price_(columns.place("price")) {
    for (std::size_t i = 0; i < history_fields.size() && reading.is_history; ++i)
      history_[i] = columns.place(history_fields[i]);
  }

  bool has_goods() const { return sku_ || name_ || category_ || price_; }

  ImportedLine line(const format::Row& row, SalesTable& table) {
    ImportedLine line{};
    line.line = static_cast<std::uint32_t>(row.line);
    line.quantity = quantity(row);
    const bool says_price = price_ && !row.fields[*price_].empty();
    if (says_price) line.price = cells_.money(row, *price_).count;
    const auto amount = cells_.amount_place();
    if (amount && (!says_price || !row.fields[*amount].empty()))
      line.amount = cells_.money(row, *amount).count;
    else
      line.amount = multiply_divide_half_up(line.price, line.quantity, 1000);
    if (line.amount > amount_max.count) throw BadField{price_, tr("a line of more than one purchase can come to")};
    if (!says_price) line.price = multiply_divide_half_up(line.amount, 1000, line.quantity);
    if (has_goods()) line.goods = goods(row, table);
    if (reading_.is_history) {
      line.history = static_cast<std::uint32_t>(table.history.size());
      const ImportedHistory said = history(row, line);
      read_gifts(row, line, said, table);
      table.history.push_back(said);
    }
    return line;
  }

 private:
  enum : std::size_t { discount, points_money, paid, earned, spent, usable_from, valid_through, gifts };
  static constexpr std::array<const char*, 8> history_fields = {"discount", "points_money", "paid",          "earned",
                                                                "spent",    "usable_from",  "valid_through", "gifts"};

  std::int64_t quantity(const format::Row& row) const {
    if (!quantity_ || row.fields[*quantity_].empty()) return 1000;
    Amount amount;
    try {
      amount = parse_amount(row.fields[*quantity_]);
    } catch (const Error& error) {
      throw BadField{quantity_, error.what()};
    }
    if (amount.count <= 0)
      throw BadField{quantity_, tr("\"{}\" pieces are no purchase", visible(row.fields[*quantity_]))};
    return amount.count;
  }

  std::uint32_t goods(const format::Row& row, SalesTable& table) {
    const auto text = [&row](std::optional<std::size_t> place) {
      return place ? row.fields[*place] : std::string_view{};
    };
    key_.assign(text(sku_)).append(1, '\n').append(text(name_)).append(1, '\n').append(text(category_));
    const auto found = places_.find(std::string_view(key_));
    if (found != places_.end()) return found->second;
    const auto checked = [&](std::optional<std::size_t> place) {
      return place ? tidy_name(checked_text(row.fields[*place], goods_bytes_max, *place)) : std::string{};
    };
    const auto place = static_cast<std::uint32_t>(table.goods.size());
    table.goods.push_back({checked(sku_), checked(name_), checked(category_)});
    places_.emplace(key_, place);
    return place;
  }

  std::string_view history_text(const format::Row& row, std::size_t field) const {
    return history_[field] ? row.fields[*history_[field]] : std::string_view{};
  }
  Money history_money(const format::Row& row, std::size_t field) const {
    return history_text(row, field).empty() ? Money{} : cells_.money(row, *history_[field]);
  }
  Points history_points(const format::Row& row, std::size_t field) const {
    const std::string_view text = history_text(row, field);
    if (text.empty()) return {};
    try {
      const Points points = parse_points(text, reading_.scale);
      if (points.count >= 0) return points;
    } catch (const Error& error) {
      throw BadField{history_[field], error.what()};
    }
    throw BadField{history_[field], tr("\"{}\" is less than nothing", visible(text))};
  }
  std::optional<Date> history_date(const format::Row& row, std::size_t field) const {
    const std::string_view text = history_text(row, field);
    if (text.empty()) return std::nullopt;
    try {
      return parse_local_time(reading_.dates.tidy(text), reading_.now.date).date;
    } catch (const Error& error) {
      throw BadField{history_[field], error.what()};
    }
  }

  ImportedHistory history(const format::Row& row, const ImportedLine& line) const {
    ImportedHistory said{};
    said.discount = history_money(row, discount).count;
    said.points_money = history_money(row, points_money).count;
    said.earned = history_points(row, earned).count;
    said.spent = history_points(row, spent).count;
    // What was not paid with money was paid with points, where the file does not say otherwise.
    if (history_text(row, points_money).empty() && !history_text(row, paid).empty())
      said.points_money = line.amount - said.discount - history_money(row, paid).count;
    if (said.points_money < 0 || said.discount + said.points_money > line.amount)
      throw BadField{history_[discount] ? history_[discount] : history_[points_money],
                     tr("discount, points and payment do not add up to {}", to_text(Money{line.amount}))};
    said.usable_from = history_date(row, usable_from);
    const std::string end = fold_name(history_text(row, valid_through));
    said.never_ends = end == "never" || end == "бессрочно";
    if (!said.never_ends) said.valid_through = history_date(row, valid_through);
    return said;
  }

  /// CARD=AMOUNT, several divided by semicolons.
  void read_gifts(const format::Row& row, const ImportedLine& line, const ImportedHistory& said, SalesTable& table) {
    std::string_view text = history_text(row, gifts);
    std::vector<ImportedGift> paid_with;  // of a row that can be taken
    Money left{line.amount - said.discount - said.points_money};
    while (!text.empty()) {
      const std::size_t end = text.find(';');
      const std::string_view part = trim(text.substr(0, end));
      text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
      const std::size_t equals = part.rfind('=');
      if (equals == std::string_view::npos)
        throw BadField{history_[gifts], tr("\"{}\" is not CARD=AMOUNT", visible(part))};
      const Money amount = money_in(part.substr(equals + 1));
      left -= amount;
      if (amount.count <= 0 || left.count < 0)
        throw BadField{history_[gifts],
                       tr("gift cards cannot pay \"{}\" of {}", visible(part), to_text(left + amount))};
      paid_with.push_back({amount.count, line.history, gift_card(trim(part.substr(0, equals)), table)});
    }
    table.gifts.insert(table.gifts.end(), paid_with.begin(), paid_with.end());
  }

  Money money_in(std::string_view text) const {
    try {
      return parse_money(text);
    } catch (const Error& error) {
      throw BadField{history_[gifts], error.what()};
    }
  }

  std::uint32_t gift_card(std::string_view text, SalesTable& table) {
    if (const auto found = gift_places_.find(text); found != gift_places_.end()) return found->second;
    ImportedCard card{checked_text(text, number_bytes_max, *history_[gifts]), {}};
    card.code = code_of(card.number);
    if (card.code.empty()) throw BadField{history_[gifts], tr("\"{}\" is no card number", visible(text))};
    const auto place = static_cast<std::uint32_t>(table.gift_cards.size());
    table.gift_cards.push_back(std::move(card));
    gift_places_.emplace(text, place);
    return place;
  }

  const SalesReading& reading_;
  const CellReader& cells_;
  std::optional<std::size_t> sku_, name_, category_, quantity_, price_;
  std::array<std::optional<std::size_t>, history_fields.size()> history_;
  TextPlaces places_, gift_places_;
  std::string key_;
};

class SalesReader {
 public:
  SalesReader(const ColumnMap& columns, const SalesReading& reading, Rejections& rejections)
      : cells_(columns, reading),
        lines_(columns, reading, cells_),
        receipt_(columns.place("receipt")),
        till_(columns.place("till")),
        type_(columns.place("type")),
        restart_daily_(reading.receipts_restart_daily),
        keeps_lines_(lines_.has_goods() || reading.is_history || !columns.place("amount")),
        rejections_(rejections) {
    table_.tills.push_back(reading.default_till);
    table_.has_lines = lines_.has_goods();
  }

  void take(const format::Row& row) {
    if (type_ && is_return(row)) {
      ++table_.returns;
      return;
    }
    if (keeps_lines_)
      take_line(row);
    else
      take_receipt(row);
  }

  SalesTable finish() {
    remove_broken();
    const auto by_time = [](const ImportedSale& a, const ImportedSale& b) {
      return std::tie(a.day, a.second, a.line) < std::tie(b.day, b.second, b.line);
    };
    if (!std::is_sorted(table_.rows.begin(), table_.rows.end(), by_time))
      std::sort(table_.rows.begin(), table_.rows.end(), by_time);
    const auto by_sale = [](const ImportedLine& a, const ImportedLine& b) {
      return std::tie(a.sale, a.line) < std::tie(b.sale, b.line);
    };
    if (!std::is_sorted(table_.lines.begin(), table_.lines.end(), by_sale))
      std::sort(table_.lines.begin(), table_.lines.end(), by_sale);
    return std::move(table_);
  }

 private:
  /// A receipt of several rows while it is read.
  struct Group {
    std::uint32_t row = 0;          ///< place in SalesTable::rows
    std::uint32_t broken_line = 0;  ///< line of the file that spoils it; 0: none
    bool has_row = false;
  };

  bool is_return(const format::Row& row) const {
    const auto kind = row_kind(row.fields[*type_]);
    if (!kind) throw BadField{type_, tr("\"{}\" is neither a sale nor a return", visible(row.fields[*type_]))};
    return *kind == RowKind::sale_return;
  }

  /// A row that is a receipt by itself.
  void take_receipt(const format::Row& row) {
    ImportedSale sale{};
    sale.line = static_cast<std::uint32_t>(row.line);
    sale.amount = cells_.money(row, *cells_.amount_place()).count;
    read_document(row, sale);
    table_.rows.push_back(sale);
  }

  void read_document(const format::Row& row, ImportedSale& sale) {
    const LocalTime at = cells_.time(row);
    sale.day = at.date.day_number;
    sale.second = at.second_of_day;
    sale.till = till_of(row);
    if (receipt_) keep_receipt(row.fields[*receipt_], sale);
    sale.card = card_of(cells_.card_text(row));
  }

  void take_line(const format::Row& row) {
    const std::string_view receipt = receipt_ ? row.fields[*receipt_] : std::string_view{};
    if (receipt.empty() || !table_.has_lines) {
      ImportedSale sale{};
      sale.line = static_cast<std::uint32_t>(row.line);
      read_document(row, sale);
      add_line(row, sale);
      table_.rows.push_back(sale);
      return;
    }
    Group& group = group_of(row, receipt);
    if (group.broken_line != 0) throw BadField{std::nullopt, spoilt_by(receipt, group.broken_line)};
    try {
      add_to(group, row, receipt);
    } catch (const BadField&) {
      group.broken_line = static_cast<std::uint32_t>(row.line);
      throw;
    }
  }

  Group& group_of(const format::Row& row, std::string_view receipt) {
    key_.assign(receipt).append(1, '\n').append(till_ ? row.fields[*till_] : std::string_view{});
    if (restart_daily_) key_.append(1, '\n').append(cells_.at_text(row).substr(0, 10));
    // By hash alone: a million receipts have two alike once in tens of millions of imports.
    return groups_[std::hash<std::string>{}(key_)];
  }

  void add_to(Group& group, const format::Row& row, std::string_view receipt) {
    if (!group.has_row) {
      ImportedSale sale{};
      sale.line = static_cast<std::uint32_t>(row.line);
      read_document(row, sale);
      add_line(row, sale);
      group.row = static_cast<std::uint32_t>(table_.rows.size());
      group.has_row = true;
      table_.rows.push_back(sale);
      return;
    }
    ImportedSale& sale = table_.rows[group.row];
    const std::string_view card = cells_.card_text(row);
    if (!card.empty() && card_of(card) != sale.card)
      throw BadField{cells_.card_place(), tr("receipt {} has another card in line {}", visible(receipt), sale.line)};
    if (!cells_.at_text(row).empty() && cells_.time(row).date != sale.at().date)
      throw BadField{cells_.at_place(), tr("receipt {} is of another day in line {}", visible(receipt), sale.line)};
    add_line(row, sale);
  }

  void add_line(const format::Row& row, ImportedSale& sale) {
    ImportedLine line = lines_.line(row, table_);
    line.sale = sale.line;
    sale.amount += line.amount;
    if (sale.amount > amount_max.count)
      throw BadField{cells_.amount_place(), tr("the receipt is more than one purchase can come to")};
    table_.lines.push_back(line);
  }

  static std::string spoilt_by(std::string_view receipt, std::uint32_t line) {
    return tr("line {} of the file, which belongs to receipt {}, cannot be taken", line, visible(receipt));
  }

  /// A receipt of which one row cannot be taken is mended and imported as a whole.
  void remove_broken() {
    std::unordered_map<std::uint32_t, std::uint32_t> broken;  // by the line in which the receipt begins
    for (const auto& [key, group] : groups_)
      if (group.has_row && group.broken_line != 0) broken.emplace(table_.rows[group.row].line, group.broken_line);
    groups_.clear();
    if (broken.empty()) return;
    std::unordered_map<std::uint32_t, std::string> receipts;
    for (const ImportedSale& sale : table_.rows)
      if (broken.contains(sale.line)) receipts.emplace(sale.line, table_.receipt_of(sale));
    for (const ImportedLine& line : table_.lines)
      if (const auto found = broken.find(line.sale); found != broken.end() && line.line != found->second)
        rejections_.add(line.line, 0, spoilt_by(receipts.at(line.sale), found->second));
    std::erase_if(table_.lines, [&broken](const ImportedLine& line) { return broken.contains(line.sale); });
    std::erase_if(table_.rows, [&broken](const ImportedSale& sale) { return broken.contains(sale.line); });
  }

  std::uint16_t till_of(const format::Row& row) {
    if (!till_ || row.fields[*till_].empty()) return 0;
    const auto [found, is_new] = till_places_.try_emplace(checked_text(row.fields[*till_], receipt_bytes_max, *till_),
                                                          static_cast<std::uint32_t>(table_.tills.size()));
    if (is_new) {
      if (table_.tills.size() > std::numeric_limits<std::uint16_t>::max())
        throw BadField{till_, tr("more tills than a company can have")};
      table_.tills.push_back(found->first);
    }
    return static_cast<std::uint16_t>(found->second);
  }

  void keep_receipt(std::string_view text, ImportedSale& sale) {
    if (text.empty()) return;
    checked_text(text, receipt_bytes_max, *receipt_);
    if (table_.receipts.size() > std::numeric_limits<std::uint32_t>::max() - receipt_bytes_max)
      throw Error(Fault::failed, tr("the file has too many receipts for one import"), tr("divide it"));
    sale.receipt = static_cast<std::uint32_t>(table_.receipts.size());
    sale.receipt_bytes = static_cast<std::uint16_t>(text.size());
    table_.receipts += text;
  }

  std::uint32_t card_of(std::string_view text) {
    if (const auto found = card_places_.find(text); found != card_places_.end()) return found->second;
    if (text.empty()) throw BadField{cells_.card_place(), tr("no card")};
    ImportedCard card{checked_text(text, number_bytes_max, cells_.card_place()), {}};
    card.code = code_of(card.number);
    if (card.code.empty()) throw BadField{cells_.card_place(), tr("\"{}\" is no card number", visible(text))};
    const auto [known, is_new] = code_places_.try_emplace(card.code, static_cast<std::uint32_t>(table_.cards.size()));
    card_places_.emplace(text, known->second);
    if (is_new) table_.cards.push_back(std::move(card));
    return known->second;
  }

  CellReader cells_;
  LineReader lines_;
  std::optional<std::size_t> receipt_, till_, type_;
  bool restart_daily_, keeps_lines_;
  Rejections& rejections_;
  SalesTable table_;
  TextPlaces card_places_, code_places_, till_places_;
  std::unordered_map<std::size_t, Group> groups_;
  std::string key_;
};

}  // namespace

std::span<const ImportedLine> SalesTable::lines_of(const ImportedSale& row) const {
  const auto first = std::lower_bound(lines.begin(), lines.end(), row.line,
                                      [](const ImportedLine& line, std::uint32_t sale) { return line.sale < sale; });
  auto last = first;
  while (last != lines.end() && last->sale == row.line) ++last;
  return {first, last};
}

std::span<const ImportedGift> SalesTable::gifts_of(const ImportedLine& line) const {
  if (gifts.empty()) return {};
  const auto first =
      std::lower_bound(gifts.begin(), gifts.end(), line.history,
                       [](const ImportedGift& gift, std::uint32_t place) { return gift.history < place; });
  auto last = first;
  while (last != gifts.end() && last->history == line.history) ++last;
  return {first, last};
}

SalesTable read_sales(format::DelimitedReader& reader, const ColumnMap& columns, const SalesReading& reading,
                      Rejections& rejections, const ImportProgress& progress) {
  SalesReader sales(columns, reading, rejections);
  const std::string stage = tr("reading");
  format::Row row;
  std::int64_t read = 0;
  while (reader.next(row)) {
    if (++read % rows_per_progress == 0 && progress) progress(stage, read, 0);
    if (row.problem) {
      rejections.add(row.line, row.problem->column, row.problem->what);
      continue;
    }
    try {
      sales.take(row);
    } catch (const BadField& bad) {
      rejections.add(row.line, bad.place ? *bad.place + 1 : 0, bad.reason);
    }
  }
  SalesTable table = sales.finish();
  table.rows_read = read;
  return table;
}

}  // namespace loyal::service
