// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace loyal::store {

using Blob = std::vector<unsigned char>;

/// A statement of the connection's cache, in use; when it goes, it is reset and its bindings are cleared.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  ~Statement();
  Statement(Statement&& other) noexcept : statement_(other.statement_) { other.statement_ = nullptr; }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;

  /// Binds $1, $2 … in order and stands before the first row.
  template <class... Values>
  Statement& bind(const Values&... values) {
    rewind();
    int place = 0;
    (bind_at(++place, values), ...);
    return *this;
  }
  void bind_at(int place, std::nullptr_t);
  void bind_at(int place, std::int64_t value);
  void bind_at(int place, int value) { bind_at(place, static_cast<std::int64_t>(value)); }
  void bind_at(int place, bool value) { bind_at(place, static_cast<std::int64_t>(value)); }
  /// The text must live until the statement has been stepped.
  void bind_at(int place, std::string_view value);
  void bind_at(int place, const std::string& value) { bind_at(place, std::string_view(value)); }
  void bind_at(int place, const char* value) { bind_at(place, std::string_view(value)); }
  void bind_at(int place, const Blob& value);
  void bind_at(int place, Date value);
  void bind_at(int place, LocalTime value);
  template <class Tag>
  void bind_at(int place, Quantity<Tag> value) {
    bind_at(place, value.count);
  }
  /// An id of zero is no row: NULL.
  template <class Tag>
  void bind_at(int place, Id<Tag> value) {
    if (value)
      bind_at(place, value.value);
    else
      bind_at(place, nullptr);
  }
  template <class T>
  void bind_at(int place, const std::optional<T>& value) {
    if (value)
      bind_at(place, *value);
    else
      bind_at(place, nullptr);
  }

  /// true: a row stands ready; false: done.
  bool step();
  /// Steps a statement that answers no rows.
  void run() {
    while (step()) {
    }
  }
  void rewind();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  /// Valid until the next step.
  std::string_view text_view(int column) const;
  std::string text(int column) const { return std::string(text_view(column)); }
  Blob blob(int column) const;
  Date date(int column) const;
  std::optional<Date> optional_date(int column) const;
  LocalTime local_time(int column) const;
  bool boolean(int column) const { return integer(column) != 0; }
  template <class T>
  T quantity(int column) const {
    return {integer(column)};
  }
  template <class T>
  T id(int column) const {
    return {is_null(column) ? 0 : integer(column)};
  }

  sqlite3_stmt* handle() const { return statement_; }

 private:
  sqlite3_stmt* statement_;
};

enum class Access { read, write };

/// One open store file. Errors are Error with store_missing, store_busy, store_broken, conflict or failed.
class Database {
 public:
  /// Opens a store that exists; a foreign, newer or broken file is refused by name.
  Database(const std::string& path, Access access);
  /// Makes a new store (0600) and opens it; Error{conflict} if the file is there.
  static Database create(const std::string& path, Instant now);
  /// Opens a store of this version or an older one for writing: for migrate().
  static Database open_older(const std::string& path);
  /// Opens a file without asking what it holds: for a copy in the making.
  static Database open_unchecked(const std::string& path, Access access);
  /// A new store that lives only as long as the object.
  static Database in_memory(Instant now);
  ~Database();
  Database(Database&& other) noexcept;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Database& operator=(Database&&) = delete;

  /// The cached statement of this text; the text must be a literal, or live as long as the database.
  Statement prepare(std::string_view sql);
  void execute(const char* sql);
  std::int64_t changes() const;
  /// Brings what the write-ahead log holds into the store's file, so that the file alone is whole.
  void checkpoint();
  /// Gives the connection the memory that a transaction or a check of a million rows wants; SQLite's own is two
  /// megabytes.
  void expect_bulk(int cache_mebibytes);
  /// Keeps every other connection away until this one closes; Error{store_busy} while another holds the store.
  void lock_out_others();
  /// How long a statement waits for another process before it is Error{store_busy}; ten seconds unless set.
  void set_busy_timeout(int milliseconds);
  bool is_writable() const { return access_ == Access::write; }
  const std::string& path() const { return path_; }
  sqlite3* handle() const { return connection_; }

 private:
  Database(std::string path, sqlite3* connection, Access access);
  static Database open_connection(const std::string& path, Access access, const std::string& uri = {});
  /// Opens a store for reading in a folder where nothing can be written.
  static Database open_still(const std::string& path);
  std::string path_;
  sqlite3* connection_ = nullptr;
  Access access_ = Access::read;
  // By the address of the text, which is a literal: an import asks millions of times.
  struct AddressHash {
    std::size_t operator()(std::string_view text) const { return std::hash<const void*>{}(text.data()); }
  };
  struct SameAddress {
    bool operator()(std::string_view a, std::string_view b) const {
      return a.data() == b.data() && a.size() == b.size();
    }
  };
  std::unordered_map<std::string_view, sqlite3_stmt*, AddressHash, SameAddress> statements_;
  std::unique_ptr<int> frames_;  // in the write-ahead log after the last commit of this connection
};

/// A write transaction, taken at once (BEGIN IMMEDIATE); rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace loyal::store
