// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "loyal/cli/session.hpp"
#include "loyal/cli/verb.hpp"
#include "loyal/service/column_map.hpp"
#include "loyal/service/import_source.hpp"
#include "loyal/service/import_table.hpp"

namespace loyal::cli {

// What import commands have in common: the flags that say how the file is read, and how rejected rows are told of.

/// The file of an import as it was asked for.
struct ImportFileOptions {
  service::ImportFile file;
  std::string save_map;  ///< the name under which the columns are kept; empty: they are not
};

/// Declares FILE, --map, --save-map, --separator, --encoding, --dates and --rejects.
void declare_import_file(Verb& verb, ImportFileOptions& options, const char* map_help);
/// Declares --plan and --strict, and how an import can end.
void declare_import_way(Verb& verb, bool& is_plan, bool& is_strict);
/// The file as a service takes it: with the maps that were kept, and with who can be asked.
service::ImportFile import_file(Session& session, const ImportFileOptions& options);
/// Tells in the help which headings each field is known by.
void describe_headings(Verb& verb, std::span<const service::ImportField> fields);
/// Notes and progress of an import on the session's stderr.
service::ImportNote import_note(Session& session);
service::ImportProgress import_progress(Session& session);
/// Tells of the rows that could not be taken; the run ends with 3 where there are any.
void tell_rejected(Session& session, const std::string& file, std::int64_t rejected,
                   const std::vector<service::Rejections::Example>& examples, const std::string& rejects_path);
/// What an import did, or would do, as people and as programs are told of it.
struct ImportAnswer {
  std::string summary;    ///< one line
  format::Record record;  ///< see begin_record and end_record
  std::string next;       ///< what one would do now; empty: nothing
};
/// Answers, shows the plan where it was asked for, calls `tell` for what a command has to say beside, and tells of the
/// rejected rows; the run ends with 3 where there are any.
void answer_import(Session& session, const service::TableImport& request, const service::TableReceipt& receipt,
                   const ImportAnswer& answer, const std::function<void()>& tell = {});
/// Whether an import only says what it would do.
bool is_trial(Session& session, const service::TableImport& request);
/// The counts that open the record of an import: rows, created, changed, known, rejected, conflicts.
format::Record begin_record(const service::TableReceipt& receipt);
/// What closes every record of an import: from the operation to the plan.
void end_record(format::Record& record, const service::TableReceipt& receipt, bool is_trial);
/// "; 3 were there already; 2 rejected", where there are any.
std::string passed_over_words(std::int64_t skipped, std::int64_t rejected);

}  // namespace loyal::cli
