// SPDX-License-Identifier: MIT
#include "loyal/cli/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "loyal/base/text.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/operation.hpp"
#include "loyal/store/promo.hpp"

namespace loyal::cli {
namespace {

constexpr int candidates_max = 100;

/// What is left of a name after the beginning of one of its words; nothing where no word begins so. Capitals and ё make
/// no difference, and what a shell offers must begin with what was typed: so the rest is put behind that.
std::optional<std::string> finished_name(const std::string& name, const std::string& prefix) {
  const std::string begun = fold_name(prefix);
  const auto after = [&name](std::size_t place) {
    return place + std::max<std::size_t>(1, character_bytes(std::string_view(name).substr(place)));
  };
  for (std::size_t start = 0; start < name.size(); start = after(start)) {
    if (start > 0 && name[start - 1] != ' ' && name[start - 1] != '-') continue;
    for (std::size_t end = start; end <= name.size();) {
      const std::string part = fold_name(name.substr(start, end - start));
      if (part == begun) {
        std::string rest = name.substr(end);
        if (prefix.ends_with(' ')) rest.erase(0, rest.find_first_not_of(' '));
        return prefix + rest;
      }
      if (end == name.size() || part.size() > begun.size()) break;
      end = after(end);
    }
  }
  return std::nullopt;
}

/// The number as it is kept, of what was begun as 8…, 7… or +7…; empty where that is no beginning of a phone.
std::string phone_begun(const std::string& prefix) {
  const bool is_marked = prefix.starts_with('+');
  if (prefix.find_first_not_of("0123456789", is_marked ? 1 : 0) != std::string::npos) return {};
  if (is_marked) return prefix;
  return prefix.starts_with('8') || prefix.starts_with('7') ? "+7" + prefix.substr(1) : std::string{};
}

std::string card_words(store::Database& database, const store::Customer& customer) {
  std::string words;
  for (const store::Card& card : store::cards_of_customer(database, customer.id))
    words += (words.empty() ? "" : ", ") + card.number;
  return words;
}

/// By the name or the phone that was begun; `with_cards` leaves those without a card out, and tells the others' cards.
Candidates customers(store::Database& database, const std::string& prefix, bool with_cards) {
  Candidates found;
  const auto add = [&](const std::string& value, const std::string& words, const store::Customer& customer) {
    const std::string cards = with_cards ? card_words(database, customer) : std::string{};
    if (with_cards && cards.empty()) return;
    const bool is_there = std::any_of(found.begin(), found.end(), [&](const auto& one) { return one.first == value; });
    if (!is_there) found.emplace_back(value, with_cards ? cards + " " + words : words);
  };
  if (const std::string phone = phone_begun(prefix); !phone.empty()) {
    for (const store::Customer& customer : store::customers_by_phone_prefix(database, phone, candidates_max))
      add(prefix + customer.phone.substr(phone.size()), customer.name, customer);
    return found;
  }
  for (const store::Customer& customer : store::customers_by_name(database, prefix, candidates_max))
    if (const auto name = customer.name.empty() ? std::nullopt : finished_name(customer.name, prefix))
      add(*name, *name == customer.name ? customer.phone : customer.name, customer);
  return found;
}

/// By its number; and, once something is typed, by its holder's name or phone.
Candidates cards(store::Database& database, const std::string& prefix) {
  Candidates found = store::cards_by_prefix(database, service::code_of(prefix), candidates_max);
  std::erase_if(found, [&](const auto& candidate) { return !candidate.first.starts_with(prefix); });
  if (prefix.empty()) return found;
  const Candidates holders = customers(database, prefix, true);
  found.insert(found.end(), holders.begin(), holders.end());
  return found;
}

Candidates operations(store::Database& database) {
  Candidates found;
  const auto last = store::last_operation(database);
  for (std::int64_t id = last ? last->id.value : 0; id > 0 && found.size() < candidates_max; --id)
    if (const auto operation = store::operation(database, {id}))
      found.emplace_back(std::to_string(id), fmt::format("{} {}", operation->verb, operation->at));
  return found;
}

template <class Row, class Name>
Candidates slugs(const std::vector<Row>& rows, Name name) {
  Candidates found;
  for (const Row& row : rows) found.emplace_back(row.slug, name(row));
  return found;
}

}  // namespace

Candidates candidates(Session& session, Value value, const std::string& prefix) {
  std::error_code problem;
  if (!std::filesystem::exists(session.globals().store_path, problem)) return {};
  switch (value) {
    case Value::card:
      return cards(session.store_for_reading(), prefix);
    case Value::customer:
      return customers(session.store_for_reading(), prefix, false);
    case Value::company:
      return slugs(store::companies(session.store_for_reading()),
                   [](const store::Company& company) { return company.name; });
    case Value::shop:
      return slugs(store::shops(session.store_for_reading(), {}), [](const store::Shop& shop) { return shop.name; });
    case Value::program:
      return slugs(store::programs(session.store_for_reading()),
                   [](const store::ProgramRow& program) { return program.title; });
    case Value::campaign: {
      Candidates found;
      for (const store::Campaign& campaign : store::campaigns(session.store_for_reading()))
        found.emplace_back(campaign.slug, "");
      return found;
    }
    case Value::operation:
      return operations(session.store_for_reading());
    default:
      return {};
  }
}

}  // namespace loyal::cli
