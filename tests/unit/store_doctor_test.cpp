// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/service/doctor.hpp"
#include "loyal/store/check.hpp"
#include "loyal/store/journal.hpp"
#include "support/sample_shop.hpp"

using namespace loyal;

namespace {

store::CheckReport run(store::Database& database, std::string_view name) {
  for (const store::Check& check : store::checks())
    if (check.name == name) return store::run_check(database, check);
  FAIL("no such check: " << name);
  return {};
}

/// Takes the guards away, as somebody would who tampers with the file.
void disarm(store::Database& database) {
  std::vector<std::string> triggers;
  {
    store::Statement rows = database.prepare("select name from sqlite_schema where type = 'trigger'");
    while (rows.step()) triggers.push_back(rows.text(0));
  }
  for (const std::string& trigger : triggers) database.execute(("drop trigger " + trigger).c_str());
  database.execute("pragma foreign_keys = off; pragma ignore_check_constraints = on");
}

/// Does something in a transaction that is taken back.
void tried(store::Database& database, const std::string& sql, const std::function<void()>& look) {
  database.execute("begin");
  database.execute(sql.c_str());
  look();
  database.execute("rollback");
}

struct ColumnOf {
  std::string table, name, type;
};

std::vector<ColumnOf> columns_of(store::Database& database, const std::string& table) {
  std::vector<ColumnOf> result;
  store::Statement rows = database.prepare("select name, type from pragma_table_info($1)");
  rows.bind(table);
  while (rows.step()) result.push_back({table, rows.text(0), rows.text(1)});
  return result;
}

/// Another value for the column that its type still takes.
std::string changed(const ColumnOf& column) {
  if (column.type == "INTEGER") return fmt::format("coalesce({}, 0) + 1000000", column.name);
  if (column.type == "BLOB") return fmt::format("cast('x' || hex({}) as blob)", column.name);
  return fmt::format("coalesce({}, '') || 'x'", column.name);
}

bool is_of_operation(const std::string& place, std::int64_t operation) {
  const std::string text = fmt::format("operation {}", operation);
  return place == text || place.starts_with(text + " ");
}

std::vector<std::pair<std::int64_t, std::int64_t>> rows_of(store::Database& database, const std::string& sql) {
  std::vector<std::pair<std::int64_t, std::int64_t>> result;
  // prepare() wants a text that lives as long as the database.
  static std::deque<std::string> texts;
  store::Statement rows = database.prepare(texts.emplace_back(sql));
  while (rows.step()) result.emplace_back(rows.integer(0), rows.integer(1));
  return result;
}

}  // namespace

