// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <string>

#include "loyal/base/error.hpp"
#include "loyal/format/record.hpp"

namespace loyal::cli {

/// Writes an error for people ("loyal: error: …", "loyal: hint: …") or as one JSON object, and answers with its exit
/// code.
int report_error(std::ostream& err, const Error& error, bool as_json);

/// An error as an answer: what a line of many could not be done for.
format::Record error_record(const Error& error);

/// The same for a bug: exit code 70, and how to report it.
int report_bug(std::ostream& err, const std::string& what, bool as_json);

}  // namespace loyal::cli
