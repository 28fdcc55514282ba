// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/service/import_table.hpp"

namespace loyal::service {

/// The fields of a card and their usual headings.
const std::vector<ImportField>& card_fields();

/// What an import of cards did, or would do.
struct CardsImportReceipt : TableReceipt {
  std::int64_t taken_again = 0;  ///< withdrawn ones, in use again
};

/// Makes the cards of a table in one operation, and gives those that are there the holder and the state that it says.
CardsImportReceipt import_cards(const Context& context, const TableImport& request, const ImportNote& note,
                                const ImportProgress& progress);

}  // namespace loyal::service
