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

/// Declares FILE, --map, --separator, --encoding and --rejects.
void declare_import_file(Verb& verb, service::ImportFile& file, const char* map_help);
/// Tells in the help which headings each field is known by.
void describe_headings(Verb& verb, std::span<const service::ImportField> fields);
/// Notes and progress of an import on the session's stderr.
service::ImportNote import_note(Session& session);
service::ImportProgress import_progress(Session& session);
/// Tells of the rejected rows; the run ends with 3 where there are any.
void tell_rejected(Session& session, const std::string& file, std::int64_t rejected,
                   const std::vector<service::Rejections::Example>& examples, const std::string& rejects_path);
/// The first rejected rows as a list of records.
format::Record::List example_records(const std::vector<service::Rejections::Example>& examples);

}  // namespace loyal::cli
