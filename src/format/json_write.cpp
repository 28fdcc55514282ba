// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>

#include "loyal/base/text.hpp"
#include "loyal/format/json.hpp"
#include "plain.hpp"
#include "utf8.hpp"

namespace loyal::format {
namespace {

/// Bytes that stand in a JSON string as they are.
constexpr std::array<bool, 256> plain_bytes = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x7f; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}();

void append_escape(std::string& out, unsigned code_point) {
  switch (code_point) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", code_point);
  }
}

/// U+0080 to U+009F drive some terminals as ESC does.
bool is_upper_control(std::string_view text) {
  return text.size() == 2 && text[0] == '\xC2' && static_cast<unsigned char>(text[1]) < 0xA0;
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  std::size_t run = 0;
  std::size_t at = 0;
  const auto end_run = [&] { out.append(text, run, at - run); };
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (plain_bytes[byte]) {
      ++at;
      continue;
    }
    if (byte < 0x80) {
      end_run();
      append_escape(out, byte);
      run = ++at;
      continue;
    }
    const std::size_t bytes = character_bytes(text.substr(at));
    if (bytes == 0) {
      end_run();
      out += replacement_character;
      run = ++at;
    } else if (is_upper_control(text.substr(at, bytes))) {
      end_run();
      append_escape(out, static_cast<unsigned char>(text[at + 1]));
      run = at += bytes;
    } else {
      at += bytes;
    }
  }
  end_run();
  out += '"';
}

void append_json(std::string& out, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return append_json_text(out, *text);
  if (const auto* name = std::get_if<NameCell>(&cell)) return append_json_text(out, name->name);
  if (std::holds_alternative<std::monostate>(cell)) {
    out += "null";
    return;
  }
  const bool quoted = std::holds_alternative<Date>(cell) || std::holds_alternative<LocalTime>(cell) ||
                      std::holds_alternative<Instant>(cell);
  if (quoted) out += '"';
  append_plain(out, cell);
  if (quoted) out += '"';
}

}  // namespace loyal::format
