// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/store/company.hpp"

namespace loyal::cli {

/// A file of an export, with its rows beside the heading.
struct ExportedFile {
  std::string name;
  std::int64_t rows = 0;
};

/// What a folder was filled with.
struct FolderReceipt {
  std::vector<ExportedFile> files;
  std::int64_t unnamed_holders = 0;  ///< cards whose holder neither phone, e-mail nor name tells from others
};

/// The path of a file in a folder, however the folder was typed.
std::string file_in_folder(const std::string& folder, const std::string& name);

/// Writes one company's whole store into a folder that is made where it is not there: tables in the columns that the
/// imports read, the texts of the programs, and the commands that make a store of them again. A file takes its place
/// only when it is whole. With `excel`, tables are as Excel in Russia takes them.
FolderReceipt write_folder(const service::Context& context, const store::Company& company, const std::string& folder,
                           bool excel);

}  // namespace loyal::cli
