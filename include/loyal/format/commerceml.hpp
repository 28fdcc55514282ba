// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loyal/format/accounting.hpp"
#include "loyal/format/xml_writer.hpp"

namespace loyal::format {

/// A purchase or a return as a document of CommerceML.
struct TradeDocument {
  std::string guid, number;
  std::string operation;  ///< as the schema names it: "Отпуск товара"
  LocalTime at;
  Money paid;
  Counterparty buyer;
  std::string comment;
  std::vector<std::pair<std::string, Money>> discounts;
  std::string shop_guid, shop;
  std::vector<Goods> goods;
  std::vector<std::pair<std::string, std::string>> requisites;  ///< what the format has no element for
};

/// Writes documents of CommerceML 2.10.
class CommerceMlWriter {
 public:
  /// With a container, each document stands in an element of its own, as newer site modules want it.
  CommerceMlWriter(XmlWriter& xml, bool with_container) : xml_(xml), with_container_(with_container) {}

  void begin_file(LocalTime created);
  void document(const TradeDocument& document);
  void end_file();

 private:
  void buyer(const Counterparty& buyer);
  void contact(std::string_view type, const std::string& value);
  void goods(const Goods& goods);
  void discount(std::string_view name, Money amount);
  void tail(const TradeDocument& document);

  XmlWriter& xml_;
  bool with_container_;
};

}  // namespace loyal::format
