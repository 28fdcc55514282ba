// SPDX-License-Identifier: MIT
#include "support/scratch.hpp"

#include <stdlib.h>

#include <system_error>

namespace loyal::test {

ScratchDirectory::ScratchDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "loyal-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::system_error(errno, std::generic_category(), pattern);
  path_ = std::filesystem::canonical(pattern);
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace loyal::test
