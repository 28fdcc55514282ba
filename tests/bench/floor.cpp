// SPDX-License-Identifier: MIT
#include <sqlite3.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

namespace {

// What somebody would write who wants points in a table and nothing else: no proof, no undo, no foreign keys, no
// checks.
constexpr const char* schema =
    "create table sale (id integer primary key, receipt text not null unique, card integer not null, time text not "
    "null, "
    "  amount integer not null, earned integer not null);"
    "create index sale_card_time on sale (card, time);"
    "create table entry (id integer primary key, card integer not null, lot integer not null, kind text not null, "
    "  points integer not null, sale integer, date text not null);"
    "create index entry_card on entry (card);"
    "create table lot (id integer primary key, card integer not null, points integer not null, date text not null, "
    "  valid_through text not null);"
    "create index lot_card on lot (card);"
    "create index lot_due on lot (valid_through);"
    "create table balance (card integer primary key, points integer not null);";

// The durability of a store of loyal; all else as SQLite comes.
constexpr const char* settings = "pragma journal_mode = wal; pragma synchronous = full;";
// What loyal gives its own imports, for a second opinion: the same page and cache.
constexpr const char* tuned_settings = "pragma page_size = 8192; pragma cache_size = -32768;";

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "bench_floor: %s\n", what);
  std::exit(1);
}

class Floor {
 public:
  Floor(const char* path, bool is_tuned) {
    if (sqlite3_open(path, &connection_) != SQLITE_OK) fail(sqlite3_errmsg(connection_));
    if (is_tuned) execute(tuned_settings);
    execute(settings);
    execute(schema);
    sale_ = prepare("insert into sale (id, receipt, card, time, amount, earned) values (?, ?, ?, ?, ?, ?)");
    entry_ = prepare("insert into entry (id, card, lot, kind, points, sale, date) values (?, ?, ?, 'earn', ?, ?, ?)");
    lot_ = prepare("insert into lot (id, card, points, date, valid_through) values (?, ?, ?, ?, ?)");
    balance_ = prepare(
        "insert into balance (card, points) values (?, ?) on conflict (card) do update set points = points + "
        "excluded.points");
  }
  ~Floor() {
    for (sqlite3_stmt* statement : {sale_, entry_, lot_, balance_}) sqlite3_finalize(statement);
    sqlite3_close(connection_);
  }
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;

  void execute(const char* sql) {
    if (sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(connection_));
  }

  void purchase(std::int64_t card, std::string_view time, std::int64_t kopecks, std::string_view receipt) {
    const std::int64_t id = ++rows_;
    const std::int64_t points = kopecks * 5 / 10'000;
    const std::string_view date = time.substr(0, 10);
    const std::string valid_through = a_year_after(date);
    bind_integers(sale_, {{1, id}, {3, card}, {5, kopecks}, {6, points}});
    bind_text(sale_, 2, receipt);
    bind_text(sale_, 4, time);
    run(sale_);
    bind_integers(entry_, {{1, id}, {2, card}, {3, id}, {4, points}, {5, id}});
    bind_text(entry_, 6, date);
    run(entry_);
    bind_integers(lot_, {{1, id}, {2, card}, {3, points}});
    bind_text(lot_, 4, date);
    bind_text(lot_, 5, valid_through);
    run(lot_);
    bind_integers(balance_, {{1, card}, {2, points}});
    run(balance_);
  }

 private:
  struct Bound {
    int place;
    std::int64_t value;
  };

  static std::string a_year_after(std::string_view date) {
    std::string result(date);
    for (std::size_t place = 4; place-- > 0;) {
      result[place] = result[place] == '9' ? '0' : static_cast<char>(result[place] + 1);
      if (result[place] != '0') break;
    }
    if (std::string_view(result).substr(5) == "02-29") result.back() = '8';
    return result;
  }

  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection_, sql, -1, &statement, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(connection_));
    return statement;
  }
  static void bind_integers(sqlite3_stmt* statement, std::initializer_list<Bound> values) {
    for (const Bound& bound : values) sqlite3_bind_int64(statement, bound.place, bound.value);
  }
  static void bind_text(sqlite3_stmt* statement, int place, std::string_view text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }
  void run(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_errmsg(connection_));
    sqlite3_reset(statement);
  }

  sqlite3* connection_ = nullptr;
  sqlite3_stmt* sale_ = nullptr;
  sqlite3_stmt* entry_ = nullptr;
  sqlite3_stmt* lot_ = nullptr;
  sqlite3_stmt* balance_ = nullptr;
  std::int64_t rows_ = 0;
};

std::int64_t whole(std::string_view digits) {
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// Trusts the file: it comes from bench_generate.
void import_purchases(Floor& floor, std::ifstream& file) {
  std::string line;
  std::getline(file, line);
  floor.execute("begin immediate");
  while (std::getline(file, line)) {
    const std::string_view row = line;
    const std::size_t date = row.find(',') + 1;
    const std::size_t amount = row.find(',', date) + 1;
    const std::size_t receipt = row.find(',', amount) + 1;
    const std::size_t point = row.find('.', amount);
    const std::int64_t kopecks = whole(row.substr(amount, point - amount)) * 100 + whole(row.substr(point + 1, 2));
    floor.purchase(whole(row.substr(0, date - 1)), row.substr(date, amount - date - 1), kopecks, row.substr(receipt));
  }
  floor.execute("commit");
}

}  // namespace

/// Writes the purchases of a file by the bare C API into a new database: bench_floor DATABASE PURCHASES.
int main(int count, char** words) {
  const bool is_tuned = count == 4 && std::string_view(words[3]) == "tuned";
  if (count != 3 && !is_tuned) {
    std::fputs("usage: bench_floor DATABASE PURCHASES [tuned]\n", stderr);
    return 2;
  }
  std::ifstream file(words[2], std::ios::binary);
  if (!file) fail("the purchases cannot be read");
  Floor floor(words[1], is_tuned);
  import_purchases(floor, file);
  return 0;
}
