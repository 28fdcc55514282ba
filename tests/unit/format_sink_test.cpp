// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "loyal/base/error.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/delimited.hpp"
#include "loyal/format/json.hpp"
#include "loyal/format/sink.hpp"

using namespace loyal;
using namespace loyal::format;

namespace {

using Rows = std::vector<std::vector<Cell>>;

std::string written(const std::vector<Column>& columns, const Rows& rows, const FormOptions& options) {
  std::ostringstream out;
  const auto sink = make_sink(out, columns, options);
  for (const auto& row : rows) sink->row(row);
  sink->finish();
  return out.str();
}

FormOptions form(Form wanted) {
  FormOptions options;
  options.form = wanted;
  return options;
}

/// One text in one column of CSV, without heading and line end.
std::string csv_text(const std::string& text, bool excel = false) {
  FormOptions options = form(Form::csv);
  options.excel = excel;
  const std::string all = written({{"a", "A"}, {"b", "B"}}, {{text, std::int64_t{1}}}, options);
  const std::string_view tail = excel ? ";1\r\n" : ",1\n";
  const std::size_t start = all.find('\n') + 1;
  REQUIRE(all.ends_with(tail));
  return all.substr(start, all.size() - start - tail.size());
}

const std::vector<Column> all_kinds{
    {"number", "Карта", Kind::identifier},
    {"name", "Имя", Kind::text},
    {"visits", "Visits", Kind::integer},
    {"active", "Active", Kind::boolean},
    {"since", "Since", Kind::date},
    {"at", "At", Kind::time},
    {"logged", "Logged", Kind::time},
    {"paid", "Paid", Kind::money},
    {"points", "Points", Kind::points},
    {"weight", "Weight", Kind::amount},
    {"currency", "", Kind::text, Shown::to_programs},
};
const Rows two_rows{
    {std::string("0012"), std::string("Анна"), std::int64_t{-3}, true, Date{0}, LocalTime{Date{1}, 3600}, Instant{0},
     MoneyCell{{125050}}, PointsCell{{-15}, 1}, Amount{1500}, std::string("RUB")},
    {{}, {}, {}, false, {}, {}, {}, MoneyCell{{-5}}, {}, Amount{-2000}, {}},
};

}  // namespace

TEST_CASE("JSON holds minor units, ISO dates, exact amounts and null for what is absent") {
  CHECK(written(all_kinds, two_rows, form(Form::json)) ==
        "[\n"
        R"({"number":"0012","name":"Анна","visits":-3,"active":true,"since":"1970-01-01","at":"1970-01-02T01:00:00",)"
        R"("logged":"1970-01-01T00:00:00Z","paid":125050,"points":-15,"weight":1.5,"currency":"RUB"},)"
        "\n"
        R"({"number":null,"name":null,"visits":null,"active":false,"since":null,"at":null,)"
        R"("logged":null,"paid":-5,"points":null,"weight":-2,"currency":null})"
        "\n]\n");
}

TEST_CASE("JSON lines hold one object each, and an empty list nothing") {
  CHECK(written({{"a", "A"}}, {{std::int64_t{1}}, {std::int64_t{2}}}, form(Form::jsonl)) == "{\"a\":1}\n{\"a\":2}\n");
  CHECK(written({{"a", "A"}}, {}, form(Form::jsonl)).empty());
  CHECK(written({{"a", "A"}}, {}, form(Form::json)) == "[]\n");
}

TEST_CASE("CSV has the same values as JSON, bare") {
  CHECK(written(all_kinds, two_rows, form(Form::csv)) ==
        "number,name,visits,active,since,at,logged,paid,points,weight,currency\n"
        "0012,Анна,-3,true,1970-01-01,1970-01-02T01:00:00,1970-01-01T00:00:00Z,125050,-15,1.5,RUB\n"
        ",,,false,,,,-5,,-2,\n");
}

