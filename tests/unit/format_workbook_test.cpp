// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <stdio.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>

#include "loyal/base/error.hpp"
#include "loyal/format/sink.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"

using namespace loyal;
using namespace loyal::format;
using loyal::test::contents_of;
using loyal::test::ScratchDirectory;

namespace {

constexpr Instant created{1'772'355'600};

std::ptrdiff_t files_in(const ScratchDirectory& folder) {
  return std::distance(std::filesystem::directory_iterator(folder.path()), {});
}

/// A member of a zip archive by the system's unzip; nothing where that is not installed.
std::string member(const std::string& archive, const std::string& name) {
  const std::string command = "unzip -p '" + archive + "' '" + name + "' 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string text;
  char piece[4096];
  for (std::size_t count = 0; (count = ::fread(piece, 1, sizeof piece, pipe.get())) > 0;) text.append(piece, count);
  return text;
}

bool can_unzip() {
  static const bool found = ::system("command -v unzip >/dev/null 2>&1") == 0;
  if (!found) MESSAGE("skipped: unzip is not installed, so the inside of workbooks is not looked at");
  return found;
}

void write(const std::string& path, const std::vector<Column>& columns, const std::vector<std::vector<Cell>>& rows,
           const FormOptions& options = {}) {
  const auto sink = make_workbook_sink(path, columns, options, created);
  for (const auto& row : rows) sink->row(row);
  sink->finish();
}

std::string sheet_with(const std::vector<Cell>& row, const std::vector<Column>& columns) {
  const ScratchDirectory folder;
  write(folder.file("x.xlsx"), columns, {row});
  return member(folder.file("x.xlsx"), "xl/worksheets/sheet1.xml");
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a workbook is in its place only when it is finished, for the owner alone, and the same every time") {
  const ScratchDirectory folder;
  const std::string path = folder.file("list.xlsx");
  {
    const auto abandoned = make_workbook_sink(path, {{"a", "A"}}, {}, created);
    abandoned->row(std::vector<Cell>{std::string("x")});
    CHECK_FALSE(std::filesystem::exists(path));
  }
  CHECK(files_in(folder) == 0);
  write(path, {{"a", "A"}}, {{std::string("x")}});
  write(folder.file("again.xlsx"), {{"a", "A"}}, {{std::string("x")}});
  CHECK(files_in(folder) == 2);
  CHECK(contents_of(path).starts_with("PK"));
  CHECK(contents_of(path) == contents_of(folder.file("again.xlsx")));
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("cells have their types: texts, exact numbers, real dates, and nothing where nothing is") {
  if (!can_unzip()) return;
  const std::string sheet = sheet_with({std::string("0012"),
                                        MoneyCell{{-125010}},
                                        PointsCell{{15}, 1},
                                        Date{20513},
                                        LocalTime{Date{20513}, 43200},
                                        true,
                                        std::int64_t{1} << 60,
                                        Amount{1500},
                                        {},
                                        std::string("RUB")},
                                       {{"card", "Card", Kind::identifier},
                                        {"paid", "Paid", Kind::money},
                                        {"points", "Points", Kind::points},
                                        {"day", "Day", Kind::date},
                                        {"at", "At", Kind::time},
                                        {"ok", "OK", Kind::boolean},
                                        {"big", "Big", Kind::integer},
                                        {"weight", "Weight", Kind::amount},
                                        {"none", "None", Kind::text},
                                        {"currency", "Currency", Kind::text, Shown::to_programs}});
  CHECK(holds(sheet, "<c r=\"A2\" t=\"inlineStr\"><is><t>0012</t></is></c>"));
  CHECK(holds(sheet, "<v>-1250.1</v>"));
  CHECK(holds(sheet, "<v>1.5</v>"));
  CHECK(holds(sheet, "<v>46082</v>"));
  CHECK(holds(sheet, "<v>46082.5</v>"));
  CHECK(holds(sheet, "<c r=\"F2\" t=\"b\"><v>1</v></c>"));
  CHECK(holds(sheet, "<t>1152921504606846976</t>"));
  CHECK_FALSE(holds(sheet, "\"I2\""));
  CHECK_FALSE(holds(sheet, "Currency"));
  CHECK(holds(sheet, "<autoFilter ref=\"A1:I2\"/>"));
  CHECK(holds(sheet, "state=\"frozen\""));
}

TEST_CASE("formats and the time of creation are in the workbook") {
  if (!can_unzip()) return;
  const ScratchDirectory folder;
  FormOptions options;
  options.title = "Продажи: [март]/2026 года, все магазины и кассы";
  write(folder.file("x.xlsx"), {{"paid", "Paid", Kind::money}, {"day", "Day", Kind::date}}, {{MoneyCell{{1}}, Date{0}}},
        options);
  const std::string styles = member(folder.file("x.xlsx"), "xl/styles.xml");
  CHECK(holds(styles, "formatCode=\"#,##0.00;[Red]-#,##0.00\""));
  CHECK(holds(styles, "dd.mm.yyyy"));
  CHECK(holds(styles, "<b/>"));
  CHECK(holds(member(folder.file("x.xlsx"), "docProps/core.xml"), "2026-03-01T09:00:00Z"));
  CHECK(holds(member(folder.file("x.xlsx"), "xl/workbook.xml"), "name=\"Продажи- -март--2026 года, все \""));
}

TEST_CASE("what looks like a formula or a link stays a text, and what XML cannot hold is replaced") {
  if (!can_unzip()) return;
  using namespace std::string_literals;
  struct Example {
    const char* reason;
    std::string text;
    const char* xml;
  };
  const Example examples[] = {
      {"a formula", "=1+1", "<t>=1+1</t>"},
      {"an array formula", "{=1}", "<t>{=1}</t>"},
      {"a link", "https://example.org", "<t>https://example.org</t>"},
      {"markup", "<b>&\"", "<t>&lt;b&gt;&amp;\"</t>"},
      {"a control character", "a\x01z", "<t>a\uFFFDz</t>"},
      {"a NUL", "a\0z"s, "<t>a\uFFFDz</t>"},
      {"broken UTF-8", "a\xFFz", "<t>a\uFFFDz</t>"},
      {"a noncharacter", "a\xEF\xBF\xBFz", "<t>a\uFFFDz</t>"},
      {"an escape of the format itself", "_x0041_", "<t>_x005F_x0041_</t>"},
      {"such an escape among other letters", "ё_x0041_", "<t>ё_x005F_x0041_</t>"},
      {"what only begins like one", "_x004_", "<t>_x004_</t>"},
  };
  for (const Example& example : examples) {
    INFO(std::string(example.reason));
    const std::string sheet = sheet_with({example.text}, {{"a", "A"}});
    CHECK(holds(sheet, example.xml));
    CHECK_FALSE(holds(sheet, "<f>"));
  }
}

TEST_CASE("a text longer than a cell holds is refused by row and column, and no file is left") {
  const ScratchDirectory folder;
  const std::string path = folder.file("x.xlsx");
  std::string wide;
  for (int i = 0; i < 16'384; ++i) wide += "😀";
  std::string fitting;
  for (int i = 0; i < 32'767; ++i) fitting += "я";
  {
    const auto sink = make_workbook_sink(path, {{"note", "Note"}}, {}, created);
    sink->row(std::vector<Cell>{fitting});
    for (const std::string& text : {wide, fitting + "я", std::string(32'768, 'x')}) {
      CHECK_THROWS_WITH_AS(sink->row(std::vector<Cell>{text}),
                           ("cannot write " + path +
                            ": row 3, column note: the text is longer than the 32767 characters that a cell holds")
                               .c_str(),
                           Error);
    }
  }
  CHECK(files_in(folder) == 0);
}

TEST_CASE("days before the workbook's calendar is sure are written as text") {
  if (!can_unzip()) return;
  const std::vector<Column> columns{{"a", "A", Kind::date}};
  CHECK(holds(sheet_with({Date{-25508}}, columns), "<v>61</v>"));
  CHECK(holds(sheet_with({Date{-25509}}, columns), "<t>1900-02-28</t>"));
}

TEST_CASE("past the last row of a sheet the list goes on in the next one") {
  const ScratchDirectory folder;
  const auto sink = make_workbook_sink(folder.file("x.xlsx"), {{"n", "N", Kind::integer}}, {}, created);
  for (std::int64_t row = 0; row < 1'048'575 + 2; ++row) sink->row(std::vector<Cell>{row});
  sink->finish();
  if (!can_unzip()) return;
  const std::string second = member(folder.file("x.xlsx"), "xl/worksheets/sheet2.xml");
  CHECK(holds(second, "<autoFilter ref=\"A1:A3\"/>"));
  CHECK(holds(second, "<v>1048576</v>"));
  CHECK(holds(member(folder.file("x.xlsx"), "xl/workbook.xml"), "name=\"list 2\""));
}

TEST_CASE("a workbook that cannot be written is an error") {
  CHECK_THROWS_AS(make_workbook_sink("/no/such/folder/x.xlsx", {{"a", "A"}}, {}, created), Error);
  const auto sink = make_workbook_sink("/dev/full", {{"a", "A"}}, {}, created);
  CHECK_THROWS_WITH_AS(sink->finish(), "cannot write /dev/full: No space left on device", Error);
}
