// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "loyal/cli/run.hpp"
#include "support/conversation.hpp"

TEST_SUITE("session") {
  TEST_CASE("every conversation in tests/session goes as it is written") {
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(LOYAL_SOURCE_DIR) / "tests/session"))
      if (entry.path().extension() == ".session") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    REQUIRE_FALSE(files.empty());
    for (const auto& file : files)
      loyal::test::check_session(file, [](std::span<const std::string> arguments, loyal::cli::World& world) {
        return loyal::cli::run(arguments, world);
      });
  }
}
