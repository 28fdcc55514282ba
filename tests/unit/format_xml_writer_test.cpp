// SPDX-License-Identifier: MIT
#include "loyal/format/xml_writer.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <limits>
#include <stdexcept>
#include <string>

#include "loyal/base/error.hpp"
#include "loyal/format/export_file.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"

using loyal::format::ExportFile;
using loyal::format::XmlEncoding;
using loyal::format::XmlWriter;

namespace {

std::string written(XmlEncoding encoding, auto fill) {
  std::string result;
  XmlWriter xml(encoding, [&result](std::string_view bytes) { result += bytes; });
  fill(xml);
  xml.finish();
  return result;
}

std::string text_of(std::string_view text, XmlEncoding encoding = XmlEncoding::utf_8) {
  const std::string all = written(encoding, [&](XmlWriter& xml) { xml.element("a", text); });
  return all.substr(3, all.size() - 8);
}

std::string attribute_of(std::string_view text) {
  const std::string all = written(XmlEncoding::utf_8, [&](XmlWriter& xml) {
    xml.open("a");
    xml.attribute("b", text);
    xml.close("a");
  });
  return all.substr(6, all.size() - 6 - 7);
}

}  // namespace

TEST_SUITE("XML writer") {
  TEST_CASE("a document begins with what its encoding wants and nests its elements") {
    const auto fill = [](XmlWriter& xml) {
      xml.start();
      xml.open("Корень");
      xml.attribute("версия", "2.10");
      xml.open("пусто");
      xml.close("пусто");
      xml.element("имя", "Анна");
      xml.close("Корень");
    };
    CHECK(written(XmlEncoding::utf_8, fill) ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Корень версия=\"2.10\">\n<пусто></пусто>\n<имя>Анна</имя>\n"
          "</Корень>\n");
    CHECK(written(XmlEncoding::utf_8_bom, fill).starts_with("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
    CHECK(
        written(XmlEncoding::windows_1251, fill) ==
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?>\n<\xCA\xEE\xF0\xE5\xED\xFC \xE2\xE5\xF0\xF1\xE8\xFF=\"2.10\""
        ">\n<\xEF\xF3\xF1\xF2\xEE></\xEF\xF3\xF1\xF2\xEE>\n<\xE8\xEC\xFF>\xC0\xED\xED\xE0</\xE8\xEC\xFF>\n</\xCA\xEE"
        "\xF0\xE5\xED\xFC>\n");
  }

  TEST_CASE("elements that are closed out of order, or left open, are a bug that is said") {
    const auto nothing = [](std::string_view) {};
    XmlWriter crossed(XmlEncoding::utf_8, nothing);
    crossed.open("a");
    crossed.open("b");
    CHECK_THROWS_AS(crossed.close("a"), std::logic_error);
    CHECK_THROWS_AS(crossed.finish(), std::logic_error);
    XmlWriter late(XmlEncoding::utf_8, nothing);
    late.open("a");
    late.text("text");
    CHECK_THROWS_AS(late.attribute("b", "c"), std::logic_error);
    XmlWriter outside(XmlEncoding::utf_8, nothing);
    CHECK_THROWS_AS(outside.text("text"), std::logic_error);
    CHECK_THROWS_AS(outside.close("a"), std::logic_error);
  }

  TEST_CASE("a text comes through as it is, or as XML can hold it") {
    struct Row {
      const char* why;
      std::string text, expected;
    };
    const Row rows[] = {
        {"nothing to escape", "Кофе ₽ 250 г", "Кофе ₽ 250 г"},
        {"what opens tags", "<b>&amp;\"'", "&lt;b&gt;&amp;amp;\"'"},
        {"what would close a section", "]]>", "]]&gt;"},
        {"tabs and line ends", "a\tb\nc", "a\tb\nc"},
        {"a return, which a reader would lose", "a\rb", "a&#13;b"},
        {"control characters", std::string("a\0b\x01\x0b\x1f\x7f", 7) + "c", "abc"},
        {"control characters beyond ASCII",
         "a\xC2\x85\xC2\x9F"
         "b",
         "ab"},
        {"noncharacters",
         "a\xEF\xBF\xBE\xEF\xBF\xBF"
         "b",
         "ab"},
        {"half a character", "a\xD0", "a\xEF\xBF\xBD"},
        {"half a character before a letter",
         "\xD0"
         "a",
         "\xEF\xBF\xBD"
         "a"},
        {"a surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"an emoji", "😀", "😀"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.why);
      CHECK(text_of(row.text) == row.expected);
    }
    CHECK(attribute_of("a\"b<c>\t\n&") == "a&quot;b&lt;c&gt;&#9;&#10;&amp;");
  }

  TEST_CASE("what windows-1251 lacks becomes a reference, never a question mark") {
    const auto in_1251 = [](std::string_view text) { return text_of(text, XmlEncoding::windows_1251); };
    CHECK(in_1251("Ёж №5 €") ==
          "\xA8\xE6 \xB9"
          "5 \x88");
    CHECK(in_1251("1 ₽") == "1 &#8381;");
    CHECK(in_1251("😀") == "&#128512;");
    CHECK(in_1251("Ā\xD0") == "&#256;&#65533;");
  }

  TEST_CASE("numbers are written with a point and all their digits") {
    const auto decimal = [](std::int64_t count, int scale) {
      const std::string all = written(XmlEncoding::utf_8, [&](XmlWriter& xml) { xml.decimal("a", count, scale); });
      return all.substr(3, all.size() - 8);
    };
    CHECK(decimal(90000, 2) == "900.00");
    CHECK(decimal(5, 2) == "0.05");
    CHECK(decimal(-5, 2) == "-0.05");
    CHECK(decimal(0, 2) == "0.00");
    CHECK(decimal(0, 0) == "0");
    CHECK(decimal(-120, 0) == "-120");
    CHECK(decimal(1500, 3) == "1.500");
    CHECK(decimal(std::numeric_limits<std::int64_t>::min(), 2) == "-92233720368547758.08");
  }

  TEST_CASE("a long document is given piece by piece") {
    std::size_t longest = 0;
    std::size_t bytes = 0;
    XmlWriter xml(XmlEncoding::utf_8, [&](std::string_view piece) {
      longest = std::max(longest, piece.size());
      bytes += piece.size();
    });
    xml.open("a");
    for (int i = 0; i < 100'000; ++i) xml.element("b", "text");
    xml.close("a");
    xml.finish();
    CHECK(bytes > 1'000'000);
    CHECK(longest < 100'000);
  }
}

TEST_SUITE("export file") {
  TEST_CASE("parts get numbers, and none is in its place before all are") {
    const loyal::test::ScratchDirectory directory;
    const std::string path = directory.file("q1.xml");
    {
      ExportFile file(path, {.split_bytes = 4, .zip = false, .time = {}});
      file.write("one");
      CHECK_FALSE(file.is_full());
      file.write("!");
      CHECK(file.is_full());
      file.begin_next_part();
      file.write("two");
    }
    CHECK(std::filesystem::is_empty(directory.path()));
    ExportFile file(path, {.split_bytes = 4, .zip = false, .time = {}});
    file.write("one!");
    file.begin_next_part();
    file.write("two");
    file.commit();
    CHECK(file.paths() == std::vector<std::string>{path, directory.file("q1-2.xml")});
    CHECK(loyal::test::contents_of(path) == "one!");
    CHECK(loyal::test::contents_of(directory.file("q1-2.xml")) == "two");
    const auto mode = std::filesystem::status(path).permissions();
    CHECK((mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
          std::filesystem::perms::none);
  }

  TEST_CASE("an archive holds the parts, the same bytes each time") {
    const loyal::test::ScratchDirectory directory;
    const loyal::LocalTime time{loyal::Date::of(2026, 3, 1), 3600};
    for (const char* name : {"a.zip", "b.zip"}) {
      ExportFile file(directory.file(name), {.split_bytes = 4, .zip = true, .time = time});
      file.write("one!");
      file.begin_next_part();
      file.write("two");
      CHECK_FALSE(std::filesystem::exists(directory.file(name)));
      file.commit();
      CHECK(file.parts() == 2);
    }
    const std::string a = loyal::test::contents_of(directory.file("a.zip"));
    CHECK(a.find("a.xml") != std::string::npos);
    CHECK(a.find("a-2.xml") != std::string::npos);
    const std::string command = "cd " + directory.path().string() + " && unzip -p b.zip > all && unzip -tq b.zip >out";
    REQUIRE(std::system(command.c_str()) == 0);
    CHECK(loyal::test::contents_of(directory.file("all")) == "one!two");
  }
}
