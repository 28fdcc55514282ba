// SPDX-License-Identifier: MIT
#include "loyal/store/database.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/store/schema.hpp"

namespace loyal::store {
namespace {

constexpr int busy_timeout_milliseconds = 10'000;
// A checkpoint at every close would cost three more syncs a command; under this many frames it waits for a later one.
constexpr int frames_left_at_close = 100;
constexpr int frames_before_checkpoint = 1000;
constexpr int reading_cache_mebibytes = 24;

[[noreturn]] void fail(sqlite3* connection, const std::string& path) {
  const int code = sqlite3_errcode(connection) & 0xff;
  const std::string what = sqlite3_errmsg(connection);
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(Fault::store_busy, tr("another process is writing to the store {}", path),
                  tr("try again in a moment"));
    case SQLITE_NOTADB:
      throw Error(Fault::store_broken, tr("{} is not a store of loyal: it is no database", path),
                  tr("name the store with --db or LOYAL_DB"));
    case SQLITE_CORRUPT:
      throw Error(Fault::store_broken, tr("the store {} is broken: {}", path, what), tr("loyal store restore BACKUP"));
    case SQLITE_FULL:
      throw Error(Fault::failed, tr("no room left for the store {}; nothing was changed", path),
                  tr("free some disk space and try again"));
    case SQLITE_READONLY:
      throw Error(Fault::failed, tr("the store {} cannot be written to", path));
    case SQLITE_CONSTRAINT:
      throw Error(Fault::conflict, tr("the store refuses the change: {}", what));
    case SQLITE_CANTOPEN:
      throw Error(Fault::failed, tr("the store {} cannot be opened: {}", path, what));
    default:
      throw Error(Fault::failed, tr("the store {} failed: {}", path, what));
  }
}

std::string path_of(sqlite3* connection) {
  const char* name = sqlite3_db_filename(connection, "main");
  return name == nullptr || *name == '\0' ? ":memory:" : name;
}

int remember_frames(void* memory, sqlite3* connection, const char* schema, int frames) {
  // Also what a checkpoint has brought into the file is remembered: a log that stays as long as it has grown is read
  // whole, and brought in again, by every command that follows.
  *static_cast<int*>(memory) = frames;
  if (frames >= frames_before_checkpoint)
    sqlite3_wal_checkpoint_v2(connection, schema, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return SQLITE_OK;
}

enum class Versions { this_one, older_too };

void check_identity(Database& database, Versions versions) {
  std::int64_t application = 0;
  std::int64_t version = 0;
  {
    Statement statement = database.prepare("pragma application_id");
    statement.rewind();
    if (statement.step()) application = statement.integer(0);
  }
  if (application != application_id)
    throw Error(Fault::store_broken, tr("{} is not a store of loyal", database.path()),
                tr("name the store with --db or LOYAL_DB"));
  {
    Statement statement = database.prepare("pragma user_version");
    statement.rewind();
    if (statement.step()) version = statement.integer(0);
  }
  if (version > schema_version)
    throw Error(Fault::store_broken,
                tr("the store {} was made by a newer loyal (version {} of the tables; this program knows {})",
                   database.path(), version, schema_version),
                tr("update loyal"));
  if (version < schema_version && versions == Versions::this_one)
    throw Error(Fault::store_broken,
                tr("the store {} was made by an older loyal (version {} of the tables; this program needs {})",
                   database.path(), version, schema_version),
                "loyal store migrate");
}

}  // namespace

Statement::~Statement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Statement::rewind() {
  sqlite3_reset(statement_);
}

void Statement::bind_at(int place, std::nullptr_t) {
  sqlite3_bind_null(statement_, place);
}
void Statement::bind_at(int place, std::int64_t value) {
  sqlite3_bind_int64(statement_, place, value);
}
void Statement::bind_at(int place, std::string_view value) {
  const char* text = value.data() == nullptr ? "" : value.data();
  sqlite3_bind_text64(statement_, place, text, value.size(), SQLITE_STATIC, SQLITE_UTF8);
}
void Statement::bind_at(int place, const Blob& value) {
  const void* bytes = value.empty() ? static_cast<const void*>("") : value.data();
  sqlite3_bind_blob64(statement_, place, bytes, value.size(), SQLITE_STATIC);
}
void Statement::bind_at(int place, Date value) {
  const std::string text = to_string(value);
  sqlite3_bind_text64(statement_, place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void Statement::bind_at(int place, LocalTime value) {
  const std::string text = to_string(value);
  sqlite3_bind_text64(statement_, place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* connection = sqlite3_db_handle(statement_);
  fail(connection, path_of(connection));
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
std::string_view Statement::text_view(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text == nullptr ? std::string_view{}
                         : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}
Blob Statement::blob(int column) const {
  const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(statement_, column));
  return bytes == nullptr ? Blob{} : Blob(bytes, bytes + sqlite3_column_bytes(statement_, column));
}
Date Statement::date(int column) const {
  const auto date = date_from_iso(text_view(column));
  if (!date)
    throw Error(Fault::store_broken, tr("the store holds \"{}\" where a date belongs", text_view(column)),
                "loyal doctor");
  return *date;
}
std::optional<Date> Statement::optional_date(int column) const {
  return is_null(column) ? std::nullopt : std::optional<Date>(date(column));
}
LocalTime Statement::local_time(int column) const {
  const auto time = local_time_from_iso(text_view(column));
  if (!time)
    throw Error(Fault::store_broken, tr("the store holds \"{}\" where a time belongs", text_view(column)),
                "loyal doctor");
  return *time;
}

Database::Database(std::string path, sqlite3* connection, Access access)
    : path_(std::move(path)),
      connection_(connection),
      access_(access),
      frames_(std::make_unique<int>(frames_left_at_close)) {}

Database Database::open_connection(const std::string& path, Access access, const std::string& uri) {
  // Counting SQLite's memory takes a lock at each allocation, and nobody asks for the count. Too late is no harm.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(uncounted);
  sqlite3* connection = nullptr;
  const int flags = (access == Access::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX |
                    (uri.empty() ? 0 : SQLITE_OPEN_URI);
  const int code = sqlite3_open_v2((uri.empty() ? path : uri).c_str(), &connection, flags, nullptr);
  Database database(path, connection, access);
  if (code != SQLITE_OK) fail(connection, path);
  if (sodium_init() < 0) throw Error(Fault::failed, tr("the system gives no random numbers"));
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_timeout(connection, busy_timeout_milliseconds);
  database.execute(
      "pragma foreign_keys = on; pragma recursive_triggers = on; pragma trusted_schema = off; pragma synchronous = "
      "full;");
  // Lists look cards and customers up as their rows come: SQLite's own two megabytes would read the file again and
  // again.
  if (access == Access::read) database.expect_bulk(reading_cache_mebibytes);
  if (access == Access::write) sqlite3_wal_hook(connection, remember_frames, database.frames_.get());
  return database;
}

namespace {

/// Whether all that was written is in the file itself.
bool has_nothing_beside(const std::string& path) {
  struct stat facts {};
  return ::stat((path + "-wal").c_str(), &facts) != 0 || facts.st_size == 0;
}

bool can_be_written_beside(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  return ::access(folder.c_str(), W_OK) == 0;
}

/// The file as a URI that tells SQLite to take no lock and to keep nothing beside it.
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char letter : path) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                          (byte >= 'A' && byte <= 'Z') || byte == '/' || byte == '.' || byte == '-' || byte == '_';
    uri += is_plain ? std::string(1, letter) : fmt::format("%{:02x}", byte);
  }
  return uri + "?immutable=1";
}

}  // namespace

Database Database::open_still(const std::string& path) {
  if (has_nothing_beside(path)) return open_connection(path, Access::read, immutable_uri(path));
  try {
    // What lies beside the file can be read, if it is all there.
    Database database = open_connection(path, Access::read);
    check_identity(database, Versions::older_too);
    return database;
  } catch (const Error& error) {
    if (error.fault() != Fault::failed) throw;
    throw Error(
        Fault::failed,
        tr("the store {} lies where nothing can be written, and its newest operations are not in the file yet", path),
        tr("take a copy that was made by loyal store backup, or allow writing to its folder"));
  }
}

Database::Database(const std::string& path, Access access) : Database(path, nullptr, access) {
  if (::access(path.c_str(), F_OK) != 0)
    throw Error(Fault::store_missing, tr("there is no store at {}", path), "loyal init");
  // A reader, too, writes beside a store that others write to; where nobody can, nobody does.
  const bool is_still = access == Access::read && !can_be_written_beside(path);
  Database opened = is_still ? open_still(path) : open_connection(path, access);
  std::swap(connection_, opened.connection_);
  std::swap(statements_, opened.statements_);
  std::swap(frames_, opened.frames_);
  check_identity(*this, Versions::this_one);
}

Database Database::open_unchecked(const std::string& path, Access access) {
  if (::access(path.c_str(), F_OK) != 0)
    throw Error(Fault::store_missing, tr("there is no store at {}", path), "loyal init");
  return open_connection(path, access);
}

Database Database::open_older(const std::string& path) {
  Database database = open_unchecked(path, Access::write);
  check_identity(database, Versions::older_too);
  return database;
}

Database Database::in_memory(Instant now) {
  Database database = open_connection(":memory:", Access::write);
  Transaction transaction(database);
  create_schema(database, now);
  transaction.commit();
  database.checkpoint();
  return database;
}

Database Database::create(const std::string& path, Instant now) {
  const int descriptor = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    if (errno == EEXIST) throw Error(Fault::conflict, tr("there is already a file {}", path), "loyal store info");
    throw Error(Fault::failed, tr("the store {} cannot be made: {}", path, std::strerror(errno)));
  }
  ::close(descriptor);
  Database database = open_connection(path, Access::write);
  database.execute("pragma page_size = 8192; pragma journal_mode = wal;");
  Transaction transaction(database);
  create_schema(database, now);
  transaction.commit();
  return database;
}

Database::Database(Database&& other) noexcept
    : path_(std::move(other.path_)),
      connection_(std::exchange(other.connection_, nullptr)),
      access_(other.access_),
      statements_(std::move(other.statements_)),
      frames_(std::move(other.frames_)) {
  other.statements_.clear();
}

Database::~Database() {
  for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  if (connection_ == nullptr) return;
  if (*frames_ < frames_left_at_close) sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_close_v2(connection_);
}

Statement Database::prepare(std::string_view sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) {
    if (sqlite3_stmt_busy(found->second) != 0)
      throw std::logic_error("a statement is used twice at once: " + std::string(sql));
    return Statement(found->second);
  }
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                         nullptr) != SQLITE_OK)
    fail(connection_, path_);
  statements_.emplace(sql, statement);
  return Statement(statement);
}

void Database::execute(const char* sql) {
  if (sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(connection_, path_);
}

void Database::expect_bulk(int cache_mebibytes) {
  execute(fmt::format("pragma cache_size = -{}", cache_mebibytes * 1024).c_str());
}

void Database::checkpoint() {
  sqlite3_wal_checkpoint_v2(connection_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

void Database::lock_out_others() {
  execute("pragma locking_mode = exclusive; begin exclusive; commit;");
}
void Database::set_busy_timeout(int milliseconds) {
  sqlite3_busy_timeout(connection_, milliseconds);
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(connection_);
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("begin immediate");
}

Transaction::~Transaction() {
  if (open_ && sqlite3_get_autocommit(database_.handle()) == 0)
    sqlite3_exec(database_.handle(), "rollback", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.execute("commit");
  open_ = false;
}

}  // namespace loyal::store
