// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace loyal::format {

/// A document of CommerceML as its text has it: sums and dates are not yet checked.
struct CommerceDocument {
  struct Buyer {
    std::string name, phone, email, birthday;
  };
  struct Goods {
    std::string sku, name, price, quantity, amount;
    std::vector<std::pair<std::string, std::string>> discounts;  ///< name and sum, of those that the amount is less by
  };
  std::string number, date, time, operation, amount, comment;
  Buyer buyer;
  std::vector<Goods> goods;
  std::vector<std::pair<std::string, std::string>> discounts;
  std::vector<std::pair<std::string, std::string>> requisites;  ///< name and value
  bool is_removed = false;                                      ///< marked for deletion, or not posted

  /// The value of the first of these requisites that is there; empty where none is.
  std::string requisite(std::initializer_list<const char*> names) const;
};

/// Reads the documents of a CommerceML file in its order. The file is hostile: size, depth and document types are
/// limited (see load_xml). Error{usage} for what is no CommerceML.
void each_commerce_document(const std::string& path, const std::function<void(const CommerceDocument&)>& take);

}  // namespace loyal::format
