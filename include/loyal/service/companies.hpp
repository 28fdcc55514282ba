// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "loyal/format/look.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/company.hpp"

namespace loyal::service {

/// A company as it was typed.
struct CompanyRequest {
  std::string name, slug, inn, ogrn, kpp, email, phone, address;
  std::string zone = "Europe/Moscow";
};

/// What `company edit` changes; an absent field stays.
struct CompanyEdit {
  std::string company;
  std::optional<std::string> name, slug, inn, ogrn, kpp, email, phone, address, zone;
  std::optional<std::string> logo = {};                     ///< a PNG or JPEG file
  std::optional<std::string> colour = {}, background = {};  ///< of what the company prints
};

struct ShopRequest {
  std::string name, slug, address, zone;
};

/// Registers a company, pending until confirmed, with one shop of the same name.
store::Company add_company(const Context& context, const CompanyRequest& request);
store::Company edit_company(const Context& context, const CompanyEdit& edit);
/// How what the company prints looks.
format::Look company_look(store::Database& database, CompanyId company);
/// Says that the registration has been checked; a confirmed company stays confirmed.
store::Company confirm_company(const Context& context, const std::string& company);
/// Adds a shop to the context's company.
store::Shop add_shop(const Context& context, const ShopRequest& request);

}  // namespace loyal::service
