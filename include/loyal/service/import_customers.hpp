// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/service/import_source.hpp"

namespace loyal::service {

/// A table of people to be added.
struct CustomersImport {
  ImportFile file;
  std::string program;        ///< of the cards; needed where cards are made and there are several
  bool create_cards = false;  ///< make the cards that are not there
  bool is_plan = false;       ///< tell what would be done, write nothing
  bool is_strict = false;     ///< refuse all when a row is bad
};

/// What an import of people did, or would do.
struct CustomersImportReceipt {
  std::int64_t rows = 0;  ///< read
  std::int64_t added = 0;
  std::int64_t known = 0;     ///< there already with the same content
  std::int64_t rejected = 0;  ///< conflicts included
  std::int64_t conflicts = 0;
  std::int64_t cards_made = 0;
  std::int64_t cards_assigned = 0;
  std::int64_t consents = 0;
  OperationId operation;  ///< none where nothing was written
  std::string rejects_path;
  std::vector<Rejections::Example> examples;
  bool is_replayed = false;
};

/// Adds the people of a table in one operation, in the file's order. Someone is known by phone, else by e-mail address,
/// else by card, else by name; an empty cell says nothing against what is known.
CustomersImportReceipt import_customers(const Context& context, const CustomersImport& request, const ImportNote& note,
                                        const ImportProgress& progress);

}  // namespace loyal::service
