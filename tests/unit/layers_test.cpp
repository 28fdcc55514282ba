// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/shared.hpp"

namespace {

namespace fs = std::filesystem;

struct Source {
  std::string name;   ///< "src/store/database.cpp"
  std::string layer;  ///< "store"; empty for main.cpp and the tests
  std::vector<std::string> lines;
};

const fs::path root = LOYAL_SOURCE_DIR;

std::string layer_of(const std::string& name) {
  for (const std::string prefix : {"include/loyal/", "src/"})
    if (name.starts_with(prefix)) {
      const std::size_t slash = name.find('/', prefix.size());
      return slash == std::string::npos ? "" : name.substr(prefix.size(), slash - prefix.size());
    }
  return "";
}

std::vector<Source> sources_under(std::initializer_list<const char*> directories) {
  std::vector<Source> sources;
  for (const char* directory : directories) {
    if (!fs::exists(root / directory)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / directory)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      Source source;
      source.name = fs::relative(entry.path(), root).generic_string();
      source.layer = layer_of(source.name);
      std::istringstream text(loyal::test::contents_of(entry.path()));
      for (std::string line; std::getline(text, line);) source.lines.push_back(line);
      sources.push_back(std::move(source));
    }
  }
  return sources;
}

const std::vector<Source>& product() {
  static const std::vector<Source> sources = sources_under({"include", "src"});
  return sources;
}

/// The file that a line includes, without its brackets; empty where it includes none.
std::string included(const std::string& line) {
  static const std::regex form(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::smatch match;
  return std::regex_search(line, match, form) ? match[1].str() : "";
}

std::string without_comment(const std::string& line) {
  const std::size_t at = line.find("//");
  return at == std::string::npos || (at > 0 && line[at - 1] == ':') ? line : line.substr(0, at);
}

/// Lines that a rule speaks of, in the files where it holds.
std::vector<std::string> places(const std::regex& pattern, const std::vector<Source>& sources, auto holds_in) {
  std::vector<std::string> found;
  for (const Source& source : sources) {
    if (!holds_in(source)) continue;
    for (std::size_t i = 0; i < source.lines.size(); ++i)
      if (std::regex_search(without_comment(source.lines[i]), pattern))
        found.push_back(source.name + ":" + std::to_string(i + 1) + ": " + source.lines[i]);
  }
  return found;
}

void check_none(const std::vector<std::string>& found, const std::string& rule) {
  for (const std::string& place : found) FAIL_CHECK(rule << ": " << place);
}

}  // namespace

