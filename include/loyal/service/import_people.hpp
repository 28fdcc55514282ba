// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>

#include "loyal/store/customer.hpp"

namespace loyal::service {

/// Finds the customers of a company whom the cells of a table mean: by phone, e-mail address, `#12`, or the whole name.
/// The names are read once.
class PeopleFinder {
 public:
  PeopleFinder(store::Database& database, CompanyId company) : database_(database), company_(company) {}

  /// BadRow where nobody or more than one is meant; `field` is named in it.
  store::Customer find(const std::string& text, const char* field);

 private:
  store::Customer by_name(const std::string& text, const char* field);
  store::Customer only(const std::vector<store::Customer>& found, const std::string& text, const char* field) const;

  store::Database& database_;
  CompanyId company_;
  bool is_read_ = false;
  std::multimap<std::string, CustomerId> by_name_;
};

}  // namespace loyal::service
