// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "loyal/cli/session.hpp"
#include "loyal/cli/verb.hpp"
#include "loyal/service/column_map.hpp"
#include "loyal/service/import_source.hpp"

namespace loyal::cli {

// What import commands have in common: the flags that say how the file is read, and how rejected rows are told of.

/// The file of an import as it was asked for.
struct ImportFileOptions {
  service::ImportFile file;
  std::string save_map;  ///< the name under which the columns are kept; empty: they are not
};

/// Declares FILE, --map, --save-map, --separator, --encoding, --dates and --rejects.
void declare_import_file(Verb& verb, ImportFileOptions& options, const char* map_help);
/// Declares --plan and --strict.
void declare_import_way(Verb& verb, bool& is_plan, bool& is_strict);
/// The file as a service takes it: with the maps that were kept, and with who can be asked.
service::ImportFile import_file(Session& session, const ImportFileOptions& options);
/// Tells in the help which headings each field is known by.
void describe_headings(Verb& verb, std::span<const service::ImportField> fields);
/// Notes and progress of an import on the session's stderr.
service::ImportNote import_note(Session& session);
service::ImportProgress import_progress(Session& session);
/// Tells of the rejected rows; the run ends with 3 where there are any.
void tell_rejected(Session& session, const std::string& file, std::int64_t rejected,
                   const std::vector<service::Rejections::Example>& examples, const std::string& rejects_path);
/// The plan as a table for people: created, changed, skipped and rejected rows, with the first of each.
void show_plan(Session& session, const service::ImportPlan& plan, std::int64_t rejected,
               const std::vector<service::Rejections::Example>& rejections);
/// The same for programs, as the member "plan" of a record.
void add_plan(format::Record& record, const service::ImportPlan& plan, std::int64_t rejected,
              const std::vector<service::Rejections::Example>& rejections);
/// "; 3 were there already; 2 rejected", where there are any.
std::string passed_over_words(std::int64_t skipped, std::int64_t rejected);
/// The first rejected rows as a list of records.
format::Record::List example_records(const std::vector<service::Rejections::Example>& examples);

}  // namespace loyal::cli
