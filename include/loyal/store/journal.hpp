// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"
#include "loyal/store/database.hpp"

namespace loyal::store {

/// The tables whose rows an operation's hash covers, in the order in which it does.
enum class History {
  sale,
  sale_line,
  sale_return,
  sale_return_line,
  entry,
  card,
  program_version,
  change,
  card_link,
  sale_context,
  gift_payment,
  reward_use,
  reward_stock,
  visit,
  card_freeze,
  tier_pin,
  category_choice,
  referral,
  reservation,
  account,
  settlement,
  donation,
  export_mark,
  campaign,
  campaign_change,
  promo_batch,
  promo_use,
  card_code
};
inline constexpr std::size_t history_count = 28;
/// The first so many tables are part of every link of the chain; the others, which came with later versions of the
/// tables, only where the operation wrote rows of them, so that the links made before stay as they are.
inline constexpr std::size_t history_always_chained = 8;

/// The name of the table, and the columns that are hashed, in order.
struct HistoryTable {
  const char* name;
  const char* columns;
};
extern const std::array<HistoryTable, history_count> history_tables;

/// The columns of `operation` with the marks, in order, each behind a prefix ("o."): "o.sale_to, o.sale_line_to, …".
std::string mark_columns(std::string_view prefix);

/// The last id of each history table that an operation (or one before it) wrote.
using Marks = std::array<std::int64_t, history_count>;

/// BLAKE2b-256 over values, each with its type and length, so that no two rows have the same bytes.
class Digest {
 public:
  /// Keyed when the key is not empty (16 to 64 bytes).
  explicit Digest(const Blob& key = {});
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void add(std::nullptr_t);
  void add(std::int64_t value);
  void add(int value) { add(static_cast<std::int64_t>(value)); }
  void add(bool value) { add(static_cast<std::int64_t>(value)); }
  void add(std::string_view value);
  void add(const std::string& value) { add(std::string_view(value)); }
  void add(const char* value) { add(std::string_view(value)); }
  void add(const Blob& value);
  void add(Date value) { add(to_string(value)); }
  void add(LocalTime value) { add(to_string(value)); }
  template <class Tag>
  void add(Quantity<Tag> value) {
    add(value.count);
  }
  template <class Tag>
  void add(Id<Tag> value) {
    if (value)
      add(value.value);
    else
      add(nullptr);
  }
  template <class T>
  void add(const std::optional<T>& value) {
    if (value)
      add(*value);
    else
      add(nullptr);
  }
  /// Adds a column of a row that stands ready, by the type in which it is stored.
  void add_column(const Statement& row, int column);

  Blob finish();
  /// Begins anew, without a key: for many digests one after the other.
  void restart();

 private:
  struct State;
  void flush();
  std::unique_ptr<State> state_;
  std::string buffer_;
};

/// What an operation says of itself beside the rows that it writes.
struct OperationHeader {
  Instant at;
  Instant wall_at;
  std::string verb;
  std::string key;
  Blob input_digest;
  std::string operator_name;
  std::string till;
  OperationId undoes;
};

/// Writes the rows of one operation, numbers them without gaps, and closes the operation with its link of the hash
/// chain. Lives inside a transaction.
class Journal {
 public:
  Journal(Database& database, OperationHeader header);

  OperationId id() const { return id_; }
  Database& database() { return database_; }
  /// The id that the next row of the table will have.
  std::int64_t next_id(History table) const { return marks_[static_cast<std::size_t>(table)] + 1; }

  /// Inserts a row; the statement's $1 is its id, which stands in front of `values` and is answered.
  template <class... Values>
  std::int64_t insert(History table, std::string_view sql, const Values&... values) {
    const std::int64_t row = ++marks_[static_cast<std::size_t>(table)];
    Statement statement = database_.prepare(sql);
    statement.bind(row, values...);
    statement.run();
    Digest& digest = *digests_[static_cast<std::size_t>(table)];
    digest.add(row);
    (digest.add(values), ...);
    return row;
  }

  /// Records that a row of a table that can change was added, edited or erased: call it after the change.
  void change(std::string_view subject, std::int64_t subject_id, std::string_view action, std::string_view detail = {});

  /// Whether any row was written.
  bool is_empty() const { return marks_ == first_marks_; }
  /// Writes the operation itself.
  void finish();

 private:
  Database& database_;
  OperationHeader header_;
  OperationId id_;
  Blob previous_hash_;
  Marks first_marks_{};
  Marks marks_{};
  std::array<std::unique_ptr<Digest>, history_count> digests_;
};

/// The link of the chain: over the previous hash, the header and the digests of the rows; `from` are the marks of the
/// operation before.
Blob chain_link(const Blob& previous, const std::string& store_uuid, OperationId id, const OperationHeader& header,
                const Marks& from, const Marks& to, const std::array<Blob, history_count>& digests);

/// The salted digest of a row of a table that can change, as it stands now; empty for a row that is not there.
Blob subject_digest(Database& database, std::string_view subject, std::int64_t id);

/// A table whose rows can change, and the query of a digest's columns, salt last (NULL where the table has none).
struct SubjectTable {
  const char* name;
  const char* query;
};
inline constexpr std::size_t subject_count = 7;
extern const std::array<SubjectTable, subject_count> subject_tables;

/// The digest of a row of such a query that stands ready.
Blob subject_row_digest(const Statement& row);

/// Random bytes from the system.
Blob random_bytes(std::size_t count);

}  // namespace loyal::store
