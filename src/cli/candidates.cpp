// SPDX-License-Identifier: MIT
#include "loyal/cli/candidates.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "loyal/service/lookup.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::cli {
namespace {

constexpr int candidates_max = 100;

Candidates cards(store::Database& database, const std::string& prefix) {
  return store::cards_by_prefix(database, service::code_of(prefix), candidates_max);
}

/// By the name that was begun, or by the phone as it is kept.
Candidates customers(store::Database& database, const std::string& prefix) {
  Candidates found;
  if (prefix.starts_with('+'))
    for (const store::Customer& customer : store::customers_by_phone_prefix(database, prefix, candidates_max))
      found.emplace_back(customer.phone, customer.name);
  else
    for (const store::Customer& customer : store::customers_by_name(database, prefix, candidates_max))
      if (!customer.name.empty()) found.emplace_back(customer.name, customer.phone);
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
      return customers(session.store_for_reading(), prefix);
    case Value::company:
      return slugs(store::companies(session.store_for_reading()),
                   [](const store::Company& company) { return company.name; });
    case Value::shop:
      return slugs(store::shops(session.store_for_reading(), {}), [](const store::Shop& shop) { return shop.name; });
    case Value::program:
      return slugs(store::programs(session.store_for_reading()),
                   [](const store::ProgramRow& program) { return program.title; });
    case Value::operation:
      return operations(session.store_for_reading());
    default:
      return {};
  }
}

}  // namespace loyal::cli
