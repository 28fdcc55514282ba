// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "loyal/domain/code_number.hpp"
#include "loyal/format/label_plan.hpp"
#include "support/codes.hpp"
#include "support/pages.hpp"

using namespace loyal;
using namespace loyal::test;

namespace {

const std::string sample_logo = LOYAL_SOURCE_DIR "/samples/shop/logo.png";
const std::string sample_jpeg = LOYAL_SOURCE_DIR "/tests/fixtures/logo.jpg";

std::vector<SheetLabel> cards(int count) {
  std::vector<SheetLabel> labels;
  for (int card = 0; card < count; ++card)
    labels.push_back({domain::ean13("29", static_cast<std::uint64_t>(card) * 104729), "", "Кофейня «Зерно»",
                      card % 2 == 0 ? "Алёна Йорк" : ""});
  return labels;
}

SheetOptions qr_and_ean(const SheetLayout& layout) {
  SheetOptions options;
  options.layout = layout;
  options.further_symbologies = {Symbology::ean13};
  options.created = {1'772'355'600};
  return options;
}

Look full_look() {
  return {read_logo(sample_logo), colour_of("#f5e6c8"), colour_of("#1a3c34")};
}

/// The codes that zbar finds in an image, whatever its form.
std::multiset<std::string> seen_by_zbar(const std::string& path) {
  std::istringstream lines(output_of("zbarimg -q --raw " + path));
  std::multiset<std::string> found;
  for (std::string line; std::getline(lines, line);) found.insert(line);
  return found;
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes.push_back(static_cast<char>((number >> shift) & 0xFFU));
  return bytes;
}

}  // namespace

TEST_CASE("a grid of one's own is taken as people type it") {
  struct Row {
    const char* why;
    GridText text;
    double label_width, label_height, left, top;
  };
  const Row rows[] = {
      {"all of it", {"3x8", "70x37", "0x0.5", "0x0"}, 70, 37, 0, 0.5},
      {"a margin left out puts the grid in the middle", {"2x5", "90x52", "", ""}, 90, 52, 15, 18.5},
      {"a size left out fills the page", {"2x4", "", "", ""}, 105, 74.25, 0, 0},
      {"gaps and margins are taken off first", {"2x4", "", "10x10", "5x5"}, 92.5, 65.5, 10, 10},
      {"a decimal comma and the Cyrillic letter", {"3х8", "70х37", "0х0,5", ""}, 70, 37, 0, 0.5},
      {"a multiplication sign", {"3×8", "70×37", "", ""}, 70, 37, 0, 0.5},
      {"one large label", {"1x1", "100x100", "", ""}, 100, 100, 55, 98.5},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto layout = sheet_layout_of(row.text);
    CHECK(layout.label_width_mm == doctest::Approx(row.label_width));
    CHECK(layout.label_height_mm == doctest::Approx(row.label_height));
    CHECK(layout.margin_left_mm == doctest::Approx(row.left));
    CHECK(layout.margin_top_mm == doctest::Approx(row.top));
  }
}

TEST_CASE("a grid that does not fit the page is refused with the numbers") {
  struct Row {
    const char* why;
    GridText text;
    const char* said;
  };
  const Row rows[] = {
      {"too wide", {"4x8", "70x37", "", ""}, "4 labels of 70 mm"},
      {"how much that takes", {"4x8", "70x37", "", ""}, "280 mm of the page's width"},
      {"how much there is", {"4x8", "70x37", "", ""}, "210 mm"},
      {"too high", {"3x9", "70x37", "", ""}, "333 mm of the page's height"},
      {"too high by its gaps", {"3x8", "70x37", "", "0x1"}, "303 mm"},
      {"pushed off by its margin", {"3x8", "70x37", "1x0", ""}, "211 mm"},
      {"no labels at all", {"0x8", "70x37", "", ""}, "from 1 to 100"},
      {"half a column", {"2.5x8", "", "", ""}, "columns x rows"},
      {"labels that hold nothing", {"50x50", "", "", ""}, "the labels would have"},
      {"one number", {"3", "", "", ""}, "two numbers"},
      {"words", {"axb", "", "", ""}, "two numbers"},
      {"three numbers", {"3x8", "70x37x2", "", ""}, "--label"},
      {"less than nothing", {"3x8", "70x37", "-5x0", ""}, "--margin"},
      {"no number", {"3x8", "nanxinf", "", ""}, "--label"},
      {"beyond all bounds", {"1e9x1e9", "", "", ""}, "two numbers"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto error = error_of([&] { sheet_layout_of(row.text); });
    CAPTURE(error.what());
    CHECK(error.fault() == Fault::usage);
    CHECK(std::string_view(error.what()).find(row.said) != std::string_view::npos);
  }
}

TEST_CASE("symbols side by side read from every layout that takes them, as another program draws it") {
  if (!installed("pdftoppm")) return;
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  for (const auto& layout : sheet_layouts()) {
    CAPTURE(layout.name);
    const auto options = qr_and_ean(layout);
    const auto labels = cards(2);
    if (layout.paper == Paper::sheet && layout.label_width_mm < 60) {
      CHECK(error_of([&] { write_sheet(path, options, from(labels)); }).fault() == Fault::refused);
      continue;
    }
    write_sheet(path, options, from(labels));
    for (const int dpi : {150, 300})
      for (int index = 0; index < 2; ++index) {
        CAPTURE(dpi);
        const bool on_sheet = layout.paper == Paper::sheet;
        const int page = on_sheet ? 1 : layout.paper == Paper::card ? 2 * index + 2 : index + 1;
        const auto drawn = rendered(path, dpi, page);
        const auto& label = labels[static_cast<std::size_t>(index)];
        for (const std::size_t symbol : {std::size_t{0}, std::size_t{1}}) {
          const auto found = read_label(drawn, symbol_rectangle(options, label, on_sheet ? index : 0, symbol));
          REQUIRE(found.size() == 1);
          CHECK(found.front().text == label.code);
          CHECK(found.front().symbology == (symbol == 0 ? Symbology::qr : Symbology::ean13));
        }
      }
  }
}

TEST_CASE("a logo and colours leave every symbol black on white") {
  if (!installed("pdftoppm")) return;
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  for (const char* name : {"3x8", "L7163", "32015", "cr80", "80mm"})
    for (const auto& known : symbologies()) {
      CAPTURE(name);
      CAPTURE(known.name);
      auto options = qr_and_ean(sheet_layout_named(name));
      options.symbology = known.symbology;
      options.further_symbologies.clear();
      options.look = full_look();
      auto labels = cards(1);
      labels.front().code = short_code(known.symbology, 123458);
      write_sheet(path, options, from(labels));
      const auto page = rendered(path, 300, options.layout.paper == Paper::card ? 2 : 1);
      const auto found = read_label(page, symbol_rectangle(options, labels.front(), 0), known.symbology);
      REQUIRE(found.size() == 1);
      CHECK(found.front().text == labels.front().code);
    }
}

TEST_CASE("a number in print is never cut, and texts never reach it") {
  if (!installed("pdftotext")) return;
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  for (const auto& layout : sheet_layouts())
    for (const auto symbology : {Symbology::qr, Symbology::code128, Symbology::ean13}) {
      CAPTURE(layout.name);
      auto options = qr_and_ean(layout);
      options.further_symbologies.clear();
      options.symbology = symbology;
      options.look = full_look();
      auto labels = cards(1);
      labels.front().holder = "Мария";
      labels.front().lines = {"Скидка", "zerno.ru"};
      try {
        write_sheet(path, options, from(labels));
      } catch (const Error& error) {
        CHECK(error.fault() == Fault::refused);
        CHECK(layout.label_height_mm < 26);
        continue;
      }
      const auto text = output_of("pdftotext -layout " + path + " -");
      CAPTURE(text);
      CHECK(text.find("…") == std::string::npos);
      for (const char* part : {"900000", "000001", "Мария", "Скидка", "zerno.ru"})
        CHECK(text.find(part) != std::string::npos);
      if (layout.paper == Paper::card) continue;
      const Symbol symbol = encode(symbology, labels.front().code);
      const auto plan = plan_label(layout, {{&symbol, 1}, "Кофейня «Зерно»", "Мария", labels.front().lines, 1.0});
      REQUIRE(plan);
      const auto& number = plan->symbols.front().number;
      const auto& lines = plan->lines.box;
      CHECK((lines.y + lines.height <= number.y + 0.01 || lines.y >= number.y + number.height - 0.01));
      CHECK(plan->logo.height > 1.5);
    }
}

TEST_CASE("texts that are hardly seen on their background are refused with a colour that is") {
  Look look;
  look.colour = colour_of("#cccccc");
  const auto error = error_of([&] { require_seen(look); });
  CHECK(error.fault() == Fault::refused);
  CHECK(error.hint() == "--color \"#000000\"");
  look.background = colour_of("1a3c34");
  require_seen(look);
  look.colour.reset();
  CHECK(look.ink() == white);
  CHECK(contrast(black, white) == doctest::Approx(21));
  CHECK(colour_of("#fff") == white);
  for (const char* text : {"", "#", "#12345", "#1234567", "#ggg000", "зелёный", "#+12345", "0x1234"}) {
    CAPTURE(text);
    CHECK(error_of([&] { colour_of(text); }).fault() == Fault::usage);
  }
}

TEST_CASE("the same labels give the same bytes in every form, whatever was drawn before") {
  const Folder folder;
  const auto labels = cards(30);
  for (const char* ending : {".pdf", ".svg", ".png"}) {
    CAPTURE(ending);
    std::vector<std::string> written;
    for (const char* name : {"first", "second", "third"}) {
      auto options = qr_and_ean(sheet_layout_named("3x8"));
      options.form = sheet_form_of(std::string("x") + ending);
      options.dpi = 150;
      options.look = full_look();
      options.read_back = std::string(name) != "third";
      const auto receipt = write_sheet(folder.file(std::string(name) + ending), options, from(labels));
      std::string all;
      for (const auto& file : receipt.files) all += contents(file);
      written.push_back(all);
    }
    CHECK(written[0].size() > 1000);
    CHECK(written[0] == written[1]);
    CHECK(written[0] == written[2]);
  }
}

TEST_CASE("pages of images are files with numbers that sort, and all read") {
  if (!installed("zbarimg")) return;
  const Folder folder;
  const auto labels = cards(30);
  auto options = qr_and_ean(sheet_layout_named("3x8"));
  options.further_symbologies.clear();
  options.form = SheetForm::png;
  const auto receipt = write_sheet(folder.file("cards.png"), options, from(labels));
  REQUIRE(receipt.files == std::vector<std::string>{folder.file("cards-1.png"), folder.file("cards-2.png")});
  CHECK(receipt.pages == 2);
  CHECK(folder.files() == 2);
  CHECK(seen_by_zbar(receipt.files[0]).size() == 24);
  const auto last = seen_by_zbar(receipt.files[1]);
  CHECK(last.size() == 6);
  CHECK(last.contains(labels.back().code));

  options.layout = sheet_layout_named("58mm");
  options.form = SheetForm::svg;
  const auto slips = write_sheet(folder.file("slip.svg"), options, from(cards(10)));
  REQUIRE(slips.files.size() == 10);
  CHECK(slips.files.front() == folder.file("slip-01.svg"));
  const auto alone = write_sheet(folder.file("alone.svg"), options, from(cards(1)));
  CHECK(alone.files.front() == folder.file("alone.svg"));
  CHECK(contents(folder.file("alone.svg")).find("width=\"164.4") != std::string::npos);
}

TEST_CASE("an SVG reads when another program draws it") {
  if (!installed("rsvg-convert") || !installed("zbarimg")) return;
  const Folder folder;
  auto options = qr_and_ean(sheet_layout_named("3x8"));
  options.form = SheetForm::svg;
  options.look = full_look();
  const auto labels = cards(24);
  write_sheet(folder.file("cards.svg"), options, from(labels));
  output_of("rsvg-convert -d 300 -p 300 -o " + folder.file("drawn.png") + " " + folder.file("cards.svg"));
  const auto found = seen_by_zbar(folder.file("drawn.png"));
  for (const auto& label : labels) CHECK(found.count(label.code) == 2);
}

TEST_CASE("a PNG says its resolution, and modules are whole pixels at any") {
  const Folder folder;
  const auto labels = cards(1);
  for (const int dpi : {150, 203, 300, 600}) {
    CAPTURE(dpi);
    auto options = qr_and_ean(sheet_layout_named("cr80"));
    options.form = SheetForm::png;
    options.dpi = dpi;
    const auto receipt = write_sheet(folder.file("card.png"), options, from(labels));
    REQUIRE(receipt.files.size() == 2);
    const auto bytes = contents(receipt.files[1]);
    const auto metre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
    CHECK(bytes.find("pHYs" + big_endian(metre) + big_endian(metre) + '\x01') == 37);
    if (installed("zbarimg")) CHECK(seen_by_zbar(receipt.files[1]).count(labels.front().code) == 2);
  }
  auto options = qr_and_ean(sheet_layout_named("3x8"));
  options.form = SheetForm::png;
  options.dpi = 1200;
  CHECK(error_of([&] { write_sheet(folder.file("x.png"), options, from(labels)); }).hint() == "--dpi 600");
  options.dpi = 10;
  CHECK(error_of([&] { write_sheet(folder.file("x.png"), options, from(labels)); }).fault() == Fault::usage);
}

TEST_CASE("a plastic card has two pages of its size, with bleed; a slip is as high as what it shows") {
  if (!installed("pdfinfo")) return;
  const Folder folder;
  const auto path = folder.file("cards.pdf");
  const auto receipt = write_sheet(path, qr_and_ean(sheet_layout_named("cr80")), from(cards(3)));
  CHECK(receipt.labels == 3);
  CHECK(receipt.pages == 6);
  // 85.60 + 16 and 53.98 + 16 mm in points.
  CHECK(output_of("pdfinfo -f 6 -l 6 " + path).find("288 x 198.369 pts") != std::string::npos);

  auto labels = cards(2);
  labels[1].lines = {"Скидка 10 % на кофе", "до 1 апреля", "zerno.ru"};
  write_sheet(path, qr_and_ean(sheet_layout_named("80mm")), from(labels));
  const auto sizes = output_of("pdfinfo -f 1 -l 2 " + path);
  const auto height = [&sizes](const std::string& page) {
    const auto width = sizes.find("226.772 x ", sizes.find(page));
    return width == std::string::npos ? 0.0 : std::atof(sizes.c_str() + width + 10);
  };
  CHECK(height("Page    1") > 100);
  CHECK(height("Page    2") > height("Page    1") + 20);
}

TEST_CASE("what is no logo is told from one, before its pixels are made") {
  const Folder folder;
  const std::string header("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
  const std::string png = contents(sample_logo);
  const std::string jpeg = contents(sample_jpeg);
  std::string large_jpeg = jpeg;
  const auto frame = jpeg.find("\xFF\xC0");
  REQUIRE(frame != std::string::npos);
  large_jpeg.replace(frame + 5, 4, "\x4E\x20\x4E\x20");
  struct Row {
    const char* why;
    std::string bytes;
    Fault fault;
    const char* said;
  };
  const Row rows[] = {
      {"a PNG of 20,000 × 20,000 pixels", header + big_endian(20'000) + big_endian(20'000) + std::string(100, 'x'),
       Fault::refused, "20000 × 20000 pixels"},
      {"one whose product overflows", header + big_endian(0xFFFFFFFF) + big_endian(0xFFFFFFFF), Fault::refused,
       "pixels"},
      {"a JPEG of 20,000 × 20,000 pixels", large_jpeg, Fault::refused, "20000 × 20000 pixels"},
      {"a PNG without pixels", header + big_endian(0) + big_endian(5), Fault::failed, "no pixels"},
      {"a PNG cut in its header", png.substr(0, 20), Fault::failed, "ends in its header"},
      {"a PNG cut in its pixels", png.substr(0, png.size() / 2), Fault::failed, "broken"},
      {"a JPEG cut in its pixels", jpeg.substr(0, jpeg.size() / 2), Fault::failed, "broken"},
      {"a JPEG cut in its header", jpeg.substr(0, 30), Fault::failed, "broken"},
      {"text", "logo", Fault::usage, "neither PNG nor JPEG"},
      {"nothing", "", Fault::usage, "neither PNG nor JPEG"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto path = folder.file("logo");
    std::ofstream(path, std::ios::binary) << row.bytes;
    const auto error = error_of([&] { read_logo(path); });
    CAPTURE(error.what());
    CHECK(error.fault() == row.fault);
    CHECK(std::string_view(error.what()).find(row.said) != std::string_view::npos);
  }
  CHECK(error_of([&] { read_logo(folder.file("absent.png")); }).fault() == Fault::failed);
  CHECK(error_of([&] { read_logo(folder.file(".")); }).fault() == Fault::failed);
  CHECK(read_logo(sample_logo)->width == 240);
  const auto from_jpeg = read_logo(sample_jpeg);
  CHECK(from_jpeg->width == 160);
  CHECK(from_jpeg->height == 80);
  CHECK((from_jpeg->pixels[40 * 160 + 40] >> 24) == 0xFF);
  CHECK(((from_jpeg->pixels[40 * 160 + 40] >> 16) & 0xFF) > 0xB0);
}

TEST_CASE("the manifest says what stands where, and comes with the sheet or not at all") {
  const Folder folder;
  auto options = qr_and_ean(sheet_layout_named("3x8"));
  options.manifest_path = folder.file("cards.manifest.csv");
  options.first_place = 22;
  auto labels = cards(4);
  write_sheet(folder.file("cards.pdf"), options, from(labels));
  const auto manifest = contents(options.manifest_path);
  std::istringstream lines(manifest);
  std::vector<std::string> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(line);
  REQUIRE(rows.size() == 9);
  CHECK(rows[0] == "file,page,place,number,symbology,code,title,holder");
  const auto row = [&](const char* page_and_place, int card, const char* symbology) {
    const auto& label = labels[static_cast<std::size_t>(card)];
    return folder.file("cards.pdf") + "," + page_and_place + "," + label.code + "," + symbology + "," + label.code +
           ",Кофейня «Зерно»," + label.holder;
  };
  CHECK(rows[1] == row("1,23", 0, "qr"));
  CHECK(rows[2] == row("1,23", 0, "ean13"));
  CHECK(rows[4] == row("1,24", 1, "ean13"));
  CHECK(rows[5] == row("2,1", 2, "qr"));

  labels[3].code = "not digits";
  CHECK(error_of([&] { write_sheet(folder.file("cards.pdf"), options, from(labels)); }).fault() == Fault::refused);
  CHECK(contents(options.manifest_path) == manifest);
  CHECK(folder.files() == 2);
  options.first_place = 24;
  CHECK(error_of([&] { write_sheet(folder.file("x.pdf"), options, from(labels)); }).fault() == Fault::usage);
}

TEST_CASE("where an image can't be written, nothing is left") {
  const Folder folder;
  auto labels = cards(60);
  auto options = qr_and_ean(sheet_layout_named("3x8"));
  options.form = SheetForm::svg;
  SUBCASE("no such folder") {
    const auto error = error_of([&] { write_sheet(folder.file("absent/cards.svg"), options, from(labels)); });
    CHECK(error.fault() == Fault::failed);
    CHECK(std::string_view(error.what()).find("absent/cards-1.svg") != std::string_view::npos);
  }
  SUBCASE("a code of the last page that can't be written") {
    labels.back().code = "29";
    CHECK(error_of([&] { write_sheet(folder.file("cards.svg"), options, from(labels)); }).fault() == Fault::refused);
  }
  SUBCASE("symbols of the last page that can't be read") {
    options.form = SheetForm::png;
    options.layout.gap_across_mm = -62;
    CHECK(error_of([&] { write_sheet(folder.file("cards.png"), options, from(labels)); }).fault() == Fault::failed);
  }
  SUBCASE("a full disk") {
    options.form = SheetForm::pdf;
    options.manifest_path = folder.file("cards.manifest.csv");
    CHECK(error_of([&] { write_sheet("/dev/full", options, from(labels)); }).fault() == Fault::failed);
  }
  CHECK(folder.files() == 0);
}

TEST_CASE("a label is given a further code where the first one does not suit the symbology") {
  const Folder folder;
  auto options = qr_and_ean(sheet_layout_named("3x8"));
  options.manifest_path = folder.file("cards.manifest.csv");
  const std::vector<SheetLabel> labels{{"CAFE-01", "", "", "", {}, {"x", "2900000123458"}}};
  write_sheet(folder.file("cards.pdf"), options, from(labels));
  const auto manifest = contents(options.manifest_path);
  CHECK(manifest.find("CAFE-01,qr,CAFE-01,") != std::string::npos);
  CHECK(manifest.find("CAFE-01,ean13,2900000123458,") != std::string::npos);
}
