// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/store/operation.hpp"

namespace loyal::store {

/// What an operation was about, by numbers and slugs alone; a field is empty where there is none or more than one.
struct OperationSubject {
  std::string receipt;  ///< of its one sale, or of the sale of its one return
  std::string card;     ///< the number of the one card that its sale, entries or change are of
  std::string slug;     ///< of the one company, shop or program that it added or edited
  CustomerId customer;
  std::int64_t customers_added = 0;
};

OperationSubject subject_of(Database& database, const OperationRow& row);

}  // namespace loyal::store
