// SPDX-License-Identifier: MIT
#include "loyal/service/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/domain/phone.hpp"

namespace loyal::service {
namespace {

constexpr int candidates_shown = 5;

/// Finds by slug, then by folded name; `kind` is what messages call it.
template <class Row, class Name>
Row pick(const std::vector<Row>& rows, const std::string& text, Name name, const char* none, const char* several,
         const char* unknown, const std::string& add) {
  std::string slugs;
  for (const Row& row : rows) slugs += (slugs.empty() ? "" : ", ") + row.slug;
  if (text.empty()) {
    if (rows.empty()) throw Error(Fault::not_found, tr(none), add);
    if (rows.size() == 1) return rows.front();
    throw Error(Fault::usage, tr(several, slugs));
  }
  const std::string key = fold_name(text);
  const Row* found = nullptr;
  for (const Row& row : rows) {
    if (row.slug == text) return row;
    if (fold_name(name(row)) != key) continue;
    if (found != nullptr) throw Error(Fault::usage, tr(several, slugs));
    found = &row;
  }
  if (found != nullptr) return *found;
  throw Error(Fault::not_found, tr(unknown, visible(text)), slugs.empty() ? add : tr("there are: {}", slugs));
}

std::string candidate_list(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < candidates_shown; ++i) text += (i == 0 ? "" : "; ") + words[i];
  return text;
}

/// `#12`, or 12 as lists show it; longer numbers are telephones.
std::optional<CustomerId> customer_number(std::string_view text) {
  constexpr std::size_t digits_max = 7;
  const bool is_marked = text.starts_with('#');
  const std::string_view digits = is_marked ? text.substr(1) : text;
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  if (error != std::errc{} || end != digits.data() + digits.size() || id < 1 ||
      (!is_marked && digits.size() > digits_max))
    return std::nullopt;
  return CustomerId{id};
}

std::string customer_words(const store::Customer& customer) {
  const std::string name = customer.name.empty() ? fmt::format("#{}", customer.id.value) : visible(customer.name);
  return customer.phone.empty() ? name : name + " " + customer.phone;
}

std::vector<CardCandidate> cards_with_holder(store::Database& database, const std::vector<store::Customer>& customers,
                                             int limit) {
  std::vector<CardCandidate> result;
  for (const store::Customer& customer : customers)
    for (const store::Card& card : store::cards_of_customer(database, customer.id))
      if (result.size() < static_cast<std::size_t>(limit))
        result.push_back({card, fmt::format("{} {}", card.number, customer_words(customer))});
  return result;
}

/// Digits that are no telephone.
bool is_number(const std::string& text) {
  return text.find_first_not_of("0123456789 -.,") == std::string::npos && !domain::phone_e164(text);
}

bool looks_like_amount(const std::string& text) {
  constexpr std::size_t digits_max = 5;
  return is_number(text) && (text.size() <= digits_max || text.find_first_of(".,") != std::string::npos);
}

/// Those who go by it still, else those who went by it before they were merged, as the customers that they became.
std::vector<store::Customer> or_merged(store::Database& database, std::vector<store::Customer> found,
                                       const std::string& text) {
  if (!found.empty()) return found;
  for (const store::Customer& former : store::merged_customers(database, text)) {
    const auto now = store::customer_in_use(database, former);
    const bool is_there =
        std::any_of(found.begin(), found.end(), [&now](const store::Customer& other) { return other.id == now.id; });
    if (now.state == "active" && !is_there) found.push_back(now);
  }
  return found;
}

}  // namespace

void refuse_withdrawn(store::Database& database, const store::Card& card, std::string_view command) {
  const auto link = store::link_from(database, card.id);
  if (!link) throw Error(Fault::refused, tr("card {} was withdrawn", card.number), "loyal card list");
  const store::Card next = store::card(database, store::card_in_use(database, card.id)).value();
  throw Error(Fault::refused,
              link->kind == "merge" ? tr("card {} was merged into {}", card.number, next.number)
                                    : tr("card {} was replaced by {}", card.number, next.number),
              fmt::format(fmt::runtime(command), next.number), {{"replaced_by", next.number}});
}

void require_active(store::Database& database, const store::Card& card, std::string_view command) {
  if (card.state == "withdrawn") refuse_withdrawn(database, card, command);
  if (card.state != "blocked") return;
  const std::string reason = card.state_reason.empty() ? std::string{} : tr(" ({})", visible(card.state_reason));
  throw Error(Fault::refused, tr("card {} is blocked{}", card.number, reason),
              fmt::format("loyal card unblock {}", card.number));
}

std::string code_of(const std::string& number) {
  return domain::fold_code(number);
}

