// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/format/barcode.hpp"
#include "loyal/format/look.hpp"
#include "loyal/format/sheet_layout.hpp"

namespace loyal::format {

/// One label; empty texts take no room.
struct SheetLabel {
  std::string code;                             ///< what the symbols say
  std::string number_text;                      ///< the number in print; empty: the code in readable groups
  std::string title;                            ///< the shop or the program
  std::string holder;                           ///< the customer's name
  std::vector<std::string> lines = {};          ///< whatever else there is to say
  std::vector<std::string> further_codes = {};  ///< for symbologies that can't carry the first
};

enum class SheetForm { pdf, svg, png };

/// The form that a file's ending asks for, .pdf of a device; Error{usage} for any other.
SheetForm sheet_form_of(const std::string& path);

struct SheetOptions {
  Symbology symbology = Symbology::qr;
  std::vector<Symbology> further_symbologies = {};  ///< of symbols beside the first
  SheetLayout layout;
  SheetForm form = SheetForm::pdf;
  int dpi = 300;  ///< of PNG
  Look look;
  Instant created;            ///< the file's own date: the same labels with the same date give the same bytes
  std::string title;          ///< the document's title, shown by viewers
  int first_place = 0;        ///< places of the first page that were used up before
  bool cut_marks = true;      ///< for scissors; label paper has none anyway
  bool read_back = true;      ///< every symbol is drawn as pixels too and read before the file is put in its place
  std::string manifest_path;  ///< a CSV of what stands where, put in its place with the sheet; empty: none
};

/// Fills in the next label, or says that there is none.
using LabelSource = std::function<bool(SheetLabel&)>;

struct SheetReceipt {
  std::int64_t labels = 0;
  std::int64_t pages = 0;
  std::vector<std::string> files = {};  ///< one; of SVG and PNG, one for each page
};

/// Writes labels to the file `path`, which is put in place only when it is whole; memory hardly grows with the labels
/// of a PDF. Several pages of SVG or PNG are the files NAME-1.svg, NAME-2.svg …, and put in place together.
/// Error{usage} for no labels, Error{refused} for a code that the symbology can't carry or a symbol too large for its
/// label, Error{failed} for one that does not read as its code. The source is called from the caller's thread only.
SheetReceipt write_sheet(const std::string& path, const SheetOptions& options, const LabelSource& source);

}  // namespace loyal::format