TEST_SUITE("doctor") {
  TEST_CASE("a store that only commands have written to is whole, and every check looked at something") {
    const test::SampleShop shop;
    const service::DoctorReport report = service::examine(shop.path());
    CHECK(report.checks.size() == store::checks().size());
    for (const store::CheckReport& check : report.checks) {
      INFO(check.name << ": "
                      << (check.first.empty() ? "" : check.first.front().place + ": " + check.first.front().what));
      CHECK(check.problems == 0);
      CHECK(check.examined > 0);
    }
  }

  TEST_CASE("one changed value in any column of any row of history breaks the chain at the operation that wrote it") {
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    disarm(database);
    int tampered = 0;
    for (const store::HistoryTable& table : store::history_tables) {
      const auto rows = rows_of(database, fmt::format("select id, operation_id from {} order by id", table.name));
      CHECK_MESSAGE(!rows.empty(), "the sample has no row in " << table.name);
      for (const ColumnOf& column : columns_of(database, table.name)) {
        const std::string listed = fmt::format(", {},", table.columns);
        if (listed.find(fmt::format(", {},", column.name)) == std::string::npos) continue;
        for (const auto& row : rows) {
          const std::int64_t id = row.first;
          const std::int64_t operation = row.second;
          INFO(table.name << "." << column.name << " of row " << id);
          tried(database,
                fmt::format("update {} set {} = {} where id = {}", table.name, column.name, changed(column), id), [&] {
                  const store::CheckReport report = run(database, "chain");
                  REQUIRE(report.problems > 0);
                  CHECK(is_of_operation(report.first.front().place, operation));
                });
          ++tampered;
        }
      }
    }
    CHECK(tampered > 300);
  }

  TEST_CASE("a changed value of an operation itself is found at that operation") {
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    disarm(database);
    const auto operations = rows_of(database, "select id, id from operation order by id");
    for (const ColumnOf& column : columns_of(database, "operation"))
      for (const auto& row : operations) {
        const std::int64_t id = row.first;
        const std::int64_t operation = row.second;
        INFO("operation." << column.name << " of " << id);
        tried(database, fmt::format("update operation set {} = {} where id = {}", column.name, changed(column), id),
              [&] {
                const store::CheckReport report = run(database, "chain");
                REQUIRE(report.problems > 0);
                CHECK(is_of_operation(report.first.front().place, operation));
                if (column.name == "hash") CHECK(report.problems == 1);
              });
      }
  }

  TEST_CASE("a row taken out, put in, or moved to another operation is found") {
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    disarm(database);
    tried(database, "delete from entry where id = 2", [&] {
      const store::CheckReport report = run(database, "chain");
      REQUIRE(report.problems == 1);
      CHECK(report.first.front().what.find("entry 2") != std::string::npos);
    });
    tried(database,
          "insert into entry select max(id) + 1, operation_id, card_id, max(id) + 1, kind, points, issuer_id, shop_id, "
          "sale_id, return_id, rule, "
          "answers, date, usable_from, valid_through, reason from entry",
          [&] {
            const store::CheckReport report = run(database, "chain");
            REQUIRE(report.problems == 1);
            CHECK(report.first.front().place.find("entry") != std::string::npos);
          });
    tried(database, "delete from operation where id = 3", [&] {
      const store::CheckReport report = run(database, "chain");
      REQUIRE(report.problems == 1);
      CHECK(is_of_operation(report.first.front().place, 3));
    });
  }

  TEST_CASE("a lot that is not what its entries leave is found, and written anew on demand") {
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    const char* const spoilt[] = {"update lot set remainder = remainder + 1",
                                  "update lot set valid_through = '2030-01-01'",
                                  "update lot set usable_from = '2030-01-01'",
                                  "update lot set issuer_id = 7",
                                  "delete from lot",
                                  ("insert into lot (card_id, id, remainder, issuer_id, date, usable_from) values (4, "
                                   "99, 5, 1, '2026-03-01', '2026-03-01')")};
    for (const char* sql : spoilt) {
      INFO(std::string(sql));
      database.execute(sql);
      CHECK(run(database, "lots").problems > 0);
      CHECK(run(database, "chain").problems == 0);
      CHECK(service::rebuild_lots(shop.context(database)) > 0);
      CHECK(run(database, "lots").problems == 0);
    }
  }

  TEST_CASE("lots are not made from a history that cannot be trusted") {
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    disarm(database);
    database.execute("update entry set points = points + 1 where id = 1");
    database.execute("delete from lot");
    CHECK_THROWS_AS(service::rebuild_lots(shop.context(database)), Error);
    store::Statement lots = database.prepare("select count(*) from lot");
    REQUIRE(lots.step());
    CHECK(lots.integer(0) == 0);
  }

  TEST_CASE("entries that break a rule of the ledger are found, however the lots look") {
    struct Row {
      const char* sql;
      const char* reason;
    };
    const Row rows[] = {
        {"update entry set lot_id = 999 where kind = 'spend'", "a lot that nobody opened"},
        {"update entry set card_id = 4 where kind = 'spend'", "a lot of another card"},
        {"update entry set date = '2020-01-01' where kind = 'spend'", "spent before it was usable"},
        {"update entry set date = '2030-01-01' where kind = 'spend'", "spent after its last day"},
        {"update entry set date = '2026-03-02' where kind = 'expire'", "expired before its last day"},
        {"update entry set points = points * 100 where kind = 'spend'", "a lot below nothing"},
        {"update entry set issuer_id = 9 where kind = 'spend'", "another issuer"},
        {"update entry set kind = 'earn' where kind = 'reverse'", "a credit that names another lot"},
    };
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    disarm(database);
    for (const Row& row : rows) {
      INFO(std::string(row.reason));
      tried(database, row.sql, [&] {
        store::rebuild_lots(database);
        CHECK(run(database, "lots").problems > 0);
      });
    }
  }

  TEST_CASE("sales, returns, documents and references that do not agree are found") {
    struct Row {
      const char* check;
      const char* sql;
    };
    const Row rows[] = {
        {"sales", "update sale_line set earned = earned + 1 where id = 1"},
        {"sales", "delete from sale_line where line = 1"},
        {"sales", "update sale set earned = earned + 1 where receipt = '1'"},
        {"sales", "update entry set sale_id = 77 where kind = 'spend'"},
        {"sales", "update sale set card_id = 4 where receipt = '2'"},
        {"returns", "update sale_return_line set quantity = 2001"},
        {"returns", "update sale_return_line set amount = amount + 1"},
        {"returns", "update sale_return set restored = restored + 1"},
        {"returns", "update sale_return set clawed_back = clawed_back + 1000"},
        {"documents", "delete from operation where undoes is not null"},
        {"references", "update entry set issuer_id = 9 where id = 1"},
        {"references", "update entry set shop_id = 9 where id = 1"},
        {"references", "update entry set answers = 9999 where answers is not null"},
        {"references", "update entry set return_id = 9 where return_id is not null"},
        {"references", "update sale set company_id = 9"},
        {"foreign_keys", "update sale set card_id = 99 where receipt = '1'"},
        {"schema", "drop index sale_card"},
        {"schema", "create trigger own after insert on sale begin select 1; end"},
    };
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    CHECK(run(database, "schema").problems == 0);
    disarm(database);
    for (const Row& row : rows) {
      INFO(std::string(row.check) << ": " << std::string(row.sql));
      const auto before = run(database, row.check).problems;
      tried(database, row.sql, [&] { CHECK(run(database, row.check).problems > before); });
      CHECK(run(database, row.check).problems == before);
    }
  }

  TEST_CASE("a person, a card or a company changed behind the commands' back is found") {
    const char* const changes[] = {"update customer set name = 'Other'",
                                   "update customer set salt = x'00'",
                                   "delete from customer",
                                   "update company set inn = '1'",
                                   "update shop set zone = 'UTC'",
                                   "update program set state = 'retired' where slug = 'coffee'",
                                   "update consent set given = 0",
                                   "update card set state = 'blocked' where number = 'CARD-3'",
                                   "update card set customer_id = null where number = 'CARD-1'",
                                   "delete from change where subject = 'customer'"};
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    disarm(database);
    for (const char* sql : changes) {
      INFO(std::string(sql));
      tried(database, sql, [&] { CHECK(run(database, "changes").problems == 1); });
    }
  }

  TEST_CASE("erasing a person with the salt of their row leaves the chain whole") {
    const test::SampleShop shop;
    {
      store::Database database = shop.open(store::Access::write);
      store::Transaction transaction(database);
      store::Journal journal(database,
                             {Instant{1'780'000'000}, Instant{1'780'000'000}, "customer erase", "", {}, "", "", {}});
      database.execute(
          "delete from consent where customer_id = 1; update card set customer_id = null where customer_id = 1; "
          "delete from customer where id = 1");
      journal.change("consent", 1, "erase");
      journal.change("customer", 1, "erase");
      journal.change("card", 2, "edit");  // CARD-1: their numbers begin with 0
      journal.finish();
      transaction.commit();
    }
    for (const store::CheckReport& check : service::examine(shop.path()).checks) {
      INFO(check.name << ": "
                      << (check.first.empty() ? "" : check.first.front().place + ": " + check.first.front().what));
      CHECK(check.problems == 0);
    }
  }
}
