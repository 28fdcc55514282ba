// SPDX-License-Identifier: MIT
#include "loyal/format/xlsx_reader.hpp"

#include <doctest/doctest.h>
#include <minizip/zip.h>

#include <string>
#include <utility>
#include <vector>

#include "loyal/base/error.hpp"
#include "support/imports.hpp"

using loyal::format::XlsxReader;
using loyal::test::ImportShop;

namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

void write_archive(const std::string& path, const Parts& parts) {
  const zipFile archive = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  REQUIRE(archive != nullptr);
  for (const auto& [name, text] : parts) {
    REQUIRE(zipOpenNewFileInZip(archive, name.c_str(), nullptr, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 6) ==
            ZIP_OK);
    REQUIRE(zipWriteInFileInZip(archive, text.data(), static_cast<unsigned>(text.size())) == ZIP_OK);
    REQUIRE(zipCloseFileInZip(archive) == ZIP_OK);
  }
  REQUIRE(zipClose(archive, nullptr) == ZIP_OK);
}

Parts workbook(const std::string& rows, const std::string& more = {}) {
  return {
      {"xl/workbook.xml",
       "<workbook xmlns:r=\"r\"><workbookPr " + more +
           "/><sheets><sheet name=\"Март\" r:id=\"rId7\"/><sheet name=\"Other\" r:id=\"rId8\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"rId8\" Type=\"x/worksheet\" Target=\"worksheets/b.xml\"/><Relationship "
       "Id=\"rId7\" Type=\"x/worksheet\" Target=\"/xl/worksheets/a.xml\"/><Relationship Id=\"rId9\" Type=\"x/styles\" "
       "Target=\"styles.xml\"/><Relationship Id=\"rId1\" Type=\"x/sharedStrings\" "
       "Target=\"sharedStrings.xml\"/></Relationships>"},
      {"xl/styles.xml",
       "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy\"/><numFmt numFmtId=\"165\" "
       "formatCode=\"[Red]#,##0.00&quot; d&quot;\"/><numFmt numFmtId=\"166\" "
       "formatCode=\"[h]:mm:ss\"/></numFmts><cellXfs>"
       "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf "
       "numFmtId=\"22\"/></cellXfs></styleSheet>"},
      {"xl/sharedStrings.xml",
       "<sst><si><t>карта</t></si><si><r><t>две </t></r><r><t>части</t></r><rPh><t>не то</t></rPh></si></sst>"},
      {"xl/worksheets/a.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}};
}

std::string text_of(const std::string& path) {
  XlsxReader reader(path);
  return loyal::format::sheet_as_text(reader);
}

}  // namespace

TEST_SUITE("reading of workbooks") {
  TEST_CASE("cells are read as one would type them") {
    struct Row {
      const char* cell;
      const char* expected;
      const char* because;
    };
    const Row rows[] = {
        {"<c t=\"s\"><v>0</v></c>", "карта", "a shared text"},
        {"<c t=\"s\"><v>1</v></c>", "две части", "a shared text in runs, without its reading"},
        {"<c t=\"inlineStr\"><is><t>a;\"b\"</t></is></c>", "a;\"\"b\"\"", "a text in its place"},
        {"<c t=\"str\"><v>sum</v></c>", "sum", "the text of a formula"},
        {"<c t=\"b\"><v>1</v></c>", "true", "a truth"},
        {"<c t=\"e\"><v>#N/A</v></c>", "#N/A", "an error"},
        {"<c><v>1250.5</v></c>", "1250.5", "a number"},
        {"<c><v>0.30000000000000004</v></c>", "0.3", "a number with the noise of its storing"},
        {"<c><v>2.900000012345E12</v></c>", "2900000012345", "a card number with an exponent"},
        {"<c s=\"1\"><v>46082</v></c>", "2026-03-01", "a date of a built-in format"},
        {"<c s=\"2\"><v>46082</v></c>", "2026-03-01", "a date of the workbook's own format"},
        {"<c s=\"3\"><v>46082</v></c>", "46082", "a d in quotes makes no date"},
        {"<c s=\"4\"><v>0.5</v></c>", "12:00:00", "a time"},
        {"<c s=\"5\"><v>46082.520833333336</v></c>", "2026-03-01T12:30:00", "a date and a time"},
        {"<c s=\"1\"><v>59</v></c>", "1900-02-28", "before the day that never was"},
        {"<c s=\"99\"><v>5</v></c>", "5", "a style that is not there"},
    };
    loyal::test::ScratchDirectory scratch;
    for (const Row& row : rows) {
      CAPTURE(row.because);
      const auto path = scratch.file("book.xlsx");
      write_archive(path, workbook(std::string("<row r=\"1\">") + row.cell + "</row>"));
      CHECK(text_of(path) == "\"" + std::string(row.expected) + "\"\n");
    }
    const auto path = scratch.file("1904.xlsx");
    write_archive(path, workbook("<row><c s=\"1\"><v>44620</v></c></row>", "date1904=\"1\""));
    CHECK(text_of(path) == "\"2026-03-01\"\n");
  }

  TEST_CASE("rows and cells that a file leaves out are empty, and lines are rows") {
    loyal::test::ScratchDirectory scratch;
    const auto path = scratch.file("book.xlsx");
    write_archive(path, workbook("<row r=\"2\"><c r=\"B2\"><v>1</v></c></row><row r=\"4\"><c r=\"A4\"><v>2</v></c><c "
                                 "r=\"D4\" t=\"inlineStr\"><is><t>two\nlines</t></is></c></row>"));
    CHECK(text_of(path) == "\n\"\";\"1\"\n\n\"2\";\"\";\"\";\"two lines\"\n");
    XlsxReader reader(path);
    CHECK(reader.sheet() == "Март");
  }

  TEST_CASE("what is hostile or broken is refused") {
    struct Row {
      const char* because;
      Parts parts;
      const char* reason;
    };
    std::string nested;
    for (int i = 0; i < 100; ++i) nested += "<x>";
    for (int i = 0; i < 100; ++i) nested += "</x>";
    Parts with_type = workbook("");
    with_type.back().second = "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet><sheetData/></worksheet>";
    Parts huge = workbook("");
    huge[2].second = std::string(std::size_t{9} << 20U, ' ');
    const Row rows[] = {
        {"no workbook", {{"a.txt", "hello"}}, "the part xl/workbook.xml is missing"},
        {"a document type", with_type, "an XML file with a document type is refused"},
        {"a bomb", huge, "unpacks to more than 8 MB"},
        {"nested too deep", workbook("<row>" + nested + "</row>"), "more than 64 elements stand in one another"},
        {"a cell out in the wide", workbook("<row><c r=\"XFD1\"><v>1</v></c></row>"), "at most 1024 columns"},
        {"a row past the last", workbook("<row r=\"99999999\"><c><v>1</v></c></row>"), "at most 1048576 rows"},
        {"a text that is not there", workbook("<row><c t=\"s\"><v>7</v></c></row>"), "names a text that is not there"},
        {"broken XML", workbook("<row><c>"), "the XML is broken"},
    };
    loyal::test::ScratchDirectory scratch;
    for (const Row& row : rows) {
      CAPTURE(row.because);
      const auto path = scratch.file("book.xlsx");
      std::filesystem::remove(path);
      write_archive(path, row.parts);
      std::string reason;
      try {
        text_of(path);
      } catch (const loyal::Error& error) {
        reason = error.what();
        CHECK(error.fault() == loyal::Fault::usage);
      }
      CAPTURE(reason);
      CHECK(reason.find(row.reason) != std::string::npos);
    }
  }

  TEST_CASE("purchases come from a workbook as from text, and rejects are text") {
    ImportShop shop;
    write_archive(shop.scratch.file("sales.xlsx"),
                  workbook("<row r=\"1\"><c t=\"inlineStr\"><is><t>Карта</t></is></c><c "
                           "t=\"inlineStr\"><is><t>Дата</t></is></c><c t=\"inlineStr\"><is><t>Сумма</t></is></c></row>"
                           "<row r=\"2\"><c t=\"inlineStr\"><is><t>0012</t></is></c><c s=\"1\"><v>46054</v></c><c "
                           "s=\"3\"><v>1250.5</v></c></row><row r=\"4\"><c t=\"inlineStr\"><is><t>0013</t></is></c><c "
                           "s=\"1\"><v>46054</v></c><c><v>-1</v></c></row>"));
    const auto got = shop.import("sales", shop.scratch.file("sales.xlsx"), 3, {"--create-cards"});
    CHECK(got["posted"] == 1);
    CHECK(got["total"] == 125050);
    CHECK(got["examples"][0]["line"] == 4);
    CHECK(shop.text("select number from card") == "0012\n");
    CHECK(shop.text("select document_date from sale") == "2026-02-01\n");
    CHECK(shop.world.err.str().find("sheet Март of the workbook") != std::string::npos);
  }

  TEST_CASE("a list that loyal wrote as a workbook is read back") {
    ImportShop shop, other;
    shop.import_text("card,date,total\n2900000000018,2026-02-01,10\n0017,2026-02-02,20\n", 0);
    const auto path = shop.scratch.file("cards.xlsx");
    REQUIRE(shop.run({"card", "list", "-o", path}) == 0);
    REQUIRE_MESSAGE(other.run({"import", "cards", path, "--map", "number=Card,issued=Issued"}) == 0,
                    other.world.err.str());
    const char* query = "select number || ' ' || issued_date from card order by number";
    CHECK(other.text(query) == shop.text(query));
  }
}
