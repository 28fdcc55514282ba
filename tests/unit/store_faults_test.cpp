// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "loyal/base/error.hpp"
#include "loyal/service/doctor.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/service/store_file.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/schema.hpp"
#include "support/cli_world.hpp"
#include "support/sample_shop.hpp"
#include "support/shared.hpp"

using namespace loyal;
namespace fs = std::filesystem;

namespace {

/// The fault with which something ends, and what it says.
struct Outcome {
  std::optional<Fault> fault;
  std::string message;
};

template <class Action>
Outcome outcome_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return {error.fault(), error.what()};
  }
  return {};
}

std::int64_t count(store::Database& database, std::string_view table_query) {
  store::Statement rows = database.prepare(table_query);
  rows.rewind();
  REQUIRE(rows.step());
  return rows.integer(0);
}

bool is_clean(const std::string& path) {
  return service::examine(path).problems() == 0;
}

service::SaleRequest sale_of(const char* receipt) {
  service::SaleRequest request;
  request.card = "CARD-2";
  request.amount = Money{50'000};
  request.receipt = receipt;
  return request;
}

void write_text(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::map<std::string, std::string> schema_of(store::Database& database) {
  std::map<std::string, std::string> result;
  store::Statement rows = database.prepare("select name, coalesce(sql, '') from sqlite_schema");
  while (rows.step()) result.emplace(rows.text(0), rows.text(1));
  return result;
}

}  // namespace

TEST_SUITE("store faults") {
  TEST_CASE("no statement changes or deletes a row of history") {
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    for (const char* table : {"operation", "sale", "sale_line", "sale_return", "sale_return_line", "entry", "change",
                              "program_version", "card"}) {
      for (const std::string& sql :
           {fmt::format("update {} set id = id + 1000", table), fmt::format("delete from {}", table),
            fmt::format("insert or replace into {0} select * from {0} where id = 1", table)}) {
        INFO(sql);
        CHECK(outcome_of([&] { database.execute(sql.c_str()); }).fault == Fault::conflict);
      }
    }
    CHECK(outcome_of([&] { database.execute("update card set number = 'X'"); }).fault == Fault::conflict);
    CHECK(is_clean(shop.path()));
  }

  TEST_CASE("where there is no room left, nothing of the operation is written") {
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::write);
    const auto sales = count(database, "select count(*) from sale");
    database.execute(fmt::format("pragma max_page_count = {}", count(database, "pragma page_count")).c_str());
    Outcome outcome;
    std::int64_t posted = 0;
    for (; !outcome.fault && posted < 2000; ++posted)
      outcome = outcome_of([&] { service::sell(shop.context(database), sale_of(fmt::format("F{}", posted).c_str())); });
    CHECK(outcome.fault == Fault::failed);
    CHECK(outcome.message.find("no room left") != std::string::npos);
    CHECK(count(database, "select count(*) from sale") == sales + posted - 1);
    CHECK(is_clean(shop.path()));
  }

  TEST_CASE("a store that another process writes to is busy, and later takes the operation") {
    const test::SampleShop shop;
    store::Database other = shop.open(store::Access::write);
    store::Database database = shop.open(store::Access::write);
    database.set_busy_timeout(20);
    other.execute("begin immediate");
    CHECK(outcome_of([&] { service::sell(shop.context(database), sale_of("B1")); }).fault == Fault::store_busy);
    other.execute("rollback");
    CHECK_FALSE(outcome_of([&] { service::sell(shop.context(database), sale_of("B1")); }).fault);
    CHECK(exit_code(Fault::store_busy) == 11);
  }

  TEST_CASE("a store opened for reading is never written to") {
    const test::SampleShop shop;
    const std::string before = test::contents_of(shop.path());
    {
      store::Database database = shop.open(store::Access::read);
      CHECK(outcome_of([&] { service::sell(shop.context(database), sale_of("R1")); }).fault == Fault::failed);
      CHECK(outcome_of([&] { database.execute("delete from lot"); }).fault == Fault::failed);
      service::examine(shop.path());
    }
    CHECK(test::contents_of(shop.path()) == before);
  }

  TEST_CASE("a file that is no store of this program is refused by name") {
    const test::SampleShop shop;
    const std::string file = shop.file("other.db");
    const auto refused = [&] { return outcome_of([&] { store::Database(file, store::Access::read); }); };
    CHECK(refused().fault == Fault::store_missing);
    write_text(file, "");
    CHECK(refused().fault == Fault::store_broken);
    CHECK(refused().message.find("is not a store of loyal") != std::string::npos);
    write_text(file, std::string(10'000, 'x'));
    CHECK(refused().fault == Fault::store_broken);
    CHECK(refused().message.find("is not a store of loyal") != std::string::npos);
    const std::string whole = test::contents_of(shop.path());
    for (const std::size_t kept : {std::size_t{100}, std::size_t{8192}, whole.size() / 2, whole.size() - 8192}) {
      INFO("the first " << kept << " bytes");
      write_text(file, whole.substr(0, kept));
      CHECK(refused().fault == Fault::store_broken);
    }
    fs::remove(file);
    write_text(file, "");
    store::Database::open_unchecked(file, store::Access::write).execute("create table theirs (x)");
    CHECK(refused().fault == Fault::store_broken);
    CHECK(refused().message.find("is not a store of loyal") != std::string::npos);
  }

  TEST_CASE("a store of a newer program is refused with both versions") {
    const test::SampleShop shop;
    shop.open(store::Access::write).execute(fmt::format("pragma user_version = {}", store::schema_version + 1).c_str());
    for (const auto access : {store::Access::read, store::Access::write}) {
      const Outcome outcome = outcome_of([&] { shop.open(access); });
      CHECK(outcome.fault == Fault::store_broken);
      CHECK(outcome.message.find("made by a newer loyal") != std::string::npos);
    }
    CHECK(outcome_of([&] { store::Database::open_older(shop.path()); }).fault == Fault::store_broken);
  }

  TEST_CASE("a page overwritten in the middle of the file is found, not followed") {
    const test::SampleShop shop;
    const std::string whole = test::contents_of(shop.path());
    for (std::size_t page = 1; page < whole.size() / 8192; ++page) {
      INFO("page " << page + 1);
      std::string broken = whole;
      broken.replace(page * 8192, 4096, 4096, '\xa5');
      const std::string file = shop.file("page.db");
      write_text(file, broken);
      std::int64_t problems = 0;
      const Outcome outcome = outcome_of([&] { problems = service::examine(file).problems(); });
      CHECK((problems > 0 || outcome.fault == Fault::store_broken));
    }
  }

  TEST_CASE("a byte flipped in any index of the sales is found by doctor, which ends with 12 and says where") {
    const test::SampleShop shop;
    std::vector<std::pair<std::string, std::int64_t>> indexes;
    {
      store::Database database = shop.open(store::Access::write);
      database.execute("pragma wal_checkpoint(truncate)");
      store::Statement rows =
          database.prepare("select name, rootpage from sqlite_schema where type = 'index' and tbl_name = 'sale'");
      while (rows.step()) indexes.emplace_back(rows.text(0), rows.integer(1));
    }
    REQUIRE(indexes.size() >= 2);
    const std::string whole = test::contents_of(shop.path());
    for (const auto& index : indexes) {
      const std::string& name = index.first;
      const std::int64_t root = index.second;
      INFO(name);
      std::string broken = whole;
      // SQLite fills a page from its end: the last byte is of the first key.
      broken[static_cast<std::size_t>(root) * 8192 - 1] ^= 0x40;
      const std::string file = shop.file("flipped.db");
      write_text(file, broken);
      test::CliWorld cli;
      CHECK(cli.run({"--db", file, "doctor"}) == 12);
      CHECK(cli.out.str().find("the pages and indexes of the file: ") != std::string::npos);
      CHECK(cli.out.str().find(name) != std::string::npos);
    }
  }

  TEST_CASE("a store of version 1 opens, is whole, and has the tables of a new one once brought up to date") {
    const test::SampleShop shop;
    const std::string file = shop.file("old.db");
    write_text(file, "");
    store::Database::open_unchecked(file, store::Access::write)
        .execute(test::contents_of(fs::path(LOYAL_SOURCE_DIR) / "tests/fixtures/store-version-1.sql").c_str());
    {
      store::Database old = store::Database::open_older(file);
      CHECK(store::migrate(old) == 1);
      store::Database fresh = store::Database::in_memory({});
      CHECK(schema_of(old) == schema_of(fresh));
    }
    CHECK(is_clean(file));
    store::Database database(file, store::Access::write);
    CHECK(count(database, "select count(*) from entry") > 10);
    CHECK(count(database, "select max(card_link_to) from operation") == 0);
    CHECK_FALSE(outcome_of([&] { service::sell(shop.context(database), sale_of("after")); }).fault);
    {
      store::Transaction transaction(database);
      store::Journal journal(database, {Instant{1'780'000'000}, Instant{1'780'000'000}, "link", "", {}, "", "", {}});
      store::add_card_link(journal, {1}, {2}, "replace", Date::of(2026, 3, 1));
      journal.finish();
      transaction.commit();
    }
    CHECK_FALSE(outcome_of([&] { service::sell(shop.context(database), sale_of("after the link")); }).fault);
    CHECK(count(database, "select max(card_link_to) from operation") == 1);
    CHECK(is_clean(file));
  }

  TEST_CASE("a backup is whole, is its owner's alone, and takes no file's place unasked") {
    const test::SampleShop shop;
    store::Database database = shop.open(store::Access::read);
    const std::string file = shop.file("backup.db");
    CHECK(service::backup(database, file, false).value > 10);
    CHECK(is_clean(file));
    CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(outcome_of([&] { service::backup(database, file, false); }).fault == Fault::conflict);
    CHECK_FALSE(outcome_of([&] { service::backup(database, file, true); }).fault);
    CHECK(outcome_of([&] { service::backup(database, shop.path(), true); }).fault == Fault::usage);
  }

  TEST_CASE("a restore brings the backup back and keeps what was there") {
    const test::SampleShop shop;
    const std::string file = shop.file("backup.db");
    {
      store::Database database = shop.open(store::Access::write);
      service::backup(database, file, false);
      service::sell(shop.context(database), sale_of("later"));
    }
    const service::RestoreReport report = service::restore(shop.path(), file);
    CHECK(is_clean(shop.path()));
    CHECK(is_clean(report.kept));
    store::Database restored = shop.open(store::Access::write);
    store::Database kept(report.kept, store::Access::read);
    constexpr std::string_view later = "select count(*) from sale where receipt = 'later'";
    CHECK(count(restored, later) == 0);
    CHECK(count(kept, later) == 1);
    CHECK_FALSE(outcome_of([&] { service::sell(shop.context(restored), sale_of("again")); }).fault);
  }

  TEST_CASE("a restore over a store that cannot be read moves it aside") {
    const test::SampleShop shop;
    const std::string file = shop.file("backup.db");
    {
      store::Database database = shop.open(store::Access::read);
      service::backup(database, file, false);
    }
    write_text(shop.path(), std::string(20'000, 'x'));
    const service::RestoreReport report = service::restore(shop.path(), file);
    CHECK(is_clean(shop.path()));
    CHECK(fs::file_size(report.kept) == 20'000);
  }

  TEST_CASE("a backup in which something was changed is not restored") {
    const test::SampleShop shop;
    const std::string file = shop.file("backup.db");
    {
      store::Database database = shop.open(store::Access::read);
      service::backup(database, file, false);
    }
    store::Database::open_unchecked(file, store::Access::write).execute("update lot set remainder = remainder + 1");
    CHECK(outcome_of([&] { service::require_clean(file); }).fault == Fault::store_broken);
  }

  TEST_CASE("a restore waits for nobody who has the store open") {
    const test::SampleShop shop;
    const std::string file = shop.file("backup.db");
    store::Database open = shop.open(store::Access::write);
    service::backup(open, file, false);
    CHECK(outcome_of([&] { service::restore(shop.path(), file); }).fault == Fault::store_busy);
    CHECK(is_clean(shop.path()));
  }
}
