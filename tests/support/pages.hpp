// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/format/label_plan.hpp"
#include "loyal/format/sheet.hpp"

/// What tests of sheets share: files, and pages as another program draws them.
namespace loyal::test {

using namespace loyal::format;

/// A folder that is gone after the test.
class Folder {
 public:
  Folder() {
    auto name = (std::filesystem::temp_directory_path() / "loyal-sheet-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::ptrdiff_t files() const { return std::distance(std::filesystem::directory_iterator(path_), {}); }

 private:
  std::filesystem::path path_;
};

inline std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What a program prints; the arguments are ours alone, so that the shell has nothing to mistake.
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

inline bool installed(const std::string& program) {
  if (!output_of("command -v " + program).empty()) return true;
  MESSAGE("skipped in part: " << program << " is not installed");
  return false;
}

struct Page {
  double pixels_per_mm = 0;
  int width = 0;
  int height = 0;
  std::string pixels;

  int at(double mm, int limit) const { return std::clamp(static_cast<int>(std::lround(mm * pixels_per_mm)), 0, limit); }
};

/// A page of the PDF as poppler draws it.
inline Page rendered(const std::string& path, int dpi, int page = 1) {
  std::istringstream image(output_of(fmt::format("pdftoppm -r {} -gray -f {} -l {} {}", dpi, page, page, path)));
  Page result{dpi / 25.4, 0, 0, {}};
  std::string magic;
  int white = 0;
  image >> magic >> result.width >> result.height >> white;
  image.get();
  REQUIRE(magic == "P5");
  result.pixels.assign(std::istreambuf_iterator<char>(image), {});
  REQUIRE(result.pixels.size() == static_cast<std::size_t>(result.width) * static_cast<std::size_t>(result.height));
  return result;
}

inline std::vector<Found> read_label(const Page& page, const Rectangle& place, std::optional<Symbology> only = {}) {
  const int left = page.at(place.x, page.width);
  const int right = page.at(place.x + place.width, page.width);
  std::vector<std::uint8_t> gray;
  int rows = 0;
  for (int y = page.at(place.y, page.height); y < page.at(place.y + place.height, page.height); ++y, ++rows)
    for (int x = left; x < right; ++x)
      gray.push_back(
          static_cast<std::uint8_t>(page.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width) +
                                                static_cast<std::size_t>(x)]));
  return read_image(gray, right - left, rows, only);
}

/// The own rectangle of a label's symbol on its page, with its quiet zone.
inline Rectangle symbol_rectangle(const SheetOptions& options, const SheetLabel& label, int index,
                                  std::size_t of_symbol = 0) {
  std::vector<Symbol> symbols{encode(options.symbology, label.code)};
  for (const auto symbology : options.further_symbologies) symbols.push_back(encode(symbology, label.code));
  const auto& logo = options.look.logo;
  const auto plan = plan_label(options.layout, {symbols, label.title, label.holder, label.lines,
                                                logo ? static_cast<double>(logo->width) / logo->height : 0.0});
  REQUIRE(plan);
  auto place = with_quiet_zone(symbols[of_symbol], plan->symbols[of_symbol]);
  const auto corner = label_rectangle(options.layout, index);
  place.x += corner.x;
  place.y += corner.y;
  return place;
}

inline SheetOptions options_for(Symbology symbology, std::string_view layout = "3x8") {
  SheetOptions options;
  options.symbology = symbology;
  options.layout = sheet_layout_named(layout);
  options.created = {1'772'355'600};
  options.title = "Карты";
  return options;
}

inline LabelSource from(const std::vector<SheetLabel>& labels) {
  return [&labels, next = std::size_t{0}](SheetLabel& label) mutable {
    if (next == labels.size()) return false;
    label = labels[next++];
    return true;
  };
}

template <class Action>
Error error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error was thrown");
  return {Fault::failed, ""};
}

}  // namespace loyal::test
