// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace loyal::test {

/// Where the material lies that the tests may read but the project does not hold: $LOYAL_SHARED, or `shared` beside the
/// sources.
inline std::filesystem::path shared_directory() {
  const char* given = std::getenv("LOYAL_SHARED");
  return given != nullptr ? std::filesystem::path(given) : std::filesystem::path(LOYAL_SOURCE_DIR) / ".." / "shared";
}

/// A file of the shared directory; where it is absent, says so in the test's output and gives nothing.
inline std::optional<std::filesystem::path> shared_file(const std::string& name) {
  const auto path = shared_directory() / name;
  if (std::filesystem::exists(path)) return path;
  MESSAGE("skipped: there is no " << path.string() << " (set LOYAL_SHARED to the directory that has " << name << ")");
  return std::nullopt;
}

/// The whole of a file.
inline std::string contents_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.is_open(), "cannot open " << path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace loyal::test
