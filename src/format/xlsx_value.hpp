// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace loyal::format {

/// What a number format makes of a number.
enum class NumberKind { number, date, time };

/// The kind of a format by its number in the standard; `code` is the text of one that the workbook defines.
NumberKind number_kind(int format, std::string_view code);

/// The text of a numeric cell: `1250.5`, `2026-03-01`, `2026-03-01T12:30:00`, `12:30:00`. What is no number stays.
std::string cell_text(std::string_view value, NumberKind kind, bool counts_from_1904);

}  // namespace loyal::format
