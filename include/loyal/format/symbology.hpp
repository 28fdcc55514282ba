// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loyal::format {

/// The kinds of symbols that codes are printed as.
enum class Symbology { qr, ean13, code128, datamatrix, aztec, pdf417, code39, code93, codabar, itf, ean8, upca, upce };

/// Where a wrongly read code is noticed.
enum class CheckDigit {
  none,       ///< nowhere: the reader takes what it sees
  in_code,    ///< the last digit of the code itself
  in_symbol,  ///< the symbol adds it and the reader takes it away
};

/// What there is to know about a symbology.
struct SymbologyTraits {
  Symbology symbology;
  std::string_view name;   ///< as typed and stored: "ean13"
  std::string_view title;  ///< as the standard calls it: "EAN-13"
  bool linear;             ///< bars, not squares
  bool text_below;         ///< the standard wants the characters in print below the bars
  int quiet_left_modules;  ///< white that a scanner needs; above and below too unless linear
  int quiet_right_modules;
  int row_height_modules;  ///< modules of the same row that encode() puts below one another; 1 unless rows are higher
  double module_min_mm;    ///< the smallest module that office printers and common scanners manage
  double module_max_mm;    ///< larger ones only waste paper
  CheckDigit check_digit;
  const char* holds;  ///< what it can carry, in people's words; a message to be translated
  std::string (*why_not)(
      std::string_view code);  ///< why the symbology can't carry the code, in people's words; empty if it can
};

/// All symbologies, in the order in which they are offered.
std::span<const SymbologyTraits> symbologies();
const SymbologyTraits& traits(Symbology symbology);
/// Error{usage} with the names there are for any other name.
Symbology symbology_named(std::string_view name);
/// All names, in the order in which they are offered.
std::vector<std::string> symbology_names();

/// Error{refused} with the reason and the symbologies that can carry the code.
[[noreturn]] void refuse_code(Symbology symbology, std::string_view code, const std::string& reason);

/// What stands in print below the symbol: the digits of EAN and UPC as their standards part them, else the code in
/// readable groups.
std::string readable_line(Symbology symbology, std::string_view code);

}  // namespace loyal::format
