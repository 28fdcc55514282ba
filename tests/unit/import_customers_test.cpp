// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "support/imports.hpp"
#include "support/shared.hpp"

using loyal::test::ImportShop;

namespace {

nlohmann::json import(ImportShop& shop, std::string_view text, int code, std::vector<std::string> more = {}) {
  return shop.import("customers", shop.write("people.csv", text), code, std::move(more));
}

constexpr const char* people =
    "ФИО;Телефон;Почта;Дата рождения;Карта;Согласие\n"
    "Орлова Анна;8 (916) 123-45-67;anna@example.ru;01.02.1990;A1;да\n"
    "Семён Ёлкин;+7 916 765-43-21;;;A2;data, advertising:sms\n"
    "Без Телефона;;no.phone@example.ru;;;\n"
    "Только Имя;;;;;\n";

}  // namespace

TEST_SUITE("import of customers") {
  TEST_CASE("people are added once, with their cards and consents") {
    ImportShop shop;
    const auto first = import(shop, people, 0, {"--create-cards"});
    CHECK(first["added"] == 4);
    CHECK(first["cards_made"] == 2);
    CHECK(first["cards_assigned"] == 2);
    CHECK(first["consents"] == 3);
    CHECK(shop.text("select phone from customer order by id limit 2") == "+79161234567\n+79167654321\n");
    CHECK(shop.text("select birthday from customer where birthday is not null") == "1990-02-01\n");
    const auto operations = shop.number("select count(*) from operation");
    const auto second = import(shop, people, 0, {"--create-cards"});
    CHECK(second["added"] == 0);
    CHECK(second["known"] == 4);
    CHECK(shop.number("select count(*) from operation") == operations);
  }

  TEST_CASE("names in three columns become one") {
    ImportShop shop;
    import(shop, "Фамилия,Имя,Отчество,Телефон\nОрлова,Анна,Петровна,89161234567\nЁлкин,Семён,,\n", 0);
    CHECK(shop.text("select name from customer order by id") == "Орлова Анна Петровна\nЁлкин Семён\n");
  }

  TEST_CASE("a known phone with another name is a conflict; an empty cell says nothing") {
    ImportShop shop;
    import(shop, "name,phone,email\nАнна,89161234567,a@b.ru\n", 0);
    CHECK(import(shop, "name,phone,email\nАнна,89161234567,\n", 0)["known"] == 1);
    const auto got = import(shop, "name,phone,email\nОльга,89161234567,a@b.ru\nИван,89160000000,\n", 3);
    CHECK(got["conflicts"] == 1);
    CHECK(got["added"] == 1);
    CHECK(got["examples"][0]["reason"] == "Анна is there already with other content: the name is Анна");
    CHECK(loyal::test::contents_of(shop.scratch.file("people.csv.rejects.csv")).find("Ольга,89161234567,a@b.ru") !=
          std::string::npos);
  }

  TEST_CASE("nobody is given a card whose number is none") {
    ImportShop shop;
    const auto got = import(shop, "name,card\nАнна,=1+1\nИван,77\n", 3, {"--create-cards"});
    CHECK(got["cards_made"] == 1);
    CHECK(got["examples"][0]["column"] == "card");
  }

  TEST_CASE("two people of one file with one phone are one and a conflict") {
    ImportShop shop;
    CHECK(import(shop, "name,phone\nАнна,89161234567\nОльга,8 916 123 45 67\n", 3)["added"] == 1);
  }

  TEST_CASE("an unassigned card is given away once") {
    ImportShop shop;
    REQUIRE(shop.run({"card", "issue", "coffee", "--count", "1"}) == 0);
    std::string number = shop.text("select number from card");
    number.pop_back();
    CHECK(import(shop, "name,phone,card\nАнна,89161234567," + number + "\n", 0)["cards_assigned"] == 1);
    CHECK(import(shop, "name,phone,card\nАнна,89161234567," + number + "\n", 0)["known"] == 1);
    const auto got = import(shop, "name,phone,card\nОльга,89160000000," + number + "\n", 3);
    CHECK(got["conflicts"] == 1);
    CHECK(got["added"] == 0);
    CHECK(got["examples"][0]["column"] == "card");
  }

  TEST_CASE("a known person gets the card that the file names") {
    ImportShop shop;
    import(shop, "name,phone\nАнна,89161234567\n", 0);
    const auto got = import(shop, "name,phone,card\nАнна,89161234567,B7\n", 0, {"--create-cards"});
    CHECK(got["added"] == 0);
    CHECK(got["cards_assigned"] == 1);
  }

  TEST_CASE("bad fields are rejected with their column") {
    struct Case {
      const char* column;
      const char* row;
      const char* because;
    };
    const Case cases[] = {
        {"phone", "Анна,12,,,", "too short for a telephone"},
        {"email", "Анна,,nobody,,", "no address"},
        {"birthday", "Анна,,,30.02.1990,", "a day that does not exist"},
        {"birthday", "Анна,,,2030-01-01,", "not yet born"},
        {"card", "Анна,,,,Z9", "no such card, and none is to be made"},
        {"", ",,,,", "nobody"},
    };
    for (const Case& row : cases) {
      CAPTURE(row.because);
      ImportShop shop;
      const auto got =
          import(shop, std::string("name,phone,email,birthday,card\nИван,89160000000,,,\n") + row.row + "\n", 3);
      CHECK(got["added"] == 1);
      CHECK(got["examples"][0]["line"] == 3);
      CHECK((row.column[0] == '\0' ? got["examples"][0]["column"].is_null()
                                   : got["examples"][0]["column"] == row.column));
    }
  }

  TEST_CASE("a plan writes nothing, and --strict refuses all for one bad row") {
    ImportShop shop;
    CHECK(import(shop, people, 0, {"--create-cards", "--plan"})["added"] == 4);
    CHECK(shop.number("select count(*) from customer") == 0);
    import(shop, "name,phone\nАнна,89161234567\nОльга,12\n", 6, {"--strict"});
    CHECK(shop.number("select count(*) from customer") == 0);
  }

  TEST_CASE("a file without a name, phone or address is refused with its headings") {
    ImportShop shop;
    import(shop, "colour,size\nred,1\n", 2);
    CHECK(shop.world.err.str().find("--map name=COLUMN,phone=COLUMN") != std::string::npos);
    CHECK(import(shop, "colour,size\nred,1\n", 0, {"--map", "name=colour"})["added"] == 1);
  }
}
