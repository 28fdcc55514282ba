// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "support/imports.hpp"
#include "support/shared.hpp"

using loyal::test::ImportShop;

namespace {

std::string goods(const std::string& name, const std::string& quantity, const std::string& amount,
                  const std::string& discount = {}) {
  return "<Товар><Артикул>" + name + "-1</Артикул><Наименование>" + name + "</Наименование><Количество>" + quantity +
         "</Количество><Сумма>" + amount + "</Сумма>" +
         (discount.empty() ? ""
                           : "<Скидки><Скидка><Наименование>Скидка</Наименование><Сумма>" + discount +
                                 "</Сумма><УчтеноВСумме>true</УчтеноВСумме></Скидка></Скидки>") +
         "</Товар>";
}

std::string requisite(const std::string& name, const std::string& value) {
  return "<ЗначениеРеквизита><Наименование>" + name + "</Наименование><Значение>" + value +
         "</Значение></ЗначениеРеквизита>";
}

std::string document(const std::string& number, const std::string& operation, const std::string& lines,
                     const std::string& requisites, const std::string& buyer = "Иванова Анна",
                     const std::string& phone = {}) {
  return "<Документ><Ид>x</Ид><Номер>" + number + "</Номер><Дата>2026-02-20</Дата><ХозОперация>" + operation +
         "</ХозОперация><Роль>Продавец</Роль><Валюта>RUB</Валюта><Курс>1</Курс><Сумма>1</"
         "Сумма><Контрагенты><Контрагент>"
         "<Наименование>" +
         buyer + "</Наименование><ПолноеНаименование>" + buyer + "</ПолноеНаименование>" +
         (phone.empty() ? ""
                        : "<Контакты><Контакт><Тип>Телефон мобильный</Тип><Значение>" + phone +
                              "</Значение></Контакт></Контакты>") +
         "<Роль>Покупатель</Роль></Контрагент></Контрагенты><Время>18:25:00</Время><Товары>" + lines +
         "</Товары><ЗначенияРеквизитов>" + requisites + "</ЗначенияРеквизитов></Документ>";
}

std::string file_of(const std::string& documents) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<КоммерческаяИнформация xmlns=\"urn:1C.ru:commerceml_2\" "
         "ВерсияСхемы=\"2.10\">" +
         documents + "</КоммерческаяИнформация>";
}

}  // namespace

