// SPDX-License-Identifier: MIT
#include "loyal/format/sheet.hpp"

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
#include <set>
#include <sstream>
#include <vector>

#include "loyal/base/error.hpp"
#include "support/codes.hpp"

using namespace loyal;
using namespace loyal::format;

namespace {

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

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What a program prints; the arguments are ours alone, so that the shell has nothing to mistake.
std::string output_of(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen((command + " 2>/dev/null").c_str(), "r"),
                                                             ::pclose);
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 65536> bytes{};
  for (std::size_t read = 0; (read = std::fread(bytes.data(), 1, bytes.size(), pipe.get())) > 0;)
    output.append(bytes.data(), read);
  return output;
}

bool installed(const std::string& program) {
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
Page rendered(const std::string& path, int dpi, int page = 1) {
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

std::vector<Found> read_label(const Page& page, const Rectangle& place) {
  const int left = page.at(place.x, page.width);
  const int right = page.at(place.x + place.width, page.width);
  std::vector<std::uint8_t> gray;
  int rows = 0;
  for (int y = page.at(place.y, page.height); y < page.at(place.y + place.height, page.height); ++y, ++rows)
    for (int x = left; x < right; ++x)
      gray.push_back(
          static_cast<std::uint8_t>(page.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width) +
                                                static_cast<std::size_t>(x)]));
  return read_image(gray, right - left, rows);
}