TEST_CASE("CSV quotes what RFC 4180 asks for, and blanks that readers would trim") {
  struct Example {
    const char* reason;
    std::string text;
    std::string csv;
  };
  const Example examples[] = {
      {"plain text", "plain", "plain"},
      {"a comma", "a,b", "\"a,b\""},
      {"a quote is doubled", "say \"hi\"", "\"say \"\"hi\"\"\""},
      {"only a quote", "\"", "\"\"\"\""},
      {"a line end", "a\nb", "\"a\nb\""},
      {"a carriage return", "a\rb", "\"a\rb\""},
      {"blank first", " a", "\" a\""},
      {"tab last", "a\t", "\"a\t\""},
      {"a semicolon is nothing special", "a;b", "a;b"},
      {"a formula is left to plain CSV", "=1+1", "=1+1"},
      {"broken UTF-8", "a\xFF", "a\xEF\xBF\xBD"},
  };
  for (const Example& example : examples) {
    INFO(std::string(example.reason));
    CHECK(csv_text(example.text) == example.csv);
  }
}

TEST_CASE("CSV for Excel has a mark, semicolons, CRLF, decimal commas and disarmed formulas") {
  FormOptions options = form(Form::csv);
  options.excel = true;
  CHECK(written(all_kinds, two_rows, options) ==
        "\xEF\xBB\xBFnumber;name;visits;active;since;at;logged;paid;points;weight;currency\r\n"
        "0012;Анна;-3;true;1970-01-01;1970-01-02T01:00:00;1970-01-01T00:00:00Z;1250,50;-1,5;1,5;RUB\r\n"
        ";;;false;;;;-0,05;;-2;\r\n");
  for (const char* start : {"=", "+", "-", "@", "\t", "\r"}) {
    INFO(std::string(start));
    CHECK(csv_text(std::string(start) + "cmd", true) == "\"'" + std::string(start) + "cmd\"");
  }
  CHECK(csv_text("a=b", true) == "a=b");
  CHECK(csv_text("a;b", true) == "\"a;b\"");
  CHECK(csv_text("=\"x\"", true) == "\"'=\"\"x\"\"\"");
}

TEST_CASE("a row whose only cell is empty is still a record") {
  CHECK(written({{"a", "A"}}, {{Cell{}}, {std::string("x")}}, form(Form::csv)) == "a\n\"\"\nx\n");
}

TEST_CASE("TSV escapes tabs, line ends and backslashes") {
  CHECK(written({{"a", "A"}, {"b", "B"}}, {{std::string("x\ty\\z\r\n\"q\""), {}}}, form(Form::tsv)) ==
        "a\tb\nx\\ty\\\\z\\r\\n\"q\"\t\n");
}

TEST_CASE("columns that are asked for come in that order, and an unknown one names those there are") {
  FormOptions options = form(Form::csv);
  options.columns = {"currency", "name"};
  CHECK(written(all_kinds, two_rows, options) == "currency,name\nRUB,Анна\n,\n");
  options.form = Form::json;
  CHECK(written(all_kinds, {two_rows[0]}, options) == "[\n{\"currency\":\"RUB\",\"name\":\"Анна\"}\n]\n");
  options.columns = {"nmae"};
  std::ostringstream out;
  try {
    make_sink(out, {{"number", ""}, {"name", ""}}, options);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.fault() == Fault::usage);
    CHECK(std::string(error.what()) == "no column \"nmae\"; there are number, name");
  }
}

TEST_CASE("the table aligns Cyrillic, puts numbers to the right and keeps programs' columns to itself") {
  const std::vector<Column> columns{{"name", "Имя", Kind::text},
                                    {"paid", "Paid", Kind::money},
                                    {"note", "Note", Kind::text},
                                    {"currency", "Currency", Kind::text, Shown::to_programs}};
  const Rows rows{{std::string("Ёлка"), MoneyCell{{1250}}, std::string("x"), std::string("RUB")},
                  {std::string("Jo"), MoneyCell{{-5}}, {}, {}}};
  CHECK(written(columns, rows, form(Form::table)) ==
        "Имя      Paid  Note\n"
        "Ёлка  12.50\u00A0₽  x\n"
        "Jo    -0.05\u00A0₽\n");
}

