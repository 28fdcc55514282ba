// SPDX-License-Identifier: MIT
#include "loyal/service/import_1c.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "loyal/base/apportion.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/phone.hpp"
#include "loyal/format/commerceml_reader.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/customer.hpp"

namespace loyal::service {
namespace {

using format::CommerceDocument;

constexpr int points_scale_max = 2;

std::string row_of(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) {
    row += row.empty() ? "\"" : ";\"";
    // Rows are lines: what breaks one is made a blank.
    for (const char letter : cell) {
      if (letter == '"') row += '"';
      row += letter == '\n' || letter == '\r' ? ' ' : letter;
    }
    row += '"';
  }
  return row + "\n";
}

/// A sum of the file; nothing for what is none: the import will say what is wrong with it.
std::optional<std::int64_t> number(const std::string& text, int scale) {
  if (text.empty()) return 0;
  try {
    return parse_decimal(text, scale);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// 1C writes quantities with more zeros than are read.
std::string without_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

bool is_points(const std::string& name) {
  const std::string folded = fold_name(name);
  return folded.find("балл") != std::string::npos || folded.find("бонус") != std::string::npos;
}

/// What the discounts of a list come to; those that are payment with points, or the others.
std::int64_t sum_of(const std::vector<std::pair<std::string, std::string>>& discounts, bool of_points) {
  std::int64_t sum = 0;
  for (const auto& [name, amount] : discounts)
    if (is_points(name) == of_points) sum += number(amount, 2).value_or(0);
  return sum;
}

/// The sums of a document, line by line.
struct Sums {
  std::vector<std::int64_t> amount, discount, points_money, earned, spent;
};

std::vector<std::int64_t> shares(std::int64_t total, const std::vector<std::int64_t>& weights) {
  const bool is_splittable =
      std::any_of(weights.begin(), weights.end(), [](std::int64_t weight) { return weight > 0; });
  if (is_splittable) return apportion(total, weights);
  std::vector<std::int64_t> parts(weights.size());
  if (!parts.empty()) parts.front() = total;
  return parts;
}

/// Amounts before discounts. Discounts of the document that no line repeats, and its points, are split over the lines.
Sums sums_of(const CommerceDocument& document) {
  Sums sums;
  std::vector<std::int64_t> paid, reduced;
  bool lines_have_discounts = false;
  for (const CommerceDocument::Goods& goods : document.goods) {
    paid.push_back(std::max<std::int64_t>(0, number(goods.amount, 2).value_or(0)));
    reduced.push_back(std::max<std::int64_t>(0, sum_of(goods.discounts, false) + sum_of(goods.discounts, true)));
    lines_have_discounts = lines_have_discounts || reduced.back() > 0;
  }
  const std::int64_t points = sum_of(document.discounts, true);
  if (!lines_have_discounts) reduced = shares(sum_of(document.discounts, false) + points, paid);
  std::int64_t reduced_sum = 0;
  for (const std::int64_t part : reduced) reduced_sum += part;
  sums.points_money = shares(std::clamp<std::int64_t>(points, 0, reduced_sum), reduced);
  for (std::size_t i = 0; i < paid.size(); ++i) {
    sums.amount.push_back(paid[i] + reduced[i]);
    sums.discount.push_back(reduced[i] - sums.points_money[i]);
  }
  const auto said = [&document](std::initializer_list<const char*> names) {
    return std::max<std::int64_t>(0, number(document.requisite(names), points_scale_max).value_or(0));
  };
  // Whole points go to one line: a program without fractions could not hold the parts.
  sums.earned.assign(paid.size(), 0);
  sums.spent.assign(paid.size(), 0);
  if (paid.empty()) return sums;
  const auto largest =
      static_cast<std::size_t>(std::max_element(sums.amount.begin(), sums.amount.end()) - sums.amount.begin());
  sums.earned[largest] = said({"БонусыНачислено", "БаллыНачислено", "НачисленоБаллов", "НачисленоБонусов"});
  sums.spent[largest] = said({"БонусыСписано", "БаллыСписано", "СписаноБаллов", "СписаноБонусов"});
  return sums;
}

std::string decimal(std::int64_t count) {
  return to_decimal(count, 2);
}

std::string points_text(std::int64_t count) {
  return without_zeros(to_decimal(count, points_scale_max));
}

class TableMaker {
 public:
  TableMaker(const Context& context, CommercePart part, bool is_history)
      : database_(context.store), part_(part), is_history_(is_history) {
    switch (part) {
      case CommercePart::sales:
        add({"card", "receipt", "at", "time", "sku", "product", "quantity", "amount"});
        if (is_history) add_to_heading({"discount", "points_money", "earned", "spent"});
        break;
      case CommercePart::returns:
        add({"receipt", "at", "time", "sku", "quantity", "amount", "return_reason"});
        if (is_history) add_to_heading({"restored", "clawed_back"});
        break;
      case CommercePart::customers:
        add({"name", "phone", "email", "birthday", "card"});
        break;
    }
  }

  void take(const CommerceDocument& document) {
    const bool is_return = document.operation.starts_with("Возврат");
    const bool is_sale = document.operation == "Отпуск товара" || document.operation == "Заказ товара";
    const bool is_meant = part_ == CommercePart::returns ? is_return
                          : part_ == CommercePart::sales ? is_sale
                                                         : is_return || is_sale;
    if (document.is_removed || !is_meant) {
      ++table_.passed_over;
      return;
    }
    ++table_.documents;
    if (part_ == CommercePart::sales) add_sale(document);
    if (part_ == CommercePart::returns) add_return(document);
    if (part_ == CommercePart::customers) add_customer(document);
  }

  CommerceTable finish() { return std::move(table_); }

 private:
  void add(const std::vector<std::string>& cells) { table_.text += row_of(cells); }
  void add_to_heading(const std::vector<std::string>& cells) {
    table_.text.pop_back();
    table_.text += ";" + row_of(cells);
  }

  static std::string card_in(const CommerceDocument& document) {
    return document.requisite({"НомерДисконтнойКарты", "НомерБонуснойКарты", "НомерКартыЛояльности", "ДисконтнаяКарта",
                               "БонуснаяКарта", "КартаЛояльности", "НомерКарты", "КодКарты"});
  }

  std::string card_of(const CommerceDocument& document) const {
    if (std::string card = card_in(document); !card.empty()) return card;
    const auto phone = domain::phone_e164(document.buyer.phone);
    if (!phone) return {};
    std::string found;
    for (const store::Customer& customer : store::customers_by_phone(database_, phone->e164))
      for (const store::Card& card : store::cards_of_customer(database_, customer.id)) {
        if (card.state != "active") continue;
        if (!found.empty()) return {};
        found = card.number;
      }
    return found;
  }

  void add_sale(const CommerceDocument& document) {
    const std::string card = card_of(document);
    const Sums sums = sums_of(document);
    for (std::size_t i = 0; i < document.goods.size(); ++i) {
      const CommerceDocument::Goods& goods = document.goods[i];
      const bool is_plain = number(goods.amount, 2).has_value();
      std::vector<std::string> cells = {card,
                                        document.number,
                                        document.date,
                                        document.time,
                                        goods.sku,
                                        goods.name,
                                        without_zeros(goods.quantity),
                                        is_plain ? decimal(sums.amount[i]) : goods.amount};
      if (is_history_)
        cells.insert(cells.end(), {decimal(sums.discount[i]), decimal(sums.points_money[i]),
                                   points_text(sums.earned[i]), points_text(sums.spent[i])});
      add(cells);
    }
    if (document.goods.empty())
      add({card, document.number, document.date, document.time, "", "", "1", document.amount});
  }

  /// The receipt that was sold: as the return names it, else its own number without what marks it as a return.
  static std::string sold_receipt(const CommerceDocument& document) {
    const std::size_t mark = document.number.rfind("-В");
    if (mark != std::string::npos) return document.number.substr(0, mark);
    return document.requisite({"НомерДокументаПродажи", "НомерЧекаПродажи", "ДокументОснование"});
  }

  void add_return(const CommerceDocument& document) {
    const Sums sums = sums_of(document);
    for (std::size_t i = 0; i < document.goods.size(); ++i) {
      const CommerceDocument::Goods& goods = document.goods[i];
      std::vector<std::string> cells = {
          sold_receipt(document),        document.date,           document.time,   goods.sku,
          without_zeros(goods.quantity), decimal(sums.amount[i]), document.comment};
      if (is_history_) {
        const bool is_first = i == 0;
        cells.push_back(is_first ? without_zeros(document.requisite({"БонусыВозвращено", "БаллыВозвращено"})) : "");
        cells.push_back(is_first ? without_zeros(document.requisite({"БонусыОтозвано", "БаллыОтозвано"})) : "");
      }
      add(cells);
    }
  }

  void add_customer(const CommerceDocument& document) {
    const CommerceDocument::Buyer& buyer = document.buyer;
    // 1C has a buyer for everybody who is nobody.
    const std::string folded = fold_name(buyer.name);
    if (buyer.phone.empty() && buyer.email.empty() &&
        (folded.empty() || folded.starts_with("розничный покупатель") || folded.starts_with("частное лицо")))
      return;
    const std::string row = row_of({buyer.name, buyer.phone, buyer.email, buyer.birthday, card_in(document)});
    if (people_.insert(row).second) table_.text += row;
  }

  store::Database& database_;
  CommercePart part_;
  bool is_history_;
  CommerceTable table_;
  std::set<std::string> people_;
};

}  // namespace

CommerceTable commerce_table(const Context& context, const std::string& path, CommercePart part, bool is_history) {
  TableMaker maker(context, part, is_history);
  format::each_commerce_document(path, [&maker](const CommerceDocument& document) { maker.take(document); });
  return maker.finish();
}

}  // namespace loyal::service
