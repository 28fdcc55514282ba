// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

namespace loyal::test {

/// What a program prints; the arguments are the tests' alone, so that the shell has nothing to mistake.
inline std::string output_of(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen((command + " 2>/dev/null").c_str(), "r"),
                                                             ::pclose);
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 65536> bytes{};
  for (std::size_t read = 0; (read = std::fread(bytes.data(), 1, bytes.size(), pipe.get())) > 0;)
    output.append(bytes.data(), read);
  return output;
}

/// Whether a program is there; where it is not, says so in the test's output.
inline bool installed(const std::string& program) {
  if (!output_of("command -v " + program).empty()) return true;
  MESSAGE("skipped in part: " << program << " is not installed");
  return false;
}

}  // namespace loyal::test