TEST_SUITE("import of 1C's documents") {
  TEST_CASE("sales come with their goods, buyers before them, returns after them") {
    ImportShop shop;
    const auto path = shop.write(
        "docs.xml",
        file_of(document("A-1", "Отпуск товара", goods("Кофе", "2.000", "200.00") + goods("Хлеб", "0.5", "25.00"),
                         requisite("НомерДисконтнойКарты", "C1"), "Иванова Анна", "+79161234567") +
                document("A-2", "Отпуск товара", goods("Чай", "1", "100.00"), "", "Иванова Анна", "8 916 123-45-67") +
                document("A-3", "Отпуск товара", goods("Чай", "1", "100.00"), requisite("ПометкаУдаления", "true")) +
                document("A-1-В1", "Возврат товара", goods("Хлеб", "0.5", "25.00"),
                         requisite("НомерДисконтнойКарты", "C1")) +
                document("A-4", "Переоценка товаров", "", "")));
    const auto people = shop.import("1c", path, 0, {"--take", "customers", "--program", "coffee", "--create-cards"});
    CHECK(people["added"] == 1);
    CHECK(people["cards_made"] == 1);
    const auto sales = shop.import("1c", path, 0);
    CHECK(sales["posted"] == 2);
    CHECK(sales["lines"] == 3);
    CHECK(sales["total"] == 32500);
    CHECK(shop.world.err.str().find("3 other documents passed over") != std::string::npos);
    CHECK(shop.text("select receipt || ' ' || document_date || ' ' || document_time || ' ' || total from sale order by "
                    "receipt") == "A-1 2026-02-20 18:25:00 22500\nA-2 2026-02-20 18:25:00 10000\n");
    const auto back = shop.import("1c", path, 0, {"--take", "returns"});
    CHECK(back["posted"] == 1);
    CHECK(back["amount"] == 2500);
    CHECK(shop.import("1c", path, 0)["known"] == 2);
    CHECK(shop.import("1c", path, 0, {"--take", "returns"})["posted"] == 0);
    REQUIRE(shop.run({"undo", "--last"}) == 0);
    REQUIRE(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.number("select count(*) from live_sale") == 0);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("as history, discounts and points are what the documents say") {
    ImportShop shop;
    const auto path = shop.write(
        "docs.xml", file_of(document("A-1", "Отпуск товара", goods("Кофе", "2", "900.00", "100.00"),
                                     requisite("НомерДисконтнойКарты", "C1") + requisite("БонусыНачислено", "45.00") +
                                         requisite("БонусыСписано", "0.00"))));
    CHECK(shop.import("1c", path, 0, {"--as-history", "--create-cards"})["earned"] == 45);
    CHECK(shop.text("select total || ' ' || discount || ' ' || paid || ' ' || earned from sale") ==
          "100000 10000 90000 45\n");
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("the worked example is read in both its encodings") {
    for (const char* name : {"1c/examples/loyal-commerceml-2.10.xml", "1c/examples/loyal-commerceml-2.10.cp1251.xml"}) {
      const auto file = loyal::test::shared_file(name);
      if (!file) return;
      ImportShop shop;
      std::string text = loyal::test::contents_of(*file);
      // Its day lies after the tests' now.
      const std::size_t day = text.find("2026-11-20");
      REQUIRE(day != std::string::npos);
      text.replace(day, 10, "2026-02-20");
      const auto path = shop.write("docs.xml", text);
      CHECK(shop.import("1c", path, 0, {"--take", "customers", "--program", "coffee", "--create-cards"})["added"] == 1);
      CHECK(shop.import("1c", path, 0, {"--as-history"})["total"] == 100000);
      CHECK(shop.text("select name || ' ' || phone || ' ' || birthday from customer") ==
            "Иванова Анна Петровна +79161234567 1990-03-08\n");
    }
  }

  TEST_CASE("what cannot be taken is rejected with its reason") {
    ImportShop shop;
    const auto path = shop.write(
        "docs.xml",
        file_of(document("A-1", "Отпуск товара", goods("Кофе", "2", "abc"), requisite("НомерДисконтнойКарты", "C1")) +
                document("A-2", "Отпуск товара", goods("Кофе", "2", "1.00"), "") +
                document("A-3", "Отпуск товара", goods("Кофе", "1", "1.00"), requisite("НомерДисконтнойКарты", "C1"))));
    const auto got = shop.import("1c", path, 3, {"--create-cards"});
    CHECK(got["posted"] == 1);
    CHECK(got["examples"][0]["reason"] == "\"abc\" is not a number");
    CHECK(got["examples"][1]["reason"] == "no card");
    CHECK(shop.import("sales", shop.scratch.file("docs.xml.rejects.csv"), 3, {"--create-cards"})["rejected"] == 2);
  }

  TEST_CASE("hostile XML is refused") {
    struct Row {
      const char* because;
      std::string text;
      const char* reason;
    };
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += "<Документ>";
    for (int i = 0; i < 10'000; ++i) deep += "</Документ>";
    const Row rows[] = {
        {"entities that grow",
         "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><КоммерческаяИнформация>&b;</"
         "КоммерческаяИнформация>",
         "an XML file with a document type is refused"},
        {"a file of the machine",
         "<!DOCTYPE l [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><КоммерческаяИнформация>&a;</КоммерческаяИнформация>",
         "an XML file with a document type is refused"},
        {"depth", file_of(deep), "more than 64 elements stand in one another"},
        {"broken", file_of("<Документ>"), "the XML is broken"},
        {"another form", "<html><body/></html>", "is no CommerceML: it begins with html"},
        {"bytes that are not what is declared", file_of("<Документ>\xFF</Документ>"),
         "the text is not in the encoding that it declares"},
        {"no documents", file_of(""), "has no document of this kind"},
        {"nothing", "", "the XML is broken"},
    };
    ImportShop shop;
    for (const Row& row : rows) {
      CAPTURE(row.because);
      CHECK(shop.run({"import", "1c", shop.write("docs.xml", row.text)}) == 2);
      CAPTURE(shop.world.err.str());
      CHECK(shop.world.err.str().find(row.reason) != std::string::npos);
    }
  }
}
