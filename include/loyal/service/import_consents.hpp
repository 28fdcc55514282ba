// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/service/import_table.hpp"

namespace loyal::service {

/// The fields of a consent and their usual headings.
const std::vector<ImportField>& consent_fields();

/// Records the consents of a table in one operation, given or withdrawn, each with its time. What a customer has said
/// already is passed over.
TableReceipt import_consents(const Context& context, const TableImport& request, const ImportNote& note,
                             const ImportProgress& progress);

}  // namespace loyal::service
