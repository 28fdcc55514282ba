// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "loyal/format/enterprise_data.hpp"
#include "loyal/format/xml_writer.hpp"
#include "loyal/service/context.hpp"

namespace loyal::service {

/// The forms in which 1C takes what a shop has: a message of EnterpriseData, documents of CommerceML, or a table for
/// loading from a file.
enum class AccountingForm { enterprise_data, commerceml, table };
/// As the command line names it: "enterprise-data".
std::string_view name(AccountingForm form);

/// What an export to 1C shall hold, and how.
struct Export1cRequest {
  std::string path;
  AccountingForm form = AccountingForm::enterprise_data;
  std::optional<Date> from, to;  ///< document dates, inclusive
  bool since_last = false;       ///< what was not in the last export that was made so; remembered
  format::EnterpriseDataVersion version = format::EnterpriseDataVersion::v1_8;
  format::XmlEncoding encoding = format::XmlEncoding::utf_8;
  format::VatRate vat;  ///< of goods whose category has none of its own
  std::map<std::string, format::VatRate> vat_of_category;
  std::string operation = "Отпуск товара";  ///< of a sale's document in CommerceML
  bool with_container = false;
  std::int64_t split_bytes = 0;
  bool zip = false;
  bool table_of_cards = false;  ///< the table has cards instead of their holders
  std::string headers_from;     ///< a blank that 1C saved: its headings, in its order; empty: the usual ones
  std::vector<std::pair<std::string, std::string>> headers;  ///< of the table: field and heading; empty: left out
};

struct Export1cReport {
  std::string company;
  std::int64_t counterparties = 0, cards = 0, programs = 0;
  std::int64_t sales = 0, returns = 0;  ///< documents
  std::int64_t removed = 0;             ///< documents that were undone: emptied, or marked for removal
  Money paid, returned;
  std::vector<std::string> files;
  std::int64_t parts = 0;
  OperationId operation;  ///< that remembers the export
  bool is_replayed = false;

  bool is_empty() const { return counterparties + cards + sales + returns + removed == 0; }
};

/// The fields of the table, with the headings that they have unless told otherwise.
const std::vector<std::pair<std::string, std::string>>& table_fields(bool of_cards);

/// Writes the file, which appears whole or not at all; in constant memory, and without keeping others from writing.
/// Error{usage} for settings that do not go together. An export since the last one that would hold nothing writes none.
Export1cReport export_1c(const Context& context, const Export1cRequest& request, const Progress& progress);

}  // namespace loyal::service