SheetOptions options_for(Symbology symbology, std::string_view layout = "3x8") {
  SheetOptions options;
  options.symbology = symbology;
  options.layout = sheet_layout_named(layout);
  options.created = {1'772'355'600};
  options.title = "Карты";
  return options;
}

LabelSource from(const std::vector<SheetLabel>& labels) {
  return [&labels, next = std::size_t{0}](SheetLabel& label) mutable {
    if (next == labels.size()) return false;
    label = labels[next++];
    return true;
  };
}

std::vector<SheetLabel> cards(int count, Symbology symbology = Symbology::qr) {
  static constexpr std::array holders{"Иванова Мария Петровна", "Константинопольский Александр Владиславович", "Ли Ю",
                                      "", "O'Neil Zoë"};
  std::vector<SheetLabel> labels;
  for (int card = 0; card < count; ++card)
    labels.push_back({test::short_code(symbology, static_cast<std::uint64_t>(card) * 10477), "", "Кофейня «Зерно»",
                      holders[static_cast<std::size_t>(card) % holders.size()]});
  return labels;
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

}  // namespace

TEST_CASE("all grids lie on the page, and their labels do not overlap") {
  for (const auto& layout : sheet_layouts()) {
    CAPTURE(layout.name);
    CHECK(&sheet_layout_named(layout.name) == &layout);
    const auto last = label_rectangle(layout, layout.labels() - 1);
    CHECK(last.x + last.width <= a4_width_mm + 0.01);
    CHECK(last.y + last.height <= a4_height_mm + 0.01);
    CHECK(label_rectangle(layout, 1).x >= layout.margin_left_mm + layout.label_width_mm - 0.01);
    CHECK(label_rectangle(layout, layout.columns).y >= layout.margin_top_mm + layout.label_height_mm - 0.01);
  }
  CHECK(error_of([] { sheet_layout_named("9x9"); }).hint() == "these there are: 3x8, 3x7, 4x10, 5x13");
}

TEST_CASE("every corner of a grid has one mark, also where labels touch") {
  CHECK(label_corners(sheet_layout_named("3x8")).size() == 4 * 9);
  CHECK(label_corners(sheet_layout_named("5x13")).size() == 10 * 14);
}

TEST_CASE("the parts of a label lie within it, each under the other") {
  for (const auto& layout : sheet_layouts())
    for (const auto& known : symbologies()) {
      CAPTURE(layout.name);
      CAPTURE(known.name);
      const auto plan =
          plan_label(layout, encode(known.symbology, test::short_code(known.symbology, 123458)), true, true);
      REQUIRE(plan);
      CHECK(plan->module_mm >= known.module_min_mm);
      for (const auto& box : {plan->symbol, plan->title, plan->holder, plan->number}) {
        CHECK(box.x >= 1.9);
        CHECK(box.y >= 1.9);
        CHECK(box.width > 0);
        CHECK(box.x + box.width <= layout.label_width_mm - 1.9);
        CHECK(box.y + box.height <= layout.label_height_mm - 1.9);
      }
      CHECK(plan->title.y + plan->title.height <= plan->holder.y + 0.01);
      CHECK(plan->symbol.y + plan->symbol.height <= plan->number.y + 0.01);
      const bool beside =
          plan->title.x >= plan->symbol.x + plan->symbol.width + known.quiet_right_modules * plan->module_mm - 0.01;
      CHECK((beside || plan->holder.y + plan->holder.height <= plan->symbol.y + 0.01));
    }
}

TEST_CASE("another program draws the sheet so that every label reads as its code") {
  if (!installed("pdftoppm")) return;
  struct Row {
    const char* why;
    std::string_view layout;
    int dpi;
  };
  const Row rows[] = {
      {"the default, as a poor printer has it", "3x8", 150},
      {"the default, as a usual printer has it", "3x8", 300},
      {"larger labels", "3x7", 300},
      {"smaller labels", "4x10", 300},
      {"the smallest labels", "5x13", 300},
  };
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  for (const Row& row : rows)
    for (const auto& known : symbologies()) {
      // The reader looks for Aztec in the middle of an image only; reading back asks for the symbol's own place.
      if (known.symbology == Symbology::aztec) continue;
      CAPTURE(row.why);
      CAPTURE(known.name);
      const auto options = options_for(known.symbology, row.layout);
      const auto labels = cards(options.layout.labels(), known.symbology);
      write_sheet(path, options, from(labels));
      const auto page = rendered(path, row.dpi);
      for (int index = 0; index < options.layout.labels(); ++index) {
        CAPTURE(index);
        const auto found = read_label(page, label_rectangle(options.layout, index));
        REQUIRE(found.size() == 1);
        CHECK(found.front().text == labels[static_cast<std::size_t>(index)].code);
        CHECK(found.front().symbology == known.symbology);
      }
    }
}

TEST_CASE("another reader finds all codes of a page") {
  if (!installed("pdftoppm") || !installed("zbarimg")) return;
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  for (const auto& known : symbologies()) {
    CAPTURE(known.name);
    const auto labels = cards(24, known.symbology);
    std::set<std::string> codes;
    for (const auto& label : labels)
      if (const auto said = test::said_by_zbar(known.symbology, label.code)) codes.insert(*said);
    if (codes.empty()) continue;
    write_sheet(path, options_for(known.symbology), from(labels));
    for (const int dpi : {150, 300}) {
      // zbar wants more pixels than a poor scan of Codabar has.
      if (known.symbology == Symbology::codabar && dpi < 300) continue;
      CAPTURE(dpi);
      output_of(fmt::format("pdftoppm -r {} -gray {} {}", dpi, path, folder.file("page")));
      std::istringstream lines(output_of(fmt::format("zbarimg -q --raw {}", folder.file("page-1.pgm"))));
      std::set<std::string> found;
      for (std::string line; std::getline(lines, line);) found.insert(line);
      CHECK(found == codes);
    }
  }
}

TEST_CASE("the same labels with the same date give the same bytes") {
  const Folder folder;
  for (const auto& known : symbologies()) {
    CAPTURE(known.name);
    const auto labels = cards(60, known.symbology);
    auto options = options_for(known.symbology);
    write_sheet(folder.file("first.pdf"), options, from(labels));
    write_sheet(folder.file("second.pdf"), options, from(labels));
    options.read_back = false;
    write_sheet(folder.file("third.pdf"), options, from(labels));
    CHECK(contents(folder.file("first.pdf")).starts_with("%PDF-"));
    CHECK(contents(folder.file("first.pdf")) == contents(folder.file("second.pdf")));
    CHECK(contents(folder.file("first.pdf")) == contents(folder.file("third.pdf")));
    options.created.seconds += 86400;
    write_sheet(folder.file("third.pdf"), options, from(labels));
    CHECK(contents(folder.file("first.pdf")) != contents(folder.file("third.pdf")));
  }
}

TEST_CASE("labels go on to as many pages as they need, in order") {
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  const auto labels = cards(24 * 11 + 1);
  const auto receipt = write_sheet(path, options_for(Symbology::ean13), from(labels));
  CHECK(receipt.labels == 265);
  CHECK(receipt.pages == 12);
  if (!installed("pdftoppm")) return;
  const auto options = options_for(Symbology::ean13);
  const auto first = read_label(rendered(path, 150, 12), label_rectangle(options.layout, 0));
  REQUIRE(first.size() == 1);
  CHECK(first.front().text == labels.back().code);
  CHECK(read_label(rendered(path, 150, 12), label_rectangle(options.layout, 1)).empty());
}

TEST_CASE("names and numbers are text in an embedded font, the number in groups") {
  if (!installed("pdftotext") || !installed("pdffonts")) return;
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  const std::vector<SheetLabel> labels{{"2900000123458", "", "Кофейня «Зерно»", "Ёлкин Щ."}};
  write_sheet(path, options_for(Symbology::qr), from(labels));
  const auto text = output_of("pdftotext " + path + " -");
  for (const char* part : {"Кофейня «Зерно»", "Ёлкин Щ.", "2 900000 123458"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
  std::istringstream fonts(output_of("pdffonts " + path));
  std::string line;
  std::getline(fonts, line);
  const auto embedded = line.find("emb");
  std::getline(fonts, line);
  int count = 0;
  for (; std::getline(fonts, line); ++count) CHECK(line.substr(embedded, 3) == "yes");
  CHECK(count > 0);
}

TEST_CASE("a long name is cut with an ellipsis and stays on its own label") {
  if (!installed("pdftoppm") || !installed("pdftotext")) return;
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  std::string endless;
  for (int part = 0; part < 40; ++part) endless += "Константинопольская-Задунайская";
  std::string wordy;
  for (int part = 0; part < 40; ++part) wordy += "Анна ";
  for (const auto& known : symbologies())
    for (const auto& holder : {endless, wordy}) {
      CAPTURE(known.name);
      auto options = options_for(known.symbology);
      options.cut_marks = false;
      const std::vector<SheetLabel> labels{{test::short_code(known.symbology, 123458), "", endless, holder}};
      write_sheet(path, options, from(labels));
      CHECK(output_of("pdftotext " + path + " -").find("…") != std::string::npos);
      const auto page = rendered(path, 150);
      const auto label = label_rectangle(options.layout, 0);
      const int right = page.at(label.x + label.width, page.width);
      const int bottom = page.at(label.y + label.height, page.height);
      std::size_t strays = 0;
      for (int y = 0; y < page.height; ++y)
        for (int x = 0; x < page.width; ++x)
          if ((x >= right || y >= bottom) &&
              static_cast<unsigned char>(
                  page.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width) +
                              static_cast<std::size_t>(x)]) != 255)
            ++strays;
      CHECK(strays == 0);
      if (known.symbology != Symbology::aztec) CHECK(read_label(page, label).size() == 1);
    }
}

TEST_CASE("no name spoils a sheet") {
  const Folder folder;
  const std::vector<std::string> names{"\xFF\xFE\xFA",
                                       "a\x1b[2J\r\nb",
                                       std::string("a\0b", 3),
                                       "🧾🎉",
                                       "שלום עליכם",
                                       "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L",
                                       "%s%n</Title>",
                                       std::string(20000, 'W'),
                                       " ",
                                       "\xEF\xBB\xBF",
                                       "ﷺ",
                                       "\u202Eабв"};
  std::vector<SheetLabel> labels;
  for (const auto& known : symbologies()) {
    CAPTURE(known.name);
    labels.clear();
    for (const auto& name : names) labels.push_back({test::short_code(known.symbology, 123458), name, name, name});
    auto options = options_for(known.symbology);
    options.title = names.front();
    CHECK(write_sheet(folder.file("cards.pdf"), options, from(labels)).labels ==
          static_cast<std::int64_t>(names.size()));
  }
}

TEST_CASE("a symbol too large for its label is refused, and the sheets that it fits are named") {
  const Folder folder;
  const std::vector<SheetLabel> labels{{"GIFT-0001-ABCD", "", "", ""}};
  const auto error =
      error_of([&] { write_sheet(folder.file("cards.pdf"), options_for(Symbology::code128, "5x13"), from(labels)); });
  CHECK(error.fault() == Fault::refused);
  CHECK(std::string_view(error.what()).find("38.1 × 21.2 mm") != std::string_view::npos);
  CHECK(error.hint().find("3x8") != std::string::npos);
  CHECK(error.hint().find("5x13") == std::string::npos);
  CHECK(folder.files() == 0);
}

TEST_CASE("whatever goes wrong, the old file stays and nothing else is left") {
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  std::ofstream(path) << "old";
  auto labels = cards(1000);
  auto options = options_for(Symbology::ean13);
  options.read_back = false;

  SUBCASE("a code in the middle that can't be written") {
    labels[700].code = "2900000123457";
    CHECK(error_of([&] { write_sheet(path, options, from(labels)); }).fault() == Fault::refused);
  }
  SUBCASE("of two such codes the first is named, always") {
    labels[400].code = "first";
    labels[401].code = "second";
    for (int round = 0; round < 20; ++round)
      CHECK(std::string_view(error_of([&] { write_sheet(path, options, from(labels)); }).what()).find("first") !=
            std::string_view::npos);
  }
  SUBCASE("no labels") {
    labels.clear();
    CHECK(error_of([&] { write_sheet(path, options, from(labels)); }).fault() == Fault::usage);
  }
  SUBCASE("the source of labels fails") {
    int left = 600;
    const LabelSource failing = [&](SheetLabel& label) {
      if (left-- == 0) throw Error(Fault::store_busy, "busy");
      label = labels.front();
      return true;
    };
    CHECK(error_of([&] { write_sheet(path, options, failing); }).fault() == Fault::store_busy);
  }
  CHECK(contents(path) == "old");
  CHECK(folder.files() == 1);
}

TEST_CASE("a sheet whose symbols do not read is not written, unless reading back is turned off") {
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  for (const auto& known : symbologies()) {
    CAPTURE(known.name);
    const auto labels = cards(24, known.symbology);
    auto options = options_for(known.symbology);
    // Labels that lie over each other stand for any fault of the drawing.
    options.layout.gap_across_mm = -62;
    options.layout.gap_down_mm = -34;
    const auto error = error_of([&] { write_sheet(path, options, from(labels)); });
    CHECK(error.fault() == Fault::failed);
    CHECK(folder.files() == 0);
    options.read_back = false;
    CHECK(write_sheet(path, options, from(labels)).labels == 24);
    std::filesystem::remove(path);
  }
}

TEST_CASE("only the owner may read a sheet with names") {
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  const auto labels = cards(1);
  write_sheet(path, options_for(Symbology::qr), from(labels));
  CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::mask) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}
