// SPDX-License-Identifier: MIT
#include "loyal/service/customers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/phone.hpp"
#include "loyal/domain/registration.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

std::string checked_phone(const std::string& text) {
  if (trim(text).empty()) return {};
  const auto phone = domain::phone_e164(text);
  if (!phone)
    throw Error(Fault::usage, tr("\"{}\" is not a telephone number", visible(text)),
                tr("write it as +7 916 123-45-67"));
  return phone->e164;
}

std::optional<Date> checked_birthday(const std::string& text, Date today) {
  if (trim(text).empty()) return std::nullopt;
  const Date birthday = parse_date(text, today);
  if (birthday > today) throw Error(Fault::usage, tr("the birthday {} has not come yet", to_string(birthday)));
  return birthday;
}

std::string checked_text(const std::string& text) {
  if (!is_utf8(text)) throw Error(Fault::usage, tr("\"{}\" is not UTF-8", visible(text)));
  return tidy_name(text);
}

void require_identity(const store::Customer& customer) {
  if (customer.name.empty() && customer.phone.empty() && customer.email.empty())
    throw Error(Fault::usage, tr("a customer needs a name, a phone or an e-mail address"),
                "loyal customer add --name \"Анна\" --phone \"+7 916 123-45-67\"");
}

/// The ordinal under which a phone can be kept: zero, or the next one when a second use is forced.
std::int64_t phone_ordinal(store::Database& database, const store::Customer& customer, bool force) {
  if (customer.phone.empty()) return 0;
  std::int64_t ordinal = 0;
  for (const store::Customer& other : store::customers_by_phone(database, customer.phone)) {
    if (other.company != customer.company || other.id == customer.id) continue;
    if (!force)
      throw Error(Fault::conflict,
                  tr("the phone {} belongs to {} already", customer.phone,
                     other.name.empty() ? fmt::format("#{}", other.id.value) : visible(other.name)),
                  tr("look at that customer: {}", "loyal customer show " + customer.phone));
    ordinal = std::max(ordinal, other.phone_ordinal + 1);
  }
  return ordinal;
}

store::Consent checked_consent(const std::string& text) {
  const auto colon = text.find(':');
  store::Consent consent;
  consent.kind = text.substr(0, colon);
  if (colon != std::string::npos) consent.channel = text.substr(colon + 1);
  const bool has_channel = consent.kind == "advertising";
  const bool is_known = consent.kind == "data" || consent.kind == "sharing" || has_channel;
  if (!is_known || (!consent.channel.empty() && !has_channel))
    throw Error(Fault::usage, tr("\"{}\" is no kind of consent", visible(text)),
                tr("use data, advertising, advertising:sms or sharing"));
  return consent;
}

store::Customer replayed(const Context& context, OperationId operation) {
  for (const store::ChangeRow& change : store::changes_of_operation(context.store, operation))
    if (change.subject == "customer") return store::customer(context.store, {change.subject_id}).value();
  throw Error(Fault::conflict, tr("key \"{}\" belongs to another operation", context.key));
}

/// What of a typed text a phone as it is kept has in it.
std::string searched(const std::string& text) {
  if (const auto phone = domain::phone_e164(text)) return phone->e164;
  if (text.find_first_not_of("0123456789 ()-+") != std::string::npos) return text;
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char letter) { return letter >= '0' && letter <= '9'; });
  return digits.empty() ? text : digits;
}

}  // namespace

store::Customer checked_customer(const CustomerRequest& request, CompanyId company, Date today) {
  store::Customer customer;
  customer.company = company;
  customer.name = checked_text(request.name);
  customer.phone = checked_phone(request.phone);
  if (!trim(request.email).empty()) customer.email = domain::check_email(request.email);
  customer.birthday = checked_birthday(request.birthday, today);
  customer.tags = checked_text(request.tags);
  customer.note = checked_text(request.note);
  require_identity(customer);
  return customer;
}

std::vector<store::Consent> checked_consents(const Context& context, const std::vector<std::string>& texts) {
  std::vector<store::Consent> consents;
  for (const std::string& text : texts) {
    consents.push_back(checked_consent(text));
    consents.back().at = to_string(context.now);
    consents.back().place = context.shop;
    consents.back().operator_name = context.operator_name;
  }
  return consents;
}

store::Customer add_checked(store::Journal& journal, store::Customer customer, bool force) {
  customer.phone_ordinal = phone_ordinal(journal.database(), customer, force);
  customer.id = store::add_customer(journal, customer);
  return customer;
}

store::Customer add_customer(const Context& context, const CustomerRequest& request) {
  InputDigest digest(context);
  digest.add(request.name, request.phone, request.email, request.birthday, request.tags, request.note, request.force);
  for (const std::string& consent : request.consents) digest.add(consent);
  const store::Company company = find_company(context.store, context.company);
  const Date today = Zone(company.zone).local(context.now).date;
  std::vector<store::Consent> consents = checked_consents(context, request.consents);
  Operation operation(context, "customer add", digest.finish());
  if (operation.replayed()) return replayed(context, operation.replayed());
  const store::Customer customer =
      add_checked(operation.journal(), checked_customer(request, company.id, today), request.force);
  for (store::Consent& consent : consents) {
    consent.customer = customer.id;
    store::add_consent(operation.journal(), consent);
  }
  operation.commit();
  return customer;
}

store::Customer edit_customer(const Context& context, const CustomerEdit& edit) {
  InputDigest digest(context);
  digest.add(edit.customer, edit.name, edit.phone, edit.email, edit.birthday, edit.tags, edit.note, edit.force);
  Operation operation(context, "customer edit", digest.finish());
  if (operation.replayed()) return replayed(context, operation.replayed());
  store::Customer customer = find_customer(context.store, edit.customer);
  const store::Company company = store::company(context.store, customer.company).value();
  if (edit.name) customer.name = checked_text(*edit.name);
  if (edit.phone) {
    customer.phone = checked_phone(*edit.phone);
    customer.phone_ordinal = phone_ordinal(context.store, customer, edit.force);
  }
  if (edit.email) customer.email = trim(*edit.email).empty() ? std::string{} : domain::check_email(*edit.email);
  if (edit.birthday) customer.birthday = checked_birthday(*edit.birthday, Zone(company.zone).local(context.now).date);
  if (edit.tags) customer.tags = checked_text(*edit.tags);
  if (edit.note) customer.note = checked_text(*edit.note);
  require_identity(customer);
  store::update_customer(operation.journal(), customer);
  operation.commit();
  return customer;
}

bool agrees_to_advertising(const std::vector<store::Consent>& consents, const std::string& channel) {
  std::map<std::string, bool> newest;
  for (const store::Consent& consent : consents)
    if (consent.kind == "advertising") newest[consent.channel] = consent.given;
  if (channel.empty()) return std::any_of(newest.begin(), newest.end(), [](const auto& word) { return word.second; });
  const auto own = newest.find(channel);
  return own != newest.end() ? own->second : newest[""];
}

void each_customer(store::Database& database, const std::string& text,
                   const std::function<void(const store::Customer&, std::int64_t)>& take) {
  store::each_customer(database, searched(text), take);
}

}  // namespace loyal::service
