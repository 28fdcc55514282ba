// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "loyal/base/date.hpp"
#include "loyal/service/import_source.hpp"

namespace loyal::service {

/// Which number of `02/03/2026` is the day: the date itself cannot tell.
enum class DateOrder { day_first, month_first };

/// How the dates between slashes or dashes of one file are read. ISO dates and those between points need no telling.
class ImportDates {
 public:
  ImportDates() = default;
  explicit ImportDates(std::optional<DateOrder> order) : order_(order) {}

  /// The text with a date that stands between slashes or dashes written as ISO; other text as it is. A time behind the
  /// date is kept.
  std::string tidy(std::string_view text) const;

 private:
  std::optional<DateOrder> order_;
};

/// Tells the order from the flag, else from the file as a whole: a number above 12 is a day. Where nothing tells and
/// somebody can be asked, asks; else Error{usage} with the flag as the hint. `fields` hold the dates.
ImportDates dates_of(ImportSource& source, const ColumnMap& columns, std::span<const char* const> fields,
                     const ImportFile& file, const std::string& command, const ImportNote& note);

}  // namespace loyal::service
