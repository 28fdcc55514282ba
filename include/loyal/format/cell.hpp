// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"

namespace loyal::format {

/// Money with the ISO code of its currency: minor units for programs, `1 250,50 ₽` for people, a real number in a
/// workbook.
struct MoneyCell {
  Money money;
  std::string currency = "RUB";
};

/// Points with the digits of their unit.
struct PointsCell {
  Points points;
  int scale = 0;
};

/// A share in hundredths of a percent: 12.34 for programs, `12,34 %` for people, a real percentage in a workbook.
struct PercentCell {
  std::int64_t hundredths = 0;
};

/// A name out of a fixed set ("active", "earn"): itself for programs, translated for people. Its translation is a
/// message that cli/name_words.cpp lists.
struct NameCell {
  std::string name;
};

/// One value of an answer; std::monostate is "absent": null for programs, an empty cell for people.
using Cell = std::variant<std::monostate, std::string, std::int64_t, bool, Date, LocalTime, Instant, MoneyCell,
                          PointsCell, PercentCell, Amount, NameCell>;

/// How a column is aligned, formatted and typed in a workbook, where a clock column shows of a time the hours and
/// minutes alone. Where a table is too wide, texts are cut before people's names, and nothing else ever is.
enum class Kind { text, name, identifier, integer, boolean, date, time, clock, money, points, percent, amount };

/// Where a table is too wide, columns go from the right: those for wide terminals, then those shown if there is room.
enum class Shown { always, to_programs, wide_only, if_room };

/// A column of a list: its snake_case key for programs, its translated heading for people.
/// Columns shown only to programs (currency, scale, ids) are left out of the people's table and the workbook.
struct Column {
  std::string key;
  std::string heading;
  Kind kind = Kind::text;
  Shown shown = Shown::always;
};

/// How an answer is written.
enum class Form { table, json, jsonl, csv, tsv, xlsx };

/// The signs of a CSV file, for one that is to be like another.
struct CsvStyle {
  char separator = ',';
  bool has_byte_order_mark = false;
  bool has_crlf = false;

  friend bool operator==(const CsvStyle&, const CsvStyle&) = default;
};

struct FormOptions {
  Form form = Form::table;
  std::vector<std::string> columns;  ///< keys wanted, in this order; empty: all that the form shows
  bool excel = false;  ///< CSV as Excel in Russia takes it: BOM, `;`, CRLF, decimal comma, ' before formulas
  std::optional<CsvStyle> csv_style;  ///< CSV alone; without `excel`
  bool is_windows_1251 = false;       ///< CSV and TSV; a character that it lacks is Error{failed} with its row
  bool colour = false;                ///< people's table: headings in bold
  int width = 100;                    ///< people's table: columns of the terminal
  std::string title;                  ///< the sheet's name in a workbook
};

}  // namespace loyal::format
