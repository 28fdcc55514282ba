// SPDX-License-Identifier: MIT
#include <map>

#include "loyal/base/text.hpp"
#include "loyal/service/import_rows.hpp"

namespace loyal::service {

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
       {"at",          "datetime",     "date time", "timestamp",    "дата и время",  "дата время", "date",
        "дата",        "дата покупки", "дата чека", "дата продажи", "purchase date", "sale date",  "invoice date",
        "invoicedate", "order date",   "day",       "день",         "time",          "время"},
       true},
      {"amount",
       {"amount", "total", "sum", "сумма", "итого", "итог", "всего", "сумма чека", "сумма покупки", "сумма продажи",
        "к оплате", "стоимость", "dollar value", "value", "sales", "revenue", "выручка"},
       true,
       "price"},
      {"time", {"time", "время", "время чека", "время покупки"}, false},
      {"receipt",
       {"receipt",     "receipt number", "receipt no", "receipt id",      "чек",   "номер чека",  "no чека",
        "invoice",     "invoice number", "invoice no", "invoiceno",       "bill",  "order",       "order id",
        "transaction", "transaction id", "документ",   "номер документа", "заказ", "номер заказа"},
       false},
      {"till", {"till", "касса", "номер кассы", "no кассы", "register", "pos", "terminal", "ккм", "терминал"}, false},
      {"type", {"type", "row type", "тип", "тип чека", "вид операции", "тип операции", "операция"}, false},
      {"sku", {"sku", "item code", "product code", "article", "артикул", "код товара", "stockcode", "plu"}, false},
      {"name",
       {"product", "product name", "item", "item name", "product description", "goods", "товар", "наименование товара",
        "наименование", "номенклатура", "название товара", "название"},
       false},
      {"category", {"category", "department", "категория", "группа товаров", "отдел"}, false},
      {"quantity", {"quantity", "qty", "количество", "кол во", "кол"}, false},
      {"price", {"price", "unit price", "unitprice", "цена", "цена за единицу"}, false},
  };
  return fields;
}

const std::vector<ImportField>& sale_history_fields() {
  static const std::vector<ImportField> fields = [] {
    std::vector<ImportField> all = sale_fields();
    const std::vector<ImportField> more = {
        {"discount", {"discount", "discount amount", "скидка", "сумма скидки"}, false},
        {"points_money",
         {"points money", "paid with points", "paid by points", "оплачено баллами", "оплачено бонусами",
          "оплата баллами", "оплата бонусами"},
         false},
        {"paid", {"paid", "paid with money", "оплачено", "оплачено деньгами"}, false},
        {"gifts",
         {"gifts", "gift cards", "paid with gift cards", "подарочные карты", "оплачено подарочными картами"},
         false},
        {"earned",
         {"earned", "points earned", "bonus earned", "начислено", "начислено баллов", "начислено бонусов",
          "баллов начислено", "бонусов начислено"},
         false},
        {"spent",
         {"spent", "points spent", "bonus spent", "списано", "списано баллов", "списано бонусов", "баллов списано",
          "бонусов списано"},
         false},
        {"usable_from", {"usable from", "points usable from", "доступны с", "действуют с"}, false},
        {"valid_through",
         {"valid through", "points valid through", "valid until", "expires", "действуют до", "сгорают",
          "дата сгорания"},
         false},
    };
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }();
  return fields;
}

std::optional<RowKind> row_kind(std::string_view text) {
  static const std::map<std::string, RowKind> words = {
      {"", RowKind::sale},
      {"sale", RowKind::sale},
      {"purchase", RowKind::sale},
      {"receipt", RowKind::sale},
      {"продажа", RowKind::sale},
      {"покупка", RowKind::sale},
      {"чек", RowKind::sale},
      {"приход", RowKind::sale},
      {"отпуск товара", RowKind::sale},
      {"return", RowKind::sale_return},
      {"refund", RowKind::sale_return},
      {"возврат", RowKind::sale_return},
      {"возврат товара", RowKind::sale_return},
      {"возврат прихода", RowKind::sale_return},
  };
  const auto found = words.find(fold_name(text));
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace loyal::service
