// SPDX-License-Identifier: MIT
#include "loyal/cli/choices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "loyal/base/message.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

constexpr int choices_max = 20;

}  // namespace

std::string chosen_card(Session& session, store::Database& database, const std::string& text,
                        const std::string& wanted_state) {
  auto found = service::card_candidates(database, text, choices_max);
  if (found.size() < 2) return text;
  const auto is_wanted = [&](const service::CardCandidate& candidate) { return candidate.card.state == wanted_state; };
  if (std::any_of(found.begin(), found.end(), is_wanted)) std::erase_if(found, std::not_fn(is_wanted));
  if (found.size() == 1) return found.front().card.number;
  std::vector<std::string> choices;
  for (const service::CardCandidate& candidate : found) choices.push_back(candidate.words);
  const auto choice = session.choose(tr("\"{}\" may be several cards; which one?", text), choices);
  return choice ? found.at(*choice).card.number : text;
}

std::string chosen_customer(Session& session, store::Database& database, const std::string& text) {
  const auto found = service::customer_candidates(database, text, choices_max);
  if (found.size() < 2) return text;
  std::vector<std::string> choices;
  for (const store::Customer& customer : found) {
    choices.push_back(customer_name(customer));
    if (!customer.name.empty() && !customer.phone.empty()) choices.back() += " " + customer.phone;
  }
  const auto choice = session.choose(tr("\"{}\" may be several customers; which one?", text), choices);
  return choice ? fmt::format("#{}", found.at(*choice).id.value) : text;
}

std::string customer_name(const store::Customer& customer) {
  if (!customer.name.empty()) return customer.name;
  if (!customer.phone.empty()) return customer.phone;
  return customer.email.empty() ? fmt::format("#{}", customer.id.value) : customer.email;
}

}  // namespace loyal::cli
