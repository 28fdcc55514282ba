// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "loyal/base/date.hpp"
#include "loyal/format/barcode.hpp"
#include "loyal/format/sheet_layout.hpp"

namespace loyal::format {

/// One label; empty texts take no room.
struct SheetLabel {
  std::string code;         ///< what the symbol says
  std::string number_text;  ///< the number in print; empty: the code in readable groups
  std::string title;        ///< the shop or the program
  std::string holder;       ///< the customer's name
};

struct SheetOptions {
  Symbology symbology = Symbology::qr;
  SheetLayout layout;
  Instant created;        ///< the file's own date: the same labels with the same date give the same bytes
  std::string title;      ///< the document's title, shown by viewers
  bool cut_marks = true;  ///< small light crosses for scissors; not wanted on label paper
  bool read_back = true;  ///< every symbol is drawn as pixels too and read before the file is put in its place
};

/// Fills in the next label, or says that there is none.
using LabelSource = std::function<bool(SheetLabel&)>;

struct SheetReceipt {
  std::int64_t labels = 0;
  std::int64_t pages = 0;
};

/// Writes labels as a PDF to the file `path`, which is put in place only when it is whole; memory hardly grows with the
/// labels. Error{usage} for no labels, Error{refused} for a code that the symbology can't carry or a symbol too wide
/// for its label, Error{failed} for one that does not read as its code. The source is called from the caller's thread
/// only.
SheetReceipt write_sheet(const std::string& path, const SheetOptions& options, const LabelSource& source);

}  // namespace loyal::format
