// SPDX-License-Identifier: MIT
#include "loyal/format/sink.hpp"

#include <stdexcept>
#include <utility>

#include "sinks.hpp"

namespace loyal::format {

std::unique_ptr<Sink> make_sink(std::ostream& out, std::vector<Column> columns, const FormOptions& options) {
  switch (options.form) {
    case Form::table:
      return make_table_sink(out, std::move(columns), options);
    case Form::json:
    case Form::jsonl:
      return make_json_sink(out, std::move(columns), options);
    case Form::csv:
    case Form::tsv:
      return make_delimited_sink(out, std::move(columns), options);
    case Form::xlsx:
      break;
  }
  throw std::logic_error("a workbook is no text: make_workbook_sink");
}

}  // namespace loyal::format
