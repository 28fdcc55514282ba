// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <memory>
#include <vector>

#include "loyal/format/sink.hpp"

namespace loyal::format {

/// The sinks that make_sink chooses among.
std::unique_ptr<Sink> make_table_sink(std::ostream& out, std::vector<Column> columns, const FormOptions& options);
/// A JSON array, or with Form::jsonl one object a line.
std::unique_ptr<Sink> make_json_sink(std::ostream& out, std::vector<Column> columns, const FormOptions& options);
/// CSV, or with Form::tsv columns divided by tabs.
std::unique_ptr<Sink> make_delimited_sink(std::ostream& out, std::vector<Column> columns, const FormOptions& options);

}  // namespace loyal::format
