// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "loyal/base/error.hpp"
#include "loyal/format/record.hpp"

using namespace loyal;
using namespace loyal::format;

namespace {

Record receipt() {
  Record first;
  first.add("sku", "Item", std::string("кофе")).add("price", "Price", MoneyCell{{15000}}).add("id", std::int64_t{1});
  Record second;
  second.add("sku", "Item", std::string("tea"))
      .add("price", "Price", MoneyCell{{9950}})
      .add("note", "Note", std::string("!"));
  Record record;
  record.add("receipt", "Receipt", std::string("000123"));
  record.add("id", std::int64_t{7});
  record.add("total", "Сумма", MoneyCell{{24950}});
  record.add("customer", "Customer", Cell{});
  record.list("lines", "Lines", {first, second});
  record.list("promos", "Promo codes", {});
  return record;
}

std::string written(const Record& record, Form form, std::vector<std::string> columns = {}) {
  FormOptions options;
  options.form = form;
  options.columns = std::move(columns);
  std::ostringstream out;
  write_record(out, record, options);
  return out.str();
}

}  // namespace

TEST_CASE("a record is one JSON object on one line with its lists inside") {
  const std::string json =
      R"({"receipt":"000123","id":7,"total":24950,"customer":null,)"
      R"("lines":[{"sku":"кофе","price":15000,"id":1},{"sku":"tea","price":9950,"note":"!"}],"promos":[]})"
      "\n";
  CHECK(written(receipt(), Form::json) == json);
  CHECK(written(receipt(), Form::jsonl) == json);
}

TEST_CASE("people read a record as aligned lines, with a small table for each list that is not empty") {
  CHECK(written(receipt(), Form::table) ==
        "Receipt:  000123\n"
        "Сумма:    249.50\u00A0₽\n"
        "Customer:\n"
        "\n"
        "Lines:\n"
        "Item     Price  Note\n"
        "кофе  150.00\u00A0₽\n"
        "tea    99.50\u00A0₽  !\n");
}

TEST_CASE("a record is one row of CSV or TSV, its lists as JSON in a cell") {
  CHECK(written(receipt(), Form::csv) ==
        "receipt,id,total,customer,lines,promos\n"
        "000123,7,24950,,"
        R"("[{""sku"":""кофе"",""price"":15000,""id"":1},{""sku"":""tea"",""price"":9950,""note"":""!""}]",[])"
        "\n");
  CHECK(written(receipt(), Form::tsv, {"total", "receipt"}) == "total\treceipt\n24950\t000123\n");
}

TEST_CASE("fields are chosen by key, programs' own ones too, and an unknown key is refused") {
  CHECK(written(receipt(), Form::table, {"id", "receipt"}) == "id:      7\nReceipt: 000123\n");
  CHECK(written(receipt(), Form::json, {"promos", "id"}) == "{\"promos\":[],\"id\":7}\n");
  CHECK_THROWS_WITH_AS(written(receipt(), Form::json, {"x"}),
                       "no column \"x\"; there are receipt, id, total, customer, lines, promos", Error);
}

TEST_CASE("no data of a record drives the terminal") {
  Record record;
  record.add("name", "Name", std::string("a\x1b[2J\nb"));
  const std::string text = written(record, Form::table);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\n') == text.size() - 1);
}

TEST_CASE("a record on a full disk is an error") {
  for (const Form form : {Form::table, Form::json, Form::csv}) {
    std::ofstream full("/dev/full");
    FormOptions options;
    options.form = form;
    CHECK_THROWS_AS(write_record(full, receipt(), options), Error);
  }
}
