// SPDX-License-Identifier: MIT
#include "loyal/format/commerceml.hpp"

// The names of elements, their order and the longest texts are those of the schema.
namespace loyal::format {
namespace {

constexpr std::size_t text_characters = 255;
constexpr std::size_t comment_characters = 3000;
constexpr std::size_t value_characters = 1000;

std::string_view short_text(std::string_view text) {
  return first_characters(text, text_characters);
}

}  // namespace

void CommerceMlWriter::begin_file(LocalTime created) {
  xml_.start();
  xml_.open("КоммерческаяИнформация");
  xml_.attribute("xmlns", "urn:1C.ru:commerceml_2");
  xml_.attribute("xmlns:xs", "http://www.w3.org/2001/XMLSchema");
  xml_.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  xml_.attribute("ВерсияСхемы", "2.10");
  xml_.attribute("ДатаФормирования", to_string(created));
}

void CommerceMlWriter::end_file() {
  xml_.close("КоммерческаяИнформация");
}

void CommerceMlWriter::contact(std::string_view type, const std::string& value) {
  xml_.open("Контакт");
  xml_.element("Тип", type);
  xml_.element("Значение", short_text(value));
  xml_.close("Контакт");
}

void CommerceMlWriter::buyer(const Counterparty& buyer) {
  xml_.open("Контрагенты");
  xml_.open("Контрагент");
  xml_.element("Ид", buyer.guid);
  xml_.element("Наименование", short_text(buyer.name));
  xml_.element("ПолноеНаименование", short_text(buyer.name));
  if (buyer.birthday) xml_.element("ДатаРождения", to_string(*buyer.birthday));
  if (!buyer.phone.empty() || !buyer.email.empty()) {
    xml_.open("Контакты");
    if (!buyer.phone.empty()) contact("Телефон мобильный", buyer.phone);
    if (!buyer.email.empty()) contact("Почта", buyer.email);
    xml_.close("Контакты");
  }
  xml_.element("Роль", "Покупатель");
  xml_.close("Контрагент");
  xml_.close("Контрагенты");
}

void CommerceMlWriter::discount(std::string_view name, Money amount) {
  xml_.open("Скидка");
  xml_.element("Наименование", short_text(name));
  xml_.decimal("Сумма", amount.count, 2);
  xml_.element("УчтеноВСумме", "true");
  xml_.close("Скидка");
}

void CommerceMlWriter::goods(const Goods& goods) {
  xml_.open("Товар");
  xml_.element("Ид", goods.guid);
  if (is_barcode(goods.sku)) xml_.element("Штрихкод", goods.sku);
  if (!goods.sku.empty()) xml_.element("Артикул", short_text(goods.sku));
  xml_.element("Наименование", short_text(goods.name));
  xml_.open("БазоваяЕдиница");
  xml_.attribute("Код", "796");
  xml_.attribute("НаименованиеПолное", "Штука");
  xml_.attribute("МеждународноеСокращение", "PCE");
  xml_.text("шт");
  xml_.close("БазоваяЕдиница");
  if (goods.price) xml_.decimal("ЦенаЗаЕдиницу", goods.price->count, 2);
  if (goods.quantity.count % 1000 == 0)
    xml_.number("Количество", goods.quantity.count / 1000);
  else
    xml_.decimal("Количество", goods.quantity.count, 3);
  xml_.decimal("Сумма", goods.paid.count, 2);
  if (goods.discount.count != 0) {
    xml_.open("Скидки");
    discount("Скидка", goods.discount);
    xml_.close("Скидки");
  }
  xml_.close("Товар");
}

void CommerceMlWriter::tail(const TradeDocument& document) {
  xml_.open("Склады");
  xml_.open("Склад");
  xml_.element("Ид", document.shop_guid);
  xml_.element("Наименование", short_text(document.shop));
  xml_.close("Склад");
  xml_.close("Склады");
  xml_.open("Товары");
  for (const Goods& item : document.goods) goods(item);
  xml_.close("Товары");
  if (document.requisites.empty()) return;
  xml_.open("ЗначенияРеквизитов");
  for (const auto& [name, value] : document.requisites) {
    xml_.open("ЗначениеРеквизита");
    xml_.element("Наименование", short_text(name));
    xml_.element("Значение", first_characters(value, value_characters));
    xml_.close("ЗначениеРеквизита");
  }
  xml_.close("ЗначенияРеквизитов");
}

void CommerceMlWriter::document(const TradeDocument& document) {
  if (with_container_) xml_.open("Контейнер");
  xml_.open("Документ");
  xml_.element("Ид", document.guid);
  xml_.element("Номер", short_text(document.number));
  const std::string at = to_string(document.at);
  xml_.element("Дата", std::string_view(at).substr(0, 10));
  xml_.element("ХозОперация", document.operation);
  xml_.element("Роль", "Продавец");
  xml_.element("Валюта", "RUB");
  xml_.element("Курс", "1");
  xml_.decimal("Сумма", document.paid.count, 2);
  buyer(document.buyer);
  xml_.element("Время", std::string_view(at).substr(11));
  if (!document.comment.empty()) xml_.element("Комментарий", first_characters(document.comment, comment_characters));
  if (!document.discounts.empty()) {
    xml_.open("Скидки");
    for (const auto& [name, amount] : document.discounts) discount(name, amount);
    xml_.close("Скидки");
  }
  tail(document);
  xml_.close("Документ");
  if (with_container_) xml_.close("Контейнер");
}

}  // namespace loyal::format