TEST_CASE("an empty list prints no table") {
  CHECK(written({{"a", "A"}}, {}, form(Form::table)).empty());
}

TEST_CASE("headings are bold where colour is wanted") {
  FormOptions options = form(Form::table);
  options.colour = true;
  CHECK(written({{"a", "A"}}, {{std::string("x")}}, options) == "\x1b[1mA\x1b[0m\nx\n");
}

TEST_CASE("the table drops columns for wide terminals, then cuts texts, and never cuts numbers or identifiers") {
  const std::vector<Column> columns{{"card", "Card", Kind::identifier},
                                    {"name", "Name", Kind::text},
                                    {"note", "Note", Kind::text, Shown::wide_only},
                                    {"sum", "Sum", Kind::integer}};
  const Rows rows{{std::string("2900000123458"), std::string("Константин Константинопольский"),
                   std::string("note note"), std::int64_t{123456789}}};
  FormOptions options = form(Form::table);
  options.width = 100;
  CHECK(written(columns, rows, options) ==
        "Card           Name                            Note             Sum\n"
        "2900000123458  Константин Константинопольский  note note  123456789\n");
  options.width = 60;
  CHECK(written(columns, rows, options) ==
        "Card           Name                                  Sum\n"
        "2900000123458  Константин Константинопольский  123456789\n");
  options.width = 40;
  CHECK(written(columns, rows, options) ==
        "Card           Name                  Sum\n"
        "2900000123458  Константин Ко…  123456789\n");
  options.width = 10;
  const std::string narrowest = written(columns, rows, options);
  CHECK(narrowest.find("2900000123458") != std::string::npos);
  CHECK(narrowest.find("123456789\n") != std::string::npos);
  options.width = 0;
  CHECK(written(columns, rows, options).find("note note") != std::string::npos);
}

TEST_CASE("a table drops what it shows if there is room before it cuts a word, and cuts names last") {
  const std::vector<Column> columns{{"kind", "Kind", Kind::identifier},
                                    {"holder", "Holder", Kind::name, Shown::if_room},
                                    {"who", "Who", Kind::name},
                                    {"reason", "Reason", Kind::text},
                                    {"rule", "Rule", Kind::text, Shown::wide_only},
                                    {"receipt", "Receipt", Kind::identifier, Shown::if_room}};
  const Rows rows{{std::string("начисление"), std::string("Алёна Ершова"), std::string("Пётр Йотов"),
                   std::string("не подошло"), std::string("rule"), std::string("000123")}};
  FormOptions options = form(Form::table);
  const auto at = [&](int width) {
    options.width = width;
    const std::string text = written(columns, rows, options);
    return text.substr(text.find('\n') + 1);
  };
  CHECK(at(80) == "начисление  Алёна Ершова  Пётр Йотов  не подошло  rule  000123\n");
  CHECK(at(62) == "начисление  Алёна Ершова  Пётр Йотов  не подошло  000123\n");
  CHECK(at(50) == "начисление  Алёна Ершова  Пётр Йотов  не подошло\n");
  CHECK(at(40) == "начисление  Пётр Йотов  не подошло\n");
  CHECK(at(33) == "начисление  Пётр Йотов  не подош…\n");
  CHECK(at(31) == "начисление  Пётр Йот…  не подо…\n");
}

TEST_CASE("a long text is cut to a telling width before a column goes for it") {
  const std::vector<Column> columns{{"reason", "Reason", Kind::text},
                                    {"receipt", "Receipt", Kind::identifier, Shown::if_room}};
  FormOptions options = form(Form::table);
  options.width = 40;
  CHECK(written(columns, {{std::string(60, 'x'), std::string("000123")}}, options).ends_with("…  000123\n"));
}

TEST_CASE("a column that is asked for stays though it is for wide terminals or programs") {
  FormOptions options = form(Form::table);
  options.columns = {"b", "c"};
  options.width = 5;
  CHECK(written({{"a", "A"}, {"b", "B", Kind::text, Shown::wide_only}, {"c", "C", Kind::text, Shown::to_programs}},
                {{std::string("1"), std::string("2"), std::string("3")}}, options) == "B  C\n2  3\n");
}

