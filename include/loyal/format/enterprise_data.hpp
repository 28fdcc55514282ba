// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/format/accounting.hpp"
#include "loyal/format/xml_writer.hpp"

namespace loyal::format {

/// The versions of 1C's EnterpriseData that are written: the one that every configuration reads, and one that has the
/// VAT rates of 2026.
enum class EnterpriseDataVersion { v1_8, v1_20 };

/// Whether a version has this rate: before 1.17 rates are a fixed list.
bool has_vat_rate(EnterpriseDataVersion version, VatRate rate);

/// A report of retail sales of one shop and day, or of what came back on it.
struct RetailReport {
  std::string guid, number;
  LocalTime at;
  std::string shop_guid, shop;
  std::optional<Money> paid;  ///< nothing where 1C is to count it
  bool has_vat = false;
  std::string comment;
};

/// Goods that came back, with the purchase and its report.
struct ReturnedGoods {
  Goods goods;
  std::string receipt;
  LocalTime sold_at;
  std::string report_guid, report_number;
  LocalTime report_at;
};

/// Points of a card, aggregated.
struct CardPoints {
  const DiscountCard* card = nullptr;
  Points points;
  std::optional<Date> usable_from, valid_through;
};

/// Writes an EnterpriseData message object by object; the parts of a report come in the order of their functions.
class EnterpriseDataWriter {
 public:
  EnterpriseDataWriter(XmlWriter& xml, EnterpriseDataVersion version, Organization organization);

  void begin_message(Instant created);
  void end_message();

  void counterparty(const Counterparty& counterparty);
  void program(const LoyaltyProgram& program);
  void card(const DiscountCard& card);

  void begin_report(const RetailReport& report);
  void sold(const Goods& goods);
  void returned(const ReturnedGoods& goods);
  void paid_by_gift_card(const std::string& number, Money amount);
  void sold_gift_card(const std::string& number, Money amount);
  void given(const CardPoints& points);
  void paid_by_points(const CardPoints& points);
  void end_report();

 private:
  bool is_old() const { return version_ == EnterpriseDataVersion::v1_8; }
  void begin_row(std::string_view section);
  void end_section();
  void comment(const std::string& text);
  void currency(std::string_view name);
  void owner_key(const Counterparty& counterparty);
  void program_key(const LoyaltyProgram& program);
  void card_key(const DiscountCard& card);
  void organization();
  void goods_head(const Goods& goods);
  void vat(const Goods& goods);
  void contact(std::string_view kind, std::string_view shown, std::string_view type,
               const std::vector<std::pair<std::string_view, std::string_view>>& attributes);
  void gift_row(std::string_view section, const std::string& number, Money amount);
  void points_row(std::string_view section, const CardPoints& points, bool with_days);

  XmlWriter& xml_;
  EnterpriseDataVersion version_;
  Organization organization_;
  std::string contact_text_;
  std::unique_ptr<XmlWriter> contact_xml_;
  std::string_view section_;
  std::int64_t row_ = 0;
  std::string report_comment_;
};

}  // namespace loyal::format
