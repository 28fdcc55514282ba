// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

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
};

struct ShopRequest {
  std::string name, slug, address, zone;
};

/// Registers a company, pending until confirmed, with one shop of the same name.
store::Company add_company(const Context& context, const CompanyRequest& request);
store::Company edit_company(const Context& context, const CompanyEdit& edit);
/// Says that the registration has been checked; a confirmed company stays confirmed.
store::Company confirm_company(const Context& context, const std::string& company);
/// Adds a shop to the context's company.
store::Shop add_shop(const Context& context, const ShopRequest& request);

}  // namespace loyal::service
