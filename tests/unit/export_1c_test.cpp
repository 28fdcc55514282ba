// SPDX-License-Identifier: MIT
#include "loyal/service/export_1c.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "loyal/base/error.hpp"
#include "loyal/service/undo.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/sale.hpp"
#include "support/environment.hpp"
#include "support/imports.hpp"
#include "support/sample_shop.hpp"
#include "support/shared.hpp"

using namespace loyal;
using loyal::test::contents_of;
using loyal::test::ScratchDirectory;
using service::AccountingForm;
using service::Export1cRequest;

namespace {

const std::vector<std::string> schemas_of_1_8 = {"enterprisedata-1.8.xsd", "strict-enterprisedata-1.8.xsd"};
const std::vector<std::string> schemas_of_1_20 = {"strict-enterprisedata-1.20.xsd"};
const std::vector<std::string> schemas_of_commerceml = {"commerceml-2.10.xsd"};

/// Fails where a schema does not allow the file; where the schemas or xmllint are absent, says so.
// LOYAL_PURCHASES asks for more: a million, where all tests are run.
constexpr std::uint64_t purchases_by_default = 100'000;

void check_schemas(const std::string& path, const std::vector<std::string>& schemas) {
  static const bool has_xmllint = std::system("command -v xmllint >/dev/null 2>&1") == 0;
  if (!has_xmllint) {
    MESSAGE("skipped: xmllint is not installed, so that no file is held against 1C's schemas");
    return;
  }
  for (const std::string& schema : schemas) {
    const auto file = test::shared_file("1c/xsd/" + schema);
    if (!file) continue;
    const std::string command =
        "xmllint --noout --huge --stream --schema '" + file->string() + "' '" + path + "' 2>'" + path + ".said'";
    CHECK_MESSAGE(std::system(command.c_str()) == 0, schema << ": " << contents_of(path + ".said").substr(0, 2000));
  }
}

/// The texts of all elements of this name, in their order.
std::vector<std::string> texts(const std::string& xml, const std::string& name) {
  std::vector<std::string> result;
  const std::string open = "<" + name + ">";
  for (std::size_t at = xml.find(open); at != std::string::npos; at = xml.find(open, at)) {
    at += open.size();
    result.push_back(xml.substr(at, xml.find('<', at) - at));
  }
  return result;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t result = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++result;
  return result;
}

/// "900.00" in hundredths.
std::int64_t hundredths(const std::string& text) {
  std::string digits = text;
  std::erase(digits, '.');
  return std::stoll(digits) * (text.find('.') == std::string::npos ? 100 : 1);
}
std::int64_t sum(const std::vector<std::string>& texts) {
  std::int64_t result = 0;
  for (const std::string& text : texts) result += hundredths(text);
  return result;
}
/// What stands between the first of these and what follows it.
std::string section(const std::string& xml, const std::string& name) {
  std::string result;
  for (std::size_t at = xml.find("<" + name + ">"); at != std::string::npos; at = xml.find("<" + name + ">", at + 1))
    result += xml.substr(at, xml.find("</" + name + ">", at) - at);
  return result;
}

const auto no_progress = [](std::int64_t, std::int64_t) {};

/// All that a company has, in every form, each held against its schemas; the text of the first.
std::string export_and_check(const service::Context& context, const ScratchDirectory& directory,
                             const Export1cRequest& given = {}) {
  Export1cRequest request = given;
  request.path = directory.file("ed.xml");
  service::export_1c(context, request, no_progress);
  check_schemas(request.path, schemas_of_1_8);
  request.path = directory.file("ed20.xml");
  request.version = format::EnterpriseDataVersion::v1_20;
  request.vat = 22;
  request.vat_of_category = {{"books", 10}, {"services", std::nullopt}};
  service::export_1c(context, request, no_progress);
  check_schemas(request.path, schemas_of_1_20);
  request.form = AccountingForm::commerceml;
  for (const auto encoding :
       {format::XmlEncoding::utf_8_bom, format::XmlEncoding::utf_8, format::XmlEncoding::windows_1251}) {
    request.encoding = encoding;
    request.path = directory.file("cml.xml");
    service::export_1c(context, request, no_progress);
    check_schemas(request.path, schemas_of_commerceml);
  }
  return contents_of(directory.file("ed.xml"));
}

struct Shop : test::ImportShop {
  Shop() { REQUIRE(run({"card", "issue", "coffee", "--count", "3", "--number", "C-#", "--sequential"}) == 0); }
  void must(const std::vector<std::string>& words) { REQUIRE_MESSAGE(run(words) == 0, world.err.str()); }
  std::string xml(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"export", "1c", "-o", scratch.file("out.xml")};
    words.insert(words.end(), more.begin(), more.end());
    must(words);
    return contents_of(scratch.file("out.xml"));
  }
};

