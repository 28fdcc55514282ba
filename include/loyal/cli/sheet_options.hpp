// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "loyal/base/quantity.hpp"
#include "loyal/format/record.hpp"
#include "loyal/format/sheet.hpp"

namespace loyal::cli {

class Session;
class Verb;

/// How a sheet of labels is to look, whatever its labels are of.
struct SheetFlags {
  std::vector<std::string> symbologies;
  std::string layout;
  format::GridText grid;
  std::optional<std::int64_t> start, dpi;
  std::string pages, title, logo, colour, background;
  std::vector<std::string> lines;
  bool plain = false;
  bool no_marks = false;
  bool no_verify = false;
  bool no_manifest = false;
};

void declare_sheet_flags(Verb& verb, SheetFlags& flags);

/// The file of -o; Error{usage} where there is none, or its ending is of no sheet.
std::string taken_sheet_path(Session& session, const std::string& example);

/// Labels, and what is known of them all.
struct SheetBatch {
  std::vector<format::SheetLabel> labels;
  Instant created;    ///< goes into the file: the labels' own date, so that the same labels give the same bytes
  CompanyId company;  ///< whose logo and colours they bear unless others are given; none for labels of several
};

/// Writes the labels to the file and answers what was written.
void write_sheet(Session& session, const SheetFlags& flags, const std::string& path, SheetBatch batch);

}  // namespace loyal::cli
