// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/service/import_table.hpp"

namespace loyal::service {

/// The fields of a customer and their usual headings.
const std::vector<ImportField>& customer_fields();

/// What an import of people did, or would do.
struct CustomersImportReceipt : TableReceipt {
  std::int64_t added = 0;
  std::int64_t known = 0;  ///< there already with the same content
  std::int64_t cards_made = 0;
  std::int64_t cards_assigned = 0;
  std::int64_t consents = 0;
};

/// Adds the people of a table in one operation, in the file's order. Someone is known by phone, else by e-mail address,
/// else by card, else by name; an empty cell says nothing against what is known.
CustomersImportReceipt import_customers(const Context& context, const TableImport& request, const ImportNote& note,
                                        const ImportProgress& progress);

}  // namespace loyal::service
