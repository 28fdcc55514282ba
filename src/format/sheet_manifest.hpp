// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "loyal/format/atomic_file.hpp"
#include "loyal/format/sink.hpp"
#include "sheet_page.hpp"

namespace loyal::format {

/// The list of what stands where on a sheet, as CSV; nothing where no path is asked for.
class Manifest {
 public:
  explicit Manifest(const SheetOptions& options);
  void add(const Page& page, std::int64_t page_number, const std::string& file);
  void commit();

 private:
  const SheetLayout& layout_;
  std::unique_ptr<AtomicStream> stream_;
  std::unique_ptr<Sink> sink_;
};

}  // namespace loyal::format