TEST_SUITE("layers") {
  TEST_CASE("a layer includes only the layers below it") {
    const std::map<std::string, std::set<std::string>> allowed{
        {"base", {"base"}},
        {"domain", {"base", "domain"}},
        {"store", {"base", "domain", "store"}},
        {"format", {"base", "domain", "format"}},
        {"service", {"base", "domain", "store", "format", "service"}},
        {"cli", {"base", "domain", "store", "format", "service", "cli"}},
    };
    REQUIRE_FALSE(product().empty());
    for (const Source& source : product()) {
      if (source.layer.empty()) continue;
      REQUIRE_MESSAGE(allowed.contains(source.layer), source.name << " lies in no layer");
      for (const std::string& line : source.lines) {
        const std::string target = included(line);
        if (!target.starts_with("loyal/")) continue;
        const std::string layer = target.substr(6, target.find('/', 6) - 6);
        CHECK_MESSAGE(allowed.at(source.layer).contains(layer), source.name << " includes " << target);
        CHECK_MESSAGE(!(source.layer == "domain" && target == "loyal/base/clock.hpp"),
                      source.name << " includes the clock");
      }
    }
  }

  TEST_CASE("a library is wrapped where the architecture says, and nowhere else") {
    const std::map<std::string, std::set<std::string>> homes{{"CLI/", {"src/cli/verb.cpp", "src/cli/run.cpp"}}};
    const std::array<std::string, 11> wrapped_once{"xlsxwriter.h", "cairo",       "csv.h",   "minizip/zip.h",
                                                   "uuid/uuid.h",  "pugixml.hpp", "toml++/", "date/tz.h",
                                                   "png.h",        "jpeglib.h",   "webp/"};
    std::map<std::string, std::set<std::string>> users;
    for (const Source& source : product())
      for (const std::string& line : source.lines) {
        const std::string target = included(line);
        if (target.empty()) continue;
        if (target == "sqlite3.h") CHECK_MESSAGE(source.layer == "store", source.name << " includes " << target);
        if (target.starts_with("ZXing/"))
          CHECK_MESSAGE(source.layer == "format", source.name << " includes " << target);
        for (const auto& [library, files] : homes)
          if (target.starts_with(library))
            CHECK_MESSAGE(files.contains(source.name), source.name << " includes " << target);
        for (const std::string& library : wrapped_once)
          if (target.starts_with(library)) users[library].insert(source.name);
      }
    for (const auto& wrapped : users)
      CHECK_MESSAGE(wrapped.second.size() == 1, wrapped.first << " is wrapped in more files than one");
  }

  TEST_CASE("only main touches the process: environment, terminal, clock, streams, exit") {
    const std::regex process(
        R"(\b(getenv|isatty|ioctl)\s*\(|\bstd::c(out|err|in)\b|(^|[^\w.>:])(::|std::)?(exit|_exit|quick_exit)\s*\()");
    check_none(places(process, product(), [](const Source& s) { return s.name != "src/main.cpp"; }), "only main may");
    const std::regex clock(R"(\bsystem_clock::now\b|[^\w]time\s*\(\s*(nullptr|NULL|0)\s*\)|\bgettimeofday\b)");
    check_none(places(clock, product(),
                      [](const Source& s) { return s.name != "src/main.cpp" && s.name != "src/base/clock.cpp"; }),
               "only the clock may tell the time");
    const std::regex locale(R"(\bstd::locale::global\b|\bsetlocale\s*\(\s*LC_(ALL|NUMERIC)\b)");
    check_none(places(locale, product(), [](const Source&) { return true; }), "numbers keep their C form");
  }

  TEST_CASE("SQL stays in the store") {
    const std::regex sql(
        R"re(R"sql\(|"\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index|view|trigger)\s|pragma\s|begin\s+immediate|alter\s+table\s|with\s+\w+\s+as\s*\())re",
        std::regex::icase);
    check_none(places(sql, product(), [](const Source& s) { return s.layer != "store"; }), "SQL outside the store");
    const std::regex dialect(R"(\binsert\s+or\s+(replace|ignore|abort)|\b(strftime|julianday)\s*\()",
                             std::regex::icase);
    check_none(places(dialect, product(), [](const Source& s) { return s.layer == "store"; }), "SQL of SQLite alone");
  }

  TEST_CASE("no floating point comes near an amount") {
    const std::regex floating(R"(\b(double|float|long double|std::sto[dfl]d?|strtod|atof)\b)");
    check_none(places(floating, product(),
                      [](const Source& s) {
                        return s.layer == "domain" || s.layer == "store" || s.layer == "service" ||
                               s.name.find("money") != std::string::npos ||
                               s.name.find("quantity") != std::string::npos ||
                               s.name.find("apportion") != std::string::npos;
                      }),
               "a floating number");
  }

  TEST_CASE("files are short, licensed, and hold no notes of unfinished work") {
    const std::regex unfinished(
        "\\b(TO"
        "DO|FIX"
        "ME|X"
        "XX|HA"
        "CK)\\b");
    for (const Source& source : sources_under({"include", "src", "tests"})) {
      REQUIRE_FALSE(source.lines.empty());
      CHECK_MESSAGE(source.lines.front() == "// SPDX-License-Identifier: MIT", source.name << " has no licence line");
      const std::size_t limit = source.name.starts_with("src/cli/commands/") ? 160 : 600;
      CHECK_MESSAGE(source.lines.size() <= limit,
                    source.name << " has " << source.lines.size() << " lines, more than " << limit);
      for (const std::string& line : source.lines)
        CHECK_MESSAGE(!std::regex_search(line, unfinished), source.name << ": " << line);
      if (source.name.ends_with(".hpp")) {
        const bool guarded = std::find(source.lines.begin(), source.lines.end(), "#pragma once") != source.lines.end();
        CHECK_MESSAGE(guarded, source.name << " lacks #pragma once");
      }
    }
  }
}
