// SPDX-License-Identifier: MIT
#include "loyal/format/sheet.hpp"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/format/label_plan.hpp"
#include "support/codes.hpp"
#include "support/pages.hpp"

using namespace loyal::test;
using namespace loyal;
using namespace loyal::format;

namespace {

std::vector<SheetLabel> cards(int count, Symbology symbology = Symbology::qr) {
  static constexpr std::array holders{"Иванова Мария Петровна", "Константинопольский Александр Владиславович", "Ли Ю",
                                      "", "O'Neil Zoë"};
  std::vector<SheetLabel> labels;
  for (int card = 0; card < count; ++card)
    labels.push_back({short_code(symbology, static_cast<std::uint64_t>(card) * 877), "", "Кофейня «Зерно»",
                      holders[static_cast<std::size_t>(card) % holders.size()]});
  return labels;
}

}  // namespace

TEST_CASE("all grids lie on the page, and their labels do not overlap") {
  for (const auto& layout : sheet_layouts()) {
    if (layout.labels() == 1) continue;
    CAPTURE(layout.name);
    CHECK(&sheet_layout_named(layout.name) == &layout);
    const auto last = label_rectangle(layout, layout.labels() - 1);
    CHECK(last.x + last.width <= a4_width_mm + 0.01);
    CHECK(last.y + last.height <= a4_height_mm + 0.01);
    CHECK(label_rectangle(layout, 1).x >= layout.margin_left_mm + layout.label_width_mm - 0.01);
    CHECK(label_rectangle(layout, layout.columns).y >= layout.margin_top_mm + layout.label_height_mm - 0.01);
  }
  CHECK(&sheet_layout_named("l7160") == &sheet_layout_named("L7160"));
  CHECK(error_of([] { sheet_layout_named("9x9"); }).hint().starts_with("these there are: 3x8, 3x7, 4x10, 5x13, L7159"));
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
      const std::vector<Symbol> symbols{encode(known.symbology, short_code(known.symbology, 123458))};
      const auto plan = plan_label(layout, {symbols, "Кофейня", "Иванова Мария", {}, 0});
      REQUIRE(plan);
      const auto& symbol = plan->symbols.front();
      const double side = layout.paper == Paper::roll ? 0.0 : 1.9;
      CHECK(symbol.module_mm >= known.module_min_mm - 1e-9);
      for (const auto& box : {symbol.symbol, plan->title.box, plan->holder.box, symbol.number}) {
        CHECK(box.x >= side);
        CHECK(box.y >= 1.9);
        CHECK(box.width > 0);
        CHECK(box.x + box.width <= layout.label_width_mm - side + 1e-9);
        CHECK(box.y + box.height <= plan->height_mm - 1.9);
      }
      CHECK(symbol.symbol.y + symbol.symbol.height <= symbol.number.y + 0.01);
      if (layout.paper == Paper::card) continue;
      const auto& title = plan->title.box;
      const auto& holder = plan->holder.box;
      CHECK(title.y + title.height <= holder.y + 0.01);
      const bool beside =
          title.x >= symbol.symbol.x + symbol.symbol.width + known.quiet_right_modules * symbol.module_mm - 0.01;
      CHECK((beside || holder.y + holder.height <= symbol.symbol.y + 0.01));
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
      CAPTURE(row.why);
      CAPTURE(known.name);
      const auto options = options_for(known.symbology, row.layout);
      const auto labels = cards(options.layout.labels(), known.symbology);
      write_sheet(path, options, from(labels));
      const auto page = rendered(path, row.dpi);
      for (int index = 0; index < options.layout.labels(); ++index) {
        CAPTURE(index);
        const auto& label = labels[static_cast<std::size_t>(index)];
        const auto found = read_label(page, symbol_rectangle(options, label, index));
        REQUIRE(found.size() == 1);
        CHECK(found.front().text == label.code);
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
      if (const auto said = said_by_zbar(known.symbology, label.code)) codes.insert(*said);
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
      const std::vector<SheetLabel> labels{{short_code(known.symbology, 123458), "", endless, holder}};
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
      CHECK(read_label(page, symbol_rectangle(options, labels.front(), 0)).size() == 1);
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
  for (const auto& known : symbologies()) {
    CAPTURE(known.name);
    std::vector<SheetLabel> labels;
    for (const auto& name : names) labels.push_back({short_code(known.symbology, 123458), name, name, name});
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
