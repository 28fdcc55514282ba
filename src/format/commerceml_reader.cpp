// SPDX-License-Identifier: MIT
#include "loyal/format/commerceml_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "xml_document.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t file_bytes_max = std::size_t{256} << 20U;

std::string contents(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(Fault::failed, tr("cannot read {}: {}", path, std::strerror(errno)));
  std::string bytes;
  std::string piece(1 << 16, '\0');
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
    bytes.append(piece, 0, static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > file_bytes_max)
      throw Error(Fault::usage, tr("{} has more than {} MB", visible(path), file_bytes_max >> 20U),
                  tr("let 1C write it in parts"));
  }
  return bytes;
}

bool is_true(const std::string& text) {
  return text == "true" || text == "1" || fold_name(text) == "да";
}

/// Requisites are named with blanks or without.
std::string squeezed(std::string_view text) {
  std::string folded = fold_name(text);
  std::erase(folded, ' ');
  return folded;
}

std::vector<std::pair<std::string, std::string>> discounts_of(const pugi::xml_node& node) {
  std::vector<std::pair<std::string, std::string>> result;
  for (const pugi::xml_node& discount : child_of(node, "Скидки").children()) {
    const std::string is_counted = text_of(discount, "УчтеноВСумме");
    if (local_name(discount) == "Скидка" && is_true(is_counted))
      result.emplace_back(text_of(discount, "Наименование"), text_of(discount, "Сумма"));
  }
  return result;
}

CommerceDocument::Goods goods_of(const pugi::xml_node& node) {
  CommerceDocument::Goods goods;
  goods.sku = text_of(node, "Артикул");
  if (goods.sku.empty()) goods.sku = text_of(node, "Штрихкод");
  goods.name = text_of(node, "Наименование");
  goods.price = text_of(node, "ЦенаЗаЕдиницу");
  goods.quantity = text_of(node, "Количество");
  goods.amount = text_of(node, "Сумма");
  goods.discounts = discounts_of(node);
  return goods;
}

CommerceDocument::Buyer buyer_of(const pugi::xml_node& document) {
  CommerceDocument::Buyer buyer;
  for (const pugi::xml_node& node : child_of(document, "Контрагенты").children()) {
    const std::string role = text_of(node, "Роль");
    if (local_name(node) != "Контрагент" || (!role.empty() && role != "Покупатель")) continue;
    for (const char* name : {"ПолноеНаименование", "ОфициальноеНаименование", "Наименование"})
      if (buyer.name.empty()) buyer.name = text_of(node, name);
    buyer.birthday = text_of(node, "ДатаРождения");
    for (const pugi::xml_node& contact : child_of(node, "Контакты").children()) {
      const std::string kind = fold_name(text_of(contact, "Тип"));
      std::string& target = kind.starts_with("телефон") ? buyer.phone : buyer.email;
      if (target.empty() && (kind.starts_with("телефон") || kind.find("почта") != std::string::npos))
        target = text_of(contact, "Значение");
    }
    break;
  }
  return buyer;
}

CommerceDocument document_of(const pugi::xml_node& node) {
  CommerceDocument document;
  document.number = text_of(node, "Номер");
  document.date = text_of(node, "Дата");
  document.time = text_of(node, "Время");
  document.operation = text_of(node, "ХозОперация");
  document.amount = text_of(node, "Сумма");
  document.comment = text_of(node, "Комментарий");
  document.buyer = buyer_of(node);
  document.discounts = discounts_of(node);
  for (const pugi::xml_node& goods : child_of(node, "Товары").children())
    if (local_name(goods) == "Товар") document.goods.push_back(goods_of(goods));
  for (const pugi::xml_node& requisite : child_of(node, "ЗначенияРеквизитов").children())
    document.requisites.emplace_back(text_of(requisite, "Наименование"), text_of(requisite, "Значение"));
  document.is_removed =
      is_true(document.requisite({"ПометкаУдаления", "Отменен"})) || document.requisite({"Проведен"}) == "false";
  return document;
}

}  // namespace

std::string CommerceDocument::requisite(std::initializer_list<const char*> names) const {
  for (const char* name : names)
    for (const auto& [key, value] : requisites)
      if (squeezed(key) == squeezed(name)) return value;
  return {};
}

void each_commerce_document(const std::string& path, const std::function<void(const CommerceDocument&)>& take) {
  pugi::xml_document xml;
  load_xml(xml, contents(path), path);
  const pugi::xml_node top = xml.document_element();
  if (local_name(top) != "КоммерческаяИнформация")
    throw Error(Fault::usage, tr("{} is no CommerceML: it begins with {}", visible(path), visible(top.name())));
  for (const pugi::xml_node& node : top.children()) {
    if (local_name(node) == "Документ") take(document_of(node));
    if (local_name(node) != "Контейнер") continue;
    for (const pugi::xml_node& inner : node.children())
      if (local_name(inner) == "Документ") take(document_of(inner));
  }
}

}  // namespace loyal::format
