// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/service/context.hpp"
#include "loyal/store/database.hpp"
#include "support/scratch.hpp"

namespace loyal::test {

/// A store file with a short history in which every table of history has rows: sales with and without lines, points
/// spent, a partial return, a grant, a correction, an undo and an expiry.
class SampleShop {
 public:
  SampleShop();

  const std::string& path() const { return path_; }
  std::string file(std::string_view name) const { return scratch_.file(name); }
  store::Database open(store::Access access) const { return store::Database(path_, access); }
  /// What services take, on the last day of the history.
  service::Context context(store::Database& database) const;

 private:
  ScratchDirectory scratch_;
  std::string path_;
};

}  // namespace loyal::test