store::Company find_company(store::Database& database, const std::string& text) {
  return pick(
      store::companies(database), text, [](const store::Company& company) { return company.name; },
      N_("no company is registered yet"), N_("which company? name one with --company: {}"),
      N_("there is no company \"{}\""), "loyal company add --inn 7707083893 --ogrn 1027700132195 --name \"Зерно\"");
}

store::Shop find_shop(store::Database& database, CompanyId company, const std::string& text) {
  std::vector<store::Shop> shops = store::shops(database, company);
  std::erase_if(shops, [](const store::Shop& shop) { return shop.state != "active"; });
  return pick(
      shops, text, [](const store::Shop& shop) { return shop.name; }, N_("the company has no shop"),
      N_("which shop? name one with --shop: {}"), N_("there is no shop \"{}\""), "loyal shop list");
}

store::ProgramRow find_program(store::Database& database, const std::string& text) {
  std::vector<store::ProgramRow> programs = store::programs(database);
  if (text.empty()) std::erase_if(programs, [](const store::ProgramRow& program) { return program.state != "active"; });
  return pick(
      programs, text, [](const store::ProgramRow& program) { return program.title; },
      N_("there is no card program yet"), N_("which program? there are: {}"), N_("there is no program \"{}\""),
      "loyal program add bonus --slug coffee --earn 5%");
}

std::vector<store::Customer> customer_candidates(store::Database& database, const std::string& text, int limit) {
  if (const auto id = customer_number(text)) {
    auto customer = store::customer(database, *id);
    if (customer) customer = store::customer_in_use(database, *customer);
    if (customer && customer->state == "active") return {*customer};
    return {};
  }
  if (const auto phone = domain::phone_e164(text))
    return or_merged(database, store::customers_by_phone(database, phone->e164), phone->e164);
  if (text.find('@') != std::string::npos) return or_merged(database, store::customers_by_email(database, text), text);
  auto found = or_merged(database, store::customers_by_name(database, text, limit), text);
  const std::string key = fold_name(text);
  for (const store::Customer& customer : found)
    if (fold_name(customer.name) == key &&
        std::count_if(found.begin(), found.end(),
                      [&key](const store::Customer& other) { return fold_name(other.name) == key; }) == 1)
      return {customer};
  return found;
}

store::Customer find_customer(store::Database& database, const std::string& text) {
  const auto found = customer_candidates(database, text, candidates_shown + 1);
  if (found.size() == 1) return found.front();
  if (found.empty())
    throw Error(Fault::not_found, tr("there is no customer \"{}\"", visible(text)), fmt::format("loyal customer list"));
  std::vector<std::string> words;
  for (const store::Customer& customer : found)
    words.push_back(fmt::format("#{} {}", customer.id.value, customer_words(customer)));
  throw Error(Fault::usage, tr("\"{}\" may be several customers: {}", visible(text), candidate_list(words)),
              tr("name one by phone, or by its number: #{}", found.front().id.value));
}

std::vector<CardCandidate> card_candidates(store::Database& database, const std::string& text, int limit) {
  if (const auto card = store::card_by_code(database, code_of(text))) return {{*card, card->number}};
  const std::string_view digits = trim(text);
  // A bare number is a card or a telephone, never a name.
  if (const auto phone = domain::phone_e164(digits))
    return cards_with_holder(database,
                             or_merged(database, store::customers_by_phone(database, phone->e164), phone->e164), limit);
  if (!digits.empty() && digits.find_first_not_of("0123456789 -") == std::string_view::npos) return {};
  return cards_with_holder(database, customer_candidates(database, text, limit), limit);
}

store::Card find_card(store::Database& database, const std::string& text) {
  auto found = card_candidates(database, text, candidates_shown + 1);
  if (found.size() > 1)
    std::erase_if(found, [](const CardCandidate& candidate) { return candidate.card.state == "blocked"; });
  if (found.size() == 1) return found.front().card;
  if (found.empty()) {
    const auto people = is_number(text) ? std::vector<store::Customer>{} : customer_candidates(database, text, 2);
    if (people.size() == 1)
      throw Error(Fault::not_found, tr("{} has no card", customer_words(people.front())),
                  fmt::format("loyal card issue --customer \"#{}\"", people.front().id.value));
    const std::string hint = looks_like_amount(text)
                                 ? tr("the card stands before the amount: loyal sale add CARD {}", visible(text))
                                 : std::string("loyal card list");
    throw Error(Fault::not_found, tr("there is no card \"{}\"", visible(text)), hint);
  }
  std::vector<std::string> words;
  for (const CardCandidate& candidate : found) words.push_back(candidate.words);
  throw Error(Fault::usage, tr("\"{}\" may be several cards: {}", visible(text), candidate_list(words)),
              tr("name one by its number"));
}

}  // namespace loyal::service
