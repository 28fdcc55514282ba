// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "loyal/base/guid.hpp"
#include "loyal/format/accounting.hpp"
#include "loyal/format/export_file.hpp"
#include "loyal/service/export_1c.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/export_1c.hpp"

namespace loyal::service {

/// What a company's things are called in 1C.
class AccountBook {
 public:
  AccountBook(const Context& context, const Export1cRequest& request, const store::Company& company);

  const store::Company& company() const { return company_; }
  format::Organization organization() const { return {company_.name, company_.inn, company_.kpp}; }
  LocalTime now() const { return now_; }
  const Guids& guids() const { return guids_; }

  /// The program's card in 1C; nothing where its points pay nothing.
  const format::LoyaltyProgram* program(ProgramId program) const;
  const std::map<ProgramId, format::LoyaltyProgram>& programs() const { return programs_; }
  std::string program_title(ProgramId program) const { return titles_.at(program); }
  const std::string& shop_name(ShopId shop) const { return shops_.at(shop).name; }
  const std::string& shop_guid(ShopId shop) const { return shops_.at(shop).guid; }

  /// The buyer: the customer, whose cards share one, or the nameless holder of a card.
  format::Counterparty counterparty(const store::CardOwner& owner) const;
  format::DiscountCard card(const store::CardOwner& owner) const;
  /// Names, GUID and VAT of goods.
  format::Goods goods(const std::string& sku, const std::string& name, const std::string& category) const;

 private:
  store::Company company_;
  Guids guids_;
  LocalTime now_;
  format::VatRate vat_;
  std::map<std::string, format::VatRate> vat_of_category_;
  std::map<ProgramId, format::LoyaltyProgram> programs_;
  std::map<ProgramId, std::string> titles_;
  struct ShopNames {
    std::string guid, name;
  };
  std::map<ShopId, ShopNames> shops_;
};

/// The XML file of an export, or with a dry run none.
class XmlOutput {
 public:
  XmlOutput(const Context& context, const Export1cRequest& request, LocalTime now);

  format::XmlWriter& xml() { return xml_; }
  /// Called between two objects: where a part is full, ends it and begins the next.
  void divide(const std::function<void()>& end, const std::function<void()>& begin);
  /// Puts the files in their places.
  void commit(Export1cReport& report);

 private:
  std::optional<format::ExportFile> file_;
  bool is_split_;
  format::XmlWriter xml_;
};

/// What all three forms are given.
struct Export1cWork {
  const Context& context;
  const Export1cRequest& request;
  const store::AccountingFilter& filter;
  const AccountBook& book;
  const Progress& progress;
};

/// Each writes its form and counts; the file is put in its place when `commit` is called.
std::function<void()> write_enterprise_data(const Export1cWork& work, Export1cReport& report);
std::function<void()> write_commerceml(const Export1cWork& work, Export1cReport& report);
std::function<void()> write_loading_table(const Export1cWork& work, Export1cReport& report);

}  // namespace loyal::service
