// SPDX-License-Identifier: MIT
#include "loyal/service/companies.hpp"

#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/phone.hpp"
#include "loyal/domain/registration.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/store/company_look.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

/// Without the logo, which takes time to read.
format::Look look_of(const store::CompanyLook& kept) {
  format::Look look;
  if (!kept.colour.empty()) look.colour = format::colour_of(kept.colour);
  if (!kept.background.empty()) look.background = format::colour_of(kept.background);
  return look;
}

/// Checks every field against the others, and writes each as it is kept.
void check(store::Company& company) {
  company.name = tidy_name(company.name);
  if (company.name.empty()) throw Error(Fault::usage, tr("a company needs a name"), tr("give one with --name"));
  if (company.slug.empty()) company.slug = slug_of(company.name);
  domain::check_slug(company.slug);
  const domain::Registration registration = domain::check_registration(company.inn, company.ogrn, company.kpp);
  company.inn = registration.inn;
  company.ogrn = registration.ogrn;
  company.kpp = registration.kpp;
  if (!company.email.empty()) company.email = domain::check_email(company.email);
  if (!company.phone.empty()) {
    const auto phone = domain::phone_e164(company.phone);
    if (!phone)
      throw Error(Fault::usage, tr("\"{}\" is not a telephone number", visible(company.phone)),
                  tr("write it as +7 916 123-45-67"));
    company.phone = phone->e164;
  }
  company.address = tidy_name(company.address);
  company.zone = Zone(company.zone).name();
}

void require_free(store::Database& database, const store::Company& company) {
  for (const store::Company& other : store::companies(database)) {
    if (other.id == company.id) continue;
    if (other.inn == company.inn)
      throw Error(Fault::conflict, tr("the company {} with INN {} is registered already", other.slug, other.inn),
                  fmt::format("loyal company show {}", other.slug));
    if (other.slug == company.slug)
      throw Error(Fault::conflict, tr("the slug \"{}\" belongs to the company {}", company.slug, visible(other.name)),
                  tr("choose another with --slug"));
  }
}

store::Company replayed(const Context& context, OperationId operation) {
  for (const store::ChangeRow& change : store::changes_of_operation(context.store, operation))
    if (change.subject == "company") return store::company(context.store, {change.subject_id}).value();
  throw Error(Fault::conflict, tr("key \"{}\" belongs to another operation", context.key));
}

store::Blob digest_of(const Context& context, const store::Company& company) {
  return InputDigest(context)
      .add(company.slug, company.name, company.inn, company.ogrn, company.kpp, company.email, company.phone,
           company.address, company.zone)
      .finish();
}

void apply(std::string& field, const std::optional<std::string>& value) {
  if (value) field = *value;
}

}  // namespace

store::Company add_company(const Context& context, const CompanyRequest& request) {
  store::Company company;
  company.name = request.name;
  company.slug = request.slug;
  company.inn = request.inn;
  company.ogrn = request.ogrn;
  company.kpp = request.kpp;
  company.email = request.email;
  company.phone = request.phone;
  company.address = request.address;
  company.zone = request.zone;
  check(company);
  Operation operation(context, "company add", digest_of(context, company));
  if (operation.replayed()) return replayed(context, operation.replayed());
  require_free(context.store, company);
  company.id = store::add_company(operation.journal(), company);
  store::add_shop(operation.journal(),
                  {{}, company.id, company.slug, company.name, company.address, company.zone, "active"});
  operation.commit();
  return company;
}

store::Company edit_company(const Context& context, const CompanyEdit& edit) {
  // A file that is no logo is told from one before anything else is done.
  const std::string logo = edit.logo.value_or("").empty() ? std::string{} : format::logo_bytes(*edit.logo);
  InputDigest digest(context);
  digest.add(edit.company, edit.name, edit.slug, edit.inn, edit.ogrn, edit.kpp, edit.email, edit.phone, edit.address,
             edit.zone);
  if (edit.logo || edit.colour || edit.background) digest.add(logo, edit.colour, edit.background);
  Operation operation(context, "company edit", digest.finish());
  if (operation.replayed()) return replayed(context, operation.replayed());
  store::Company company = find_company(context.store, edit.company);
  apply(company.name, edit.name);
  apply(company.slug, edit.slug);
  apply(company.inn, edit.inn);
  apply(company.ogrn, edit.ogrn);
  apply(company.kpp, edit.kpp);
  apply(company.email, edit.email);
  apply(company.phone, edit.phone);
  apply(company.address, edit.address);
  apply(company.zone, edit.zone);
  check(company);
  require_free(context.store, company);
  store::update_company(operation.journal(), company);
  if (edit.logo || edit.colour || edit.background) {
    store::CompanyLook look = store::company_look(context.store, company.id);
    if (edit.logo) look.logo = logo;
    const auto apply_colour = [](std::string& colour, const std::optional<std::string>& wanted) {
      if (wanted) colour = wanted->empty() ? std::string{} : format::to_string(format::colour_of(*wanted));
    };
    apply_colour(look.colour, edit.colour);
    apply_colour(look.background, edit.background);
    format::require_seen(look_of(look));
    store::update_company_look(operation.journal(), company.id, look);
  }
  operation.commit();
  return company;
}

format::Look company_look(store::Database& database, CompanyId company) {
  const store::CompanyLook kept = store::company_look(database, company);
  format::Look look = look_of(kept);
  if (!kept.logo.empty()) look.logo = format::logo_of(kept.logo, tr("kept with the company"));
  return look;
}

store::Company confirm_company(const Context& context, const std::string& text) {
  Operation operation(context, "company confirm", InputDigest(context).add(text).finish());
  if (operation.replayed()) return replayed(context, operation.replayed());
  store::Company company = find_company(context.store, text);
  if (company.state == "closed")
    throw Error(Fault::refused, tr("the company {} is closed", company.slug), "loyal company list");
  if (company.state == "active") return company;
  company.state = "active";
  store::update_company(operation.journal(), company);
  operation.commit();
  return company;
}

store::Shop add_shop(const Context& context, const ShopRequest& request) {
  Operation operation(
      context, "shop add",
      InputDigest(context).add(context.company, request.name, request.slug, request.address, request.zone).finish());
  if (operation.replayed()) {
    for (const store::ChangeRow& change : store::changes_of_operation(context.store, operation.replayed()))
      if (change.subject == "shop") return store::shop(context.store, {change.subject_id}).value();
  }
  const store::Company company = find_company(context.store, context.company);
  store::Shop shop;
  shop.company = company.id;
  shop.name = tidy_name(request.name);
  if (shop.name.empty()) throw Error(Fault::usage, tr("a shop needs a name"), tr("give one with --name"));
  shop.slug = request.slug.empty() ? slug_of(shop.name) : request.slug;
  domain::check_slug(shop.slug);
  shop.address = tidy_name(request.address);
  shop.zone = request.zone.empty() ? company.zone : Zone(request.zone).name();
  for (const store::Shop& other : store::shops(context.store, company.id))
    if (other.slug == shop.slug)
      throw Error(Fault::conflict, tr("the company has a shop \"{}\" already", shop.slug),
                  tr("choose another slug with --slug"));
  shop.id = store::add_shop(operation.journal(), shop);
  operation.commit();
  return shop;
}

}  // namespace loyal::service
