// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "loyal/base/error.hpp"
#include "loyal/format/program_file.hpp"

// Whatever is read must come back the same from its own canonical text; nothing but loyal::Error may escape.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  loyal::domain::Program program;
  try {
    program = loyal::format::read_program({reinterpret_cast<const char*>(data), size}, "fuzz.toml");
  } catch (const loyal::Error&) {
    return 0;
  }
  const std::string text = loyal::format::write_program(program);
  if (loyal::format::read_program(text, "written.toml") != program) std::abort();
  return 0;
}
