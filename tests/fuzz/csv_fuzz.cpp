// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/delimited.hpp"

namespace {

using loyal::format::DelimitedOptions;

constexpr std::size_t record_bytes_max = 1'000'000;
constexpr std::size_t piece_bytes = 1 << 16;

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_shown(std::string_view text) {
  return loyal::is_utf8(text) && loyal::visible(text) == text;
}

struct Record {
  std::size_t line = 0;
  std::vector<std::string> fields;
  std::string problem;

  bool operator==(const Record&) const = default;
};

/// All that a reader says of a file; after a refusal, what came before it.
struct Contents {
  std::vector<std::string> heading;
  std::vector<Record> records;
  bool is_refused = false;

  bool operator==(const Contents&) const = default;
};

void check(const loyal::format::Row& row, std::size_t width) {
  if (row.problem) {
    require(row.problem->line >= row.line && is_shown(row.problem->what));
    return;
  }
  require(row.fields.size() == width);
  std::size_t bytes = 0;
  for (const std::string_view field : row.fields) {
    require(loyal::is_utf8(field) && field.find('\0') == std::string_view::npos);
    bytes += field.size();
  }
  require(bytes <= record_bytes_max);
}

/// `lines_before` stand ahead of the text: the lines are counted from after them.
Contents contents_of(const std::string& text, const DelimitedOptions& options, std::size_t lines_before = 0) {
  Contents contents;
  std::istringstream in(text);
  try {
    loyal::format::DelimitedReader reader(in, "fuzz.csv", options);
    require(is_shown(reader.description()));
    contents.heading = reader.heading();
    std::size_t width = contents.heading.size();
    std::size_t last_line = lines_before;
    for (loyal::format::Row row; reader.next(row); last_line = row.line) {
      require(row.line > last_line);
      if (width == 0) width = row.fields.size();
      check(row, width);
      contents.records.push_back(
          {row.line - lines_before, {row.fields.begin(), row.fields.end()}, row.problem ? row.problem->what : ""});
    }
  } catch (const loyal::Error& error) {
    require(is_shown(error.what()) && is_shown(error.hint()));
    contents.is_refused = true;
  }
  return contents;
}

/// Five bits of the first byte: '@' lets all be guessed.
DelimitedOptions options_of(std::uint8_t choice) {
  constexpr std::array<char, 8> separators = {'\0', ',', ';', '\t', '|', ' ', ':', 'x'};
  constexpr std::array<const char*, 4> encodings = {"", "UTF-8", "windows-1251", "UTF-16LE"};
  DelimitedOptions options;
  if ((choice & 7) != 0) options.separator = separators[choice & 7];
  options.encoding = encodings[(choice >> 3) & 3];
  options.has_heading = (choice & 32) == 0;
  return options;
}

/// Where the file is cut into the pieces that are read at once must not show in what is read.
void check_cut(const std::string& text, const DelimitedOptions& options, const Contents& contents, std::size_t cut) {
  if (!options.separator || options.encoding.empty() || options.encoding == "UTF-16LE") return;
  if (text.starts_with("\xEF\xBB\xBF") || text.starts_with("sep=") || cut > text.size()) return;
  const std::size_t lines_before = piece_bytes - cut;
  const Contents moved = contents_of(std::string(lines_before, '\n') + text, options, lines_before);
  require(moved.heading == contents.heading && moved.is_refused == contents.is_refused);
  require(moved.records.size() == contents.records.size());
  for (std::size_t place = 0; place < contents.records.size(); ++place) {
    require(moved.records[place].line == contents.records[place].line);
    require(moved.records[place].fields == contents.records[place].fields);
    require(moved.records[place].problem.empty() == contents.records[place].problem.empty());
  }
}

}  // namespace

/// The first byte chooses the options, the second where the text is cut. Only Error may refuse, records keep to their
/// bounds, and reading twice gives the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const DelimitedOptions options = options_of(data[0]);
  const std::string text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const Contents contents = contents_of(text, options);
  require(contents_of(text, options) == contents);
  check_cut(text, options, contents, data[1]);
  return 0;
}
