// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "loyal/format/cell.hpp"

namespace loyal::format {

/// One answer with named fields, some of which hold records of their own: a receipt with its lines.
/// JSON writes it as an object; the people's form as "heading: value" lines with a small table for each list; CSV as
/// one row.
class Record {
 public:
  using List = std::vector<Record>;
  struct Field {
    std::string key;
    std::string heading;  ///< empty: only programs see the field
    std::variant<Cell, List> value;
  };

  Record& add(std::string key, std::string heading, Cell value) {
    fields_.push_back({std::move(key), std::move(heading), std::move(value)});
    return *this;
  }
  Record& add(std::string key, Cell value) { return add(std::move(key), {}, std::move(value)); }
  Record& list(std::string key, std::string heading, List records) {
    fields_.push_back({std::move(key), std::move(heading), std::move(records)});
    return *this;
  }
  const std::vector<Field>& fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// Writes one record in a text form (not xlsx).
void write_record(std::ostream& out, const Record& record, const FormOptions& options);

}  // namespace loyal::format