TEST_CASE("rows after the first two hundred stream in the same columns, cut where they do not fit") {
  std::ostringstream out;
  FormOptions options = form(Form::table);
  options.width = 40;
  const auto sink = make_sink(out, {{"a", "A", Kind::text}, {"b", "B", Kind::text}}, options);
  const std::vector<Cell> row{std::string("12345678"), std::string("x")};
  for (int i = 0; i < 199; ++i) sink->row(row);
  CHECK(out.str().empty());
  sink->row(row);
  sink->row(std::vector<Cell>{std::string("123456789012"), std::string("y")});
  sink->finish();
  CHECK(out.str().ends_with("12345678  x\n1234567…  y\n"));
}

TEST_CASE("no data drives the terminal from a table") {
  const Rows rows{{std::string("\x1b]0;evil\x07 a\nb\r\xC2\x9B 31m"), std::string("\xFF\xFE")}};
  const std::string table = written({{"a", "A\x1b[2J"}, {"b", "B"}}, rows, form(Form::table));
  for (const char* control : {"\x1b", "\x07", "\r", "\xC2\x9B", "\xFF"})
    CHECK(table.find(control) == std::string::npos);
  CHECK(std::count(table.begin(), table.end(), '\n') == 2);
}

TEST_CASE("hostile texts come back from CSV and JSON as they were") {
  const std::string texts[] = {"\"",
                               "\"\"",
                               ",",
                               "a\r\nb",
                               "'; drop table card; --",
                               "Ω≈ç√∫",
                               "👩‍👩‍👧",
                               "\u202Etest",
                               " x ",
                               "=1+1",
                               "\\",
                               "\\n",
                               "\u0080",
                               "﷽",
                               "٠١٢",
                               "\t",
                               "null",
                               "\x7f",
                               "{}",
                               "é"};
  std::ostringstream out;
  const auto csv = make_sink(out, {{"a", "A"}, {"n", "N"}}, form(Form::csv));
  for (const std::string& text : texts) csv->row(std::vector<Cell>{text, std::int64_t{7}});
  csv->finish();
  std::istringstream in(out.str());
  DelimitedReader reader(in, "list");
  Row row;
  for (const std::string& text : texts) {
    CAPTURE(text);
    REQUIRE(reader.next(row));
    CHECK_FALSE(row.problem);
    CHECK(row.fields[0] == text);
    CHECK(row.fields[1] == "7");
    const std::string json = written({{"a", "A"}}, {{text}}, form(Form::jsonl));
    CHECK(json.find('\x7f') == std::string::npos);
    CHECK(read_json_object(json).text("a") == text);
  }
  CHECK_FALSE(reader.next(row));
}

TEST_CASE("a full disk is an error, for a short answer and for a long one") {
  for (const Form wanted : {Form::table, Form::json, Form::jsonl, Form::csv, Form::tsv}) {
    CAPTURE(static_cast<int>(wanted));
    std::ofstream full("/dev/full");
    const auto brief = make_sink(full, {{"a", "A"}}, form(wanted));
    brief->row(std::vector<Cell>{std::string("x")});
    CHECK_THROWS_AS(brief->finish(), Error);

    std::ofstream other("/dev/full");
    const auto lengthy = make_sink(other, {{"a", "A"}}, form(wanted));
    const std::vector<Cell> row{std::string(1000, 'x')};
    const auto write_much = [&] {
      for (int i = 0; i < 1000; ++i) lengthy->row(row);
    };
    CHECK_THROWS_AS(write_much(), Error);
  }
}

TEST_CASE("a row with another number of cells than columns is a bug") {
  std::ostringstream out;
  const auto sink = make_sink(out, {{"a", "A"}}, form(Form::csv));
  CHECK_THROWS_AS(sink->row(std::vector<Cell>{{}, {}}), std::logic_error);
}