/// Purchases written straight into the store, `lines` of them each with its points, over shops, days and cards.
void fill(store::Database& database, int sales, int cards, const std::vector<std::string>& names) {
  store::Transaction transaction(database);
  const Instant now{1'772'366'400};
  store::Journal journal(database, {now, now, "import sales", "", {}, "", "", {}});
  std::vector<CardId> ids;
  for (int i = 0; i < cards; ++i) {
    const std::string number = "N-" + std::to_string(i);
    ids.push_back(store::add_card(journal, {1}, number, number, Date::of(2026, 1, 1)));
    if (names.empty()) continue;
    store::Customer customer;
    customer.company = {1};
    customer.name = names[static_cast<std::size_t>(i) % names.size()];
    customer.email = customer.name;
    const CustomerId id = store::add_customer(journal, customer);
    store::Consent consent;
    consent.customer = id;
    consent.kind = "data";
    consent.at = "2026-01-01T00:00:00Z";
    store::add_consent(journal, consent);
    store::Card card = store::card(database, ids.back()).value();
    const store::Card before = card;
    card.customer = id;
    store::update_card(journal, before, card);
  }
  for (int i = 0; i < sales; ++i) {
    store::Sale sale;
    sale.company = {1};
    sale.shop = {1};
    sale.receipt = "R" + std::to_string(i);
    sale.card = ids[static_cast<std::size_t>(i * 7 % cards)];
    sale.version = {1};
    sale.at = {plus_days(Date::of(2026, 1, 1), i % 90), 36'000 + i % 3'600};
    sale.points_date = sale.at.date;
    sale.total = {10'000};
    sale.paid = sale.total;
    sale.earned = {500};
    const SaleId id = store::add_sale(journal, sale);
    store::SaleLine line;
    line.line = 1;
    line.name = names.empty() ? "Кофе " + std::to_string(i % 50) : names[static_cast<std::size_t>(i) % names.size()];
    line.sku = names.empty() ? "" : line.name;
    line.quantity = {1000};
    line.price = line.amount = line.paid = sale.total;
    line.earned = sale.earned;
    if (i % 2 == 0) store::add_sale_line(journal, id, line);
    store::Entry entry;
    entry.card = sale.card;
    entry.points = sale.earned;
    entry.issuer = {1};
    entry.shop = {1};
    entry.sale = id;
    entry.rule = "earn";
    entry.date = sale.points_date;
    entry.valid_through = plus_days(entry.date, 365);
    store::add_entry(journal, entry);
  }
  journal.finish();
  transaction.commit();
}

service::Context context_of(store::Database& database) {
  const Instant now{1'775'000'000};
  return {database, now, now, {}, {}, {}, {}, {}, false};
}

}  // namespace

TEST_SUITE("export to 1C") {
  TEST_CASE("a shop with every kind of card passes the schemas, and its sums are the ledger's") {
    const test::SampleShop shop;
    const ScratchDirectory directory;
    store::Database database = shop.open(store::Access::read);
    const std::string xml = export_and_check(shop.context(database), directory);
    const auto number = [&database](const char* query) {
      store::Statement row = database.prepare(query);
      row.rewind();
      REQUIRE(row.step());
      return row.integer(0);
    };
    CHECK(sum(texts(section(xml, "ТоварыПродажа"), "Сумма")) == number("select sum(paid) from live_sale"));
    CHECK(sum(texts(section(xml, "ТоварыВозвратПродажи"), "СуммаВозврата")) ==
          number("select sum(paid) from live_return"));
    CHECK(sum(texts(section(xml, "ОплатаСертификатами"), "Сумма")) == 5'000);
    const std::int64_t spent = number(
        "select -sum(points) * 100 from entry join card on card.id = card_id join program on program.id = program_id "
        "where program.kind in ('bonus', 'club') and entry.kind in ('spend', 'restore')");
    CHECK(sum(texts(section(xml, "ОплатаБонуснымиБаллами"), "СуммаБонусныхБаллов")) == spent);
    const std::int64_t given = number(
        "select sum(points) * 100 from entry join card on card.id = card_id join program on program.id = program_id "
        "where program.kind in ('bonus', 'club') and entry.kind not in ('spend', 'restore', 'expire')");
    CHECK(sum(texts(section(xml, "НачислениеБонусныхБаллов"), "СуммаБонусныхБаллов")) == given);

    const std::string first = xml;
    CHECK(export_and_check(shop.context(database), directory) == first);
  }

  TEST_CASE("each thing keeps its GUID, and each card without a holder is a counterparty of its own") {
    Shop shop;
    shop.must({"customer", "add", "--name", "Анна", "--phone", "89161234567", "--consent", "data"});
    shop.must({"card", "assign", "C-0", "+79161234567"});
    shop.must({"sale", "add", "C-0", "100", "--receipt", "1"});
    shop.must({"sale", "add", "C-1", "100", "--receipt", "2"});
    shop.must({"sale", "add", "C-2", "100", "--receipt", "3"});
    const std::string first = shop.xml();
    CHECK(shop.xml() == first);
    const auto names = texts(section(first, "Справочник.Контрагенты"), "Наименование");
    CHECK(names == std::vector<std::string>{"Держатель карты C-1", "Держатель карты C-2", "Анна"});
    auto guids = texts(section(first, "Справочник.Контрагенты"), "Ссылка");
    CHECK(std::set<std::string>(guids.begin(), guids.end()).size() == 3);
    CHECK(count(first, "<Документ.ОтчетОРозничныхПродажах>") == 1);
    CHECK(texts(first, "Номер").front() == "0001-260301");
  }

  TEST_CASE("who has not agreed, or does no longer, is exported without name, telephone and mail") {
    Shop shop;
    shop.must({"customer", "add", "--name", "Анна", "--phone", "89161234567", "--email", "anna@example.ru"});
    shop.must({"card", "assign", "C-1", "+79161234567"});
    shop.must({"sale", "add", "C-1", "100", "--receipt", "1"});
    for (const char* form : {"enterprise-data", "commerceml"}) {
      const std::string xml = shop.xml({"--as", form});
      CHECK(xml.find("Анна") == std::string::npos);
      CHECK(xml.find("916") == std::string::npos);
      CHECK(xml.find("anna@") == std::string::npos);
      CHECK(xml.find("Держатель карты C-1") != std::string::npos);
    }
  }

  TEST_CASE("names that drive parsers mad stay names, in every encoding") {
    const auto file = test::shared_file("data/hostile/blns.json");
    if (!file) return;
    std::vector<std::string> names;
    for (const auto& name : nlohmann::json::parse(contents_of(*file)))
      names.push_back(name.get<std::string>() + std::string("\x01\xEF\xBF\xBE\xD0", 5));
    names.emplace_back(5'000, 'x');
    Shop shop;
    {
      store::Database database(shop.store_path(), store::Access::write);
      fill(database, static_cast<int>(names.size()) * 2, static_cast<int>(names.size()), names);
    }
    store::Database database(shop.store_path(), store::Access::read);
    const ScratchDirectory directory;
    const std::string xml = export_and_check(context_of(database), directory);
    CHECK(xml.find("&lt;script&gt;") != std::string::npos);
    CHECK(texts(section(xml, "Справочник.Контрагенты"), "Наименование").size() == names.size());
    Export1cRequest table;
    table.form = AccountingForm::table;
    table.path = directory.file("table.xlsx");
    CHECK(service::export_1c(context_of(database), table, no_progress).counterparties ==
          static_cast<std::int64_t>(names.size()));
  }

  TEST_CASE("a store without customers, without sales, or with nothing but returns in the period passes") {
    Shop shop;
    const ScratchDirectory directory;
    {
      store::Database database(shop.store_path(), store::Access::read);
      const std::string xml = export_and_check(context_of(database), directory);
      CHECK(count(xml, "<Документ") == 0);
    }
    shop.must({"sale", "add", "C-1", "--receipt", "1", "--line", "cup:2:100", "--at", "2026-02-10T12:00"});
    shop.must({"sale", "return", "1", "--line", "1", "--quantity", "1"});
    store::Database database(shop.store_path(), store::Access::read);
    Export1cRequest request;
    request.from = Date::of(2026, 3, 1);
    const std::string xml = export_and_check(context_of(database), directory, request);
    CHECK(count(xml, "<ТоварыПродажа>") == 0);
    CHECK(texts(xml, "СуммаВозврата") == std::vector<std::string>{"100.00"});
    CHECK(texts(xml, "НомерЧекаККМПродажи") == std::vector<std::string>{"1"});
    CHECK(texts(section(xml, "НачислениеБонусныхБаллов"), "СуммаБонусныхБаллов") == std::vector<std::string>{"-5"});
    // The report of the sale that the return names is the one that the sale's day is exported as.
    request.from.reset();
    request.to = Date::of(2026, 2, 28);
    const std::string sold = export_and_check(context_of(database), directory, request);
    CHECK(texts(section(xml, "ДокументПродажи"), "Ссылка").front() ==
          texts(section(sold, "Документ.ОтчетОРозничныхПродажах"), "Ссылка").front());
  }

  TEST_CASE("an export since the last one has what is new, whole days again, and tells what is gone") {
    Shop shop;
    shop.must({"sale", "add", "C-0", "100", "--receipt", "1", "--at", "2026-02-10T12:00"});
    shop.must({"sale", "add", "C-0", "100", "--receipt", "2", "--at", "2026-02-11T12:00"});
    const std::string first = shop.xml({"--since-last"});
    CHECK(count(first, "<Документ.") == 2);
    std::filesystem::remove(shop.scratch.file("out.xml"));
    shop.must({"export", "1c", "--since-last", "-o", shop.scratch.file("out.xml")});
    CHECK(shop.world.out.str() == "nothing new since the last export\n");
    CHECK_FALSE(std::filesystem::exists(shop.scratch.file("out.xml")));

    shop.must({"sale", "add", "C-1", "50", "--receipt", "3", "--at", "2026-02-10T13:00"});
    const std::string second = shop.xml({"--since-last"});
    CHECK(texts(second, "Сумма").front() == "150.00");
    CHECK(count(second, "<Документ.") == 1);
    check_schemas(shop.scratch.file("out.xml"), schemas_of_1_8);

    // Undone after it was exported: its day has nothing any more.
    shop.must({"undo", std::to_string(shop.number("select operation_id from sale where receipt = '2'"))});
    const std::string third = shop.xml({"--since-last"});
    CHECK(count(third, "<Документ.") == 1);
    const auto emptied = texts(section(third, "Документ.ОтчетОРозничныхПродажах"), "Ссылка").front();
    CHECK(first.find("<Ссылка>" + emptied + "<") != std::string::npos);
    CHECK(texts(third, "Сумма") == std::vector<std::string>{"0.00"});
    check_schemas(shop.scratch.file("out.xml"), schemas_of_1_8);

    // The export itself taken back: the same once more.
    shop.must({"undo", "--last"});
    CHECK(shop.xml({"--since-last"}) == third);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("CommerceML since the last export marks what has been undone for removal") {
    Shop shop;
    shop.must({"sale", "add", "C-0", "100", "--receipt", "1"});
    CHECK(count(shop.xml({"--as", "commerceml", "--since-last"}), "<Документ>") == 1);
    shop.must({"sale", "add", "C-0", "70", "--receipt", "2"});
    shop.must({"undo", std::to_string(shop.number("select operation_id from sale where receipt = '1'"))});
    const std::string xml = shop.xml({"--as", "commerceml", "--since-last"});
    CHECK(count(xml, "<Документ>") == 2);
    CHECK(count(xml, "ПометкаУдаления") == 1);
    CHECK(xml.find("ПометкаУдаления") > xml.find("<Номер>1<"));
    check_schemas(shop.scratch.file("out.xml"), schemas_of_commerceml);
    // Of the other form nothing has been exported yet, and what is undone was never there.
    CHECK(count(shop.xml({"--since-last"}), "<Сумма>0.00") == 0);
  }

  TEST_CASE("parts of a size, and the archive of them, hold every document once") {
    Shop shop;
    {
      store::Database database(shop.store_path(), store::Access::write);
      fill(database, 300, 20, {});
    }
    store::Database database(shop.store_path(), store::Access::read);
    Export1cRequest request;
    request.form = AccountingForm::commerceml;
    request.path = shop.scratch.file("parts.xml");
    request.split_bytes = 64 * 1024;
    const auto report = service::export_1c(context_of(database), request, no_progress);
    CHECK(report.parts > 3);
    std::size_t documents = 0;
    for (const std::string& file : report.files) {
      check_schemas(file, schemas_of_commerceml);
      documents += count(contents_of(file), "<Документ>");
      CHECK(std::filesystem::file_size(file) < 72 * 1024);
    }
    CHECK(documents == 300);
  }

  TEST_CASE("a hundred thousand purchases pass, and their sums are right") {
    const auto purchases = static_cast<int>(test::number_from("LOYAL_PURCHASES", purchases_by_default));
    Shop shop;
    {
      store::Database database(shop.store_path(), store::Access::write);
      fill(database, purchases, 2'000, {});
    }
    store::Database database(shop.store_path(), store::Access::read);
    Export1cRequest request;
    request.path = shop.scratch.file("ed.xml");
    const auto report = service::export_1c(context_of(database), request, no_progress);
    CHECK(report.sales == 90);
    CHECK(report.paid == Money{std::int64_t{purchases} * 10'000});
    check_schemas(request.path, {"strict-enterprisedata-1.8.xsd"});
    request.form = AccountingForm::commerceml;
    request.path = shop.scratch.file("cml.xml");
    CHECK(service::export_1c(context_of(database), request, no_progress).sales == purchases);
    check_schemas(request.path, schemas_of_commerceml);
  }
}
