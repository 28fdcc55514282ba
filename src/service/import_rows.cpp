// SPDX-License-Identifier: MIT
#include "loyal/service/import_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
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

class SalesReader {
 public:
  SalesReader(const ColumnMap& columns, LocalTime now, const std::string& default_till)
      : card_(*columns.place("card")),
        at_(*columns.place("at")),
        amount_(*columns.place("amount")),
        time_(columns.place("time")),
        receipt_(columns.place("receipt")),
        till_(columns.place("till")),
        now_(now) {
    table_.tills.push_back(default_till);
  }

  void take(const format::Row& row) {
    ImportedSale sale{};
    sale.line = static_cast<std::uint32_t>(row.line);
    sale.amount = amount_of(row).count;
    const LocalTime at = time_of(row);
    sale.day = at.date.day_number;
    sale.second = at.second_of_day;
    sale.till = till_of(row);
    if (receipt_) take_receipt(row.fields[*receipt_], sale);
    sale.card = card_of(row.fields[card_]);
    table_.rows.push_back(sale);
  }

  SalesTable finish() {
    const auto by_time = [](const ImportedSale& a, const ImportedSale& b) {
      return std::tie(a.day, a.second, a.line) < std::tie(b.day, b.second, b.line);
    };
    if (!std::is_sorted(table_.rows.begin(), table_.rows.end(), by_time))
      std::sort(table_.rows.begin(), table_.rows.end(), by_time);
    return std::move(table_);
  }

 private:
  Money amount_of(const format::Row& row) const {
    const std::string_view text = row.fields[amount_];
    Money amount;
    try {
      amount = parse_money(text);
    } catch (const Error& error) {
      throw BadField{amount_, error.what()};
    }
    if (amount.count < 0)
      throw BadField{amount_,
                     tr("\"{}\" is less than nothing; returns are not imported with purchases", visible(text))};
    if (amount > amount_max) throw BadField{amount_, tr("\"{}\" is more than one purchase can come to", visible(text))};
    return amount;
  }

  LocalTime time_of(const format::Row& row) const {
    const std::string_view text = row.fields[at_];
    const bool has_own_time = time_ && !row.fields[*time_].empty();
    LocalTime at;
    if (const auto plain = has_own_time ? std::nullopt : plain_time(text)) {
      at = *plain;
    } else {
      try {
        at = parse_local_time(has_own_time ? fmt::format("{} {}", text, row.fields[*time_]) : std::string(text),
                              now_.date);
      } catch (const Error& error) {
        throw BadField{at_, error.what()};
      }
    }
    if (at.date > now_.date) throw BadField{at_, tr("{} has not come yet", to_string(at.date))};
    return at;
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

  void take_receipt(std::string_view text, ImportedSale& sale) {
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
    if (text.empty()) throw BadField{card_, tr("no card")};
    ImportedCard card{checked_text(text, number_bytes_max, card_), {}};
    card.code = code_of(card.number);
    if (card.code.empty()) throw BadField{card_, tr("\"{}\" is no card number", visible(text))};
    const auto [known, is_new] = code_places_.try_emplace(card.code, static_cast<std::uint32_t>(table_.cards.size()));
    card_places_.emplace(text, known->second);
    if (is_new) table_.cards.push_back(std::move(card));
    return known->second;
  }

  std::size_t card_, at_, amount_;
  std::optional<std::size_t> time_, receipt_, till_;
  LocalTime now_;
  SalesTable table_;
  TextPlaces card_places_, code_places_, till_places_;
};

}  // namespace

const std::vector<ImportField>& sale_fields() {
  static const std::vector<ImportField> fields = {
      {"card",
       {"card",        "card number", "card no",   "card code",      "cardnumber",       "карта",
        "номер карты", "no карты",    "код карты", "бонусная карта", "дисконтная карта", "карта лояльности",
        "штрихкод",    "штрих код",   "number",    "customer",       "customer id",      "customerid",
        "client",      "client id",   "member",    "member id",      "клиент",           "код клиента",
        "id клиента",  "покупатель"},
       true},
      {"at",
       {"at", "datetime", "date time", "timestamp", "дата и время", "дата время", "date", "дата", "дата покупки",
        "дата чека", "дата продажи", "purchase date", "sale date", "invoice date", "invoicedate", "order date", "day",
        "день"},
       true},
      {"amount",
       {"amount", "total", "sum", "сумма", "итого", "итог", "всего", "сумма чека", "сумма покупки", "сумма продажи",
        "к оплате", "стоимость", "dollar value", "value", "sales", "revenue", "выручка"},
       true},
      {"time", {"time", "время", "время чека", "время покупки"}, false},
      {"receipt",
       {"receipt",     "receipt number", "receipt no", "receipt id",      "чек",   "номер чека",  "no чека",
        "invoice",     "invoice number", "invoice no", "invoiceno",       "bill",  "order",       "order id",
        "transaction", "transaction id", "документ",   "номер документа", "заказ", "номер заказа"},
       false},
      {"till", {"till", "касса", "номер кассы", "no кассы", "register", "pos", "terminal", "ккм", "терминал"}, false},
  };
  return fields;
}

SalesTable read_sales(format::DelimitedReader& reader, const ColumnMap& columns, LocalTime now,
                      const std::string& default_till, Rejections& rejections, const ImportProgress& progress) {
  SalesReader sales(columns, now, default_till);
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
