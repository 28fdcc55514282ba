// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "loyal/service/context.hpp"

namespace loyal::service {

/// What of a CommerceML file is taken.
enum class CommercePart { sales, returns, customers };

/// A part of a CommerceML file as the table that the imports take, and what was left out.
struct CommerceTable {
  std::string text;              ///< with semicolons; the headings are the fields' names
  std::int64_t documents = 0;    ///< taken
  std::int64_t passed_over = 0;  ///< other documents, and those marked for deletion
};

/// Turns a file of 1C into a table: a row for each line of goods, or for each buyer. A document without the number of a
/// card is of the buyer's only card, found by phone. With `is_history`, discounts and points of the documents are
/// told line by line.
CommerceTable commerce_table(const Context& context, const std::string& path, CommercePart part, bool is_history);

}  // namespace loyal::service
