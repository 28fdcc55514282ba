// SPDX-License-Identifier: MIT
#include <sqlite3.h>
#include <sys/random.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

// What somebody would write who wants random codes and nothing else: no check symbol, no words to shun, no proof.
constexpr const char* schema =
    "pragma journal_mode = wal; pragma synchronous = full;"
    "create table code (id integer primary key, value text not null unique, campaign integer not null);";
constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "bench_code_floor: %s\n", what);
  std::exit(1);
}

std::uint8_t random_byte() {
  static std::array<std::uint8_t, 256> bytes;
  static std::size_t next = bytes.size();
  if (next == bytes.size()) {
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) fail("no random bytes");
    next = 0;
  }
  return bytes[next++];
}

char random_symbol() {
  const unsigned even = 256 - 256 % static_cast<unsigned>(alphabet.size());
  unsigned byte = random_byte();
  while (byte >= even) byte = random_byte();
  return alphabet[byte % alphabet.size()];
}

}  // namespace

/// bench_code_floor STORE COUNT: inserts so many random codes of 14 symbols under a unique index, in one transaction.
int main(int count, char** words) {
  if (count != 3) fail("usage: bench_code_floor STORE COUNT");
  sqlite3* connection = nullptr;
  if (sqlite3_open(words[1], &connection) != SQLITE_OK) fail(sqlite3_errmsg(connection));
  const auto execute = [&](const char* sql) {
    if (sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(connection));
  };
  execute(schema);
  execute("begin immediate");
  sqlite3_stmt* insert = nullptr;
  if (sqlite3_prepare_v2(connection, "insert or ignore into code (value, campaign) values (?, 1)", -1, &insert,
                         nullptr) != SQLITE_OK)
    fail(sqlite3_errmsg(connection));
  for (long done = 0; done < std::atol(words[2]);) {
    std::string code = "SPRING";
    for (int symbol = 0; symbol < 10; ++symbol) code += random_symbol();
    sqlite3_bind_text(insert, 1, code.data(), static_cast<int>(code.size()), SQLITE_TRANSIENT);
    if (sqlite3_step(insert) != SQLITE_DONE) fail(sqlite3_errmsg(connection));
    done += sqlite3_changes(connection);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  execute("commit");
  sqlite3_close(connection);
  return 0;
}
