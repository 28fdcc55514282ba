// SPDX-License-Identifier: MIT
#include "loyal/store/journal.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <sqlite3.h>

#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::store {

const std::array<HistoryTable, history_count> history_tables = {{
    {"sale",
     "id, operation_id, company_id, shop_id, till, receipt, receipt_day, generation, card_id, program_version_id, "
     "document_date, "
     "document_time, points_date, total, discount, points_money, paid, earned, spent, earn_limit"},
    {"sale_line",
     "id, operation_id, sale_id, line, sku, name, category, quantity, price, amount, discount, points_money, spent, "
     "paid, earned"},
    {"sale_return",
     "id, operation_id, sale_id, kind, document_date, document_time, points_date, amount, discount, points_money, "
     "paid, restored, "
     "clawed_back, forgiven, reason"},
    {"sale_return_line", "id, operation_id, return_id, line, quantity, amount, discount, points_money, paid, restored"},
    {"entry",
     "id, operation_id, card_id, lot_id, kind, points, issuer_id, shop_id, sale_id, return_id, rule, answers, date, "
     "usable_from, "
     "valid_through, reason"},
    {"card", "id, operation_id, program_id, number, issued_date"},
    {"program_version", "id, operation_id, program_id, number, applies_from, rules"},
    {"change", "id, operation_id, subject, subject_id, action, detail, digest"},
    {"card_link", "id, operation_id, card_id, into_card_id, kind, date"},
    {"sale_context",
     "id, operation_id, sale_id, tier, member, offer, first_purchase, chosen_categories, subscriptions"},
    {"gift_payment", "id, operation_id, sale_id, return_id, line, card_id, amount"},
    {"reward_use", "id, operation_id, card_id, program_id, sale_id, line, reward, points, value, date"},
    {"reward_stock", "id, operation_id, program_id, reward, pieces, reason"},
    {"visit", "id, operation_id, card_id, shop_id, kind, list, date, time, sale_id"},
    {"card_freeze", "id, operation_id, card_id, lot_id, ends, from_date, through_date"},
    {"tier_pin", "id, operation_id, card_id, tier, from_date, until_date, reason"},
    {"category_choice", "id, operation_id, card_id, month, categories"},
    {"referral", "id, operation_id, card_id, by_card_id, date"},
    {"reservation", "id, operation_id, kind, reserves, held_with, card_id, points, until, request, sale_id"},
    {"account", "id, operation_id, program_id, fund_id, card_id"},
    {"settlement", "id, operation_id, program_id, from_entry, through_entry, through_date"},
    {"donation", "id, operation_id, program_id, fund_id, card_id, sale_id, date, asked, amount, cap, short"},
    {"export_mark", "id, operation_id, company_id, form, through_operation"},
    {"campaign", "id, operation_id, company_id, program_id, slug, terms"},
    {"campaign_change", "id, operation_id, campaign_id, kind, code, until, uses, reason"},
    {"promo_batch", "id, operation_id, campaign_id, pattern, alphabet, codes, secret, signed, digest"},
    {"promo_use",
     "id, operation_id, campaign_id, code, kind, releases, card_id, customer_id, sale_id, return_id, reservation_id, "
     "discount, points, date"},
    {"card_code", "id, operation_id, card_id, removes, symbology, text, value"},
}};

std::string mark_columns(std::string_view prefix) {
  std::string result;
  for (const HistoryTable& table : history_tables)
    result += fmt::format("{}{}{}_to", result.empty() ? "" : ", ", prefix, table.name);
  return result;
}

struct Digest::State {
  crypto_generichash_state hash;
};

namespace {

constexpr std::size_t buffer_bytes = 32 * 1024;
constexpr std::size_t hash_bytes = crypto_generichash_BYTES;

enum : char { tag_null = 'n', tag_integer = 'i', tag_text = 't', tag_blob = 'b' };

/// Appends a tag and a number of eight bytes, the lowest first, whatever the machine.
void append(std::string& buffer, char tag, std::uint64_t value) {
  std::array<char, 9> bytes{tag};
  for (std::size_t i = 0; i < 8; ++i) bytes[i + 1] = static_cast<char>((value >> (8 * i)) & 0xff);
  buffer.append(bytes.data(), bytes.size());
}

}  // namespace

Digest::Digest(const Blob& key) : state_(std::make_unique<State>()) {
  crypto_generichash_init(&state_->hash, key.empty() ? nullptr : key.data(), key.size(), hash_bytes);
}
Digest::~Digest() = default;

void Digest::flush() {
  crypto_generichash_update(&state_->hash, reinterpret_cast<const unsigned char*>(buffer_.data()), buffer_.size());
  buffer_.clear();
}

void Digest::add(std::nullptr_t) {
  buffer_.push_back(tag_null);
}
void Digest::add(std::int64_t value) {
  append(buffer_, tag_integer, static_cast<std::uint64_t>(value));
  if (buffer_.size() >= buffer_bytes) flush();
}
void Digest::add(std::string_view value) {
  append(buffer_, tag_text, value.size());
  buffer_.append(value);
  if (buffer_.size() >= buffer_bytes) flush();
}
void Digest::add(const Blob& value) {
  append(buffer_, tag_blob, value.size());
  buffer_.append(reinterpret_cast<const char*>(value.data()), value.size());
  if (buffer_.size() >= buffer_bytes) flush();
}

void Digest::add_column(const Statement& row, int column) {
  switch (sqlite3_column_type(row.handle(), column)) {
    case SQLITE_NULL:
      return add(nullptr);
    case SQLITE_INTEGER:
      return add(row.integer(column));
    case SQLITE_TEXT:
      return add(row.text_view(column));
    case SQLITE_BLOB:
      return add(row.blob(column));
    default:
      throw Error(Fault::store_broken, tr("the store holds a number with a fraction"), "loyal doctor");
  }
}

void Digest::restart() {
  buffer_.clear();
  crypto_generichash_init(&state_->hash, nullptr, 0, hash_bytes);
}

Blob Digest::finish() {
  flush();
  Blob result(hash_bytes);
  crypto_generichash_final(&state_->hash, result.data(), result.size());
  return result;
}

Blob random_bytes(std::size_t count) {
  Blob bytes(count);
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

Journal::Journal(Database& database, OperationHeader header) : database_(database), header_(std::move(header)) {
  static const std::string last_query =
      fmt::format("select id, hash, {} from operation order by id desc limit 1", mark_columns(""));
  Statement last = database_.prepare(last_query);
  last.rewind();
  if (last.step()) {
    id_ = {last.integer(0) + 1};
    previous_hash_ = last.blob(1);
    for (std::size_t i = 0; i < history_count; ++i) marks_[i] = last.integer(static_cast<int>(i) + 2);
  } else {
    id_ = {1};
  }
  first_marks_ = marks_;
  for (auto& digest : digests_) digest = std::make_unique<Digest>();
  for (auto& digest : digests_) digest->add(id_);
}

void Journal::change(std::string_view subject, std::int64_t subject_id, std::string_view action,
                     std::string_view detail) {
  const Blob digest = subject_digest(database_, subject, subject_id);
  insert(History::change,
         "insert into change (id, operation_id, subject, subject_id, action, detail, digest) values ($1, $2, $3, $4, "
         "$5, $6, $7)",
         id_, subject, subject_id, action, detail, digest);
}

namespace {

const std::string& insert_query() {
  constexpr int header_columns = 9;
  static const std::string query = [] {
    std::string places;
    for (int i = 1; i <= header_columns + static_cast<int>(history_count) + 1; ++i)
      places += fmt::format("{}${}", places.empty() ? "" : ", ", i);
    return fmt::format(
        "insert into operation (id, at, wall_at, verb, key, input_digest, operator, till, undoes, {}, hash) values "
        "({})",
        mark_columns(""), places);
  }();
  return query;
}

}  // namespace

void Journal::finish() {
  std::string uuid;
  {
    Statement store = database_.prepare("select uuid from store");
    store.rewind();
    if (store.step()) uuid = store.text(0);
  }
  std::array<Blob, history_count> digests;
  for (std::size_t i = 0; i < history_count; ++i) digests[i] = digests_[i]->finish();
  const Blob hash = chain_link(previous_hash_, uuid, id_, header_, first_marks_, marks_, digests);
  const std::string at = to_string(header_.at);
  const std::string wall_at = to_string(header_.wall_at);
  Statement insert = database_.prepare(insert_query());
  insert.bind(id_, at, wall_at, header_.verb, header_.key, header_.input_digest, header_.operator_name, header_.till,
              header_.undoes);
  int place = 9;
  for (const std::int64_t mark : marks_) insert.bind_at(++place, mark);
  insert.bind_at(++place, hash);
  insert.run();
}

Blob chain_link(const Blob& previous, const std::string& store_uuid, OperationId id, const OperationHeader& header,
                const Marks& from, const Marks& to, const std::array<Blob, history_count>& digests) {
  Digest link;
  link.add(previous);
  link.add(store_uuid);
  link.add(id);
  link.add(to_string(header.at));
  link.add(to_string(header.wall_at));
  link.add(header.verb);
  link.add(header.key);
  link.add(header.input_digest);
  link.add(header.operator_name);
  link.add(header.till);
  link.add(header.undoes);
  for (std::size_t i = 0; i < history_always_chained; ++i) link.add(to[i]);
  for (std::size_t i = 0; i < history_always_chained; ++i) link.add(digests[i]);
  for (std::size_t i = history_always_chained; i < history_count; ++i) {
    if (to[i] == from[i]) continue;
    link.add(history_tables[i].name);
    link.add(to[i]);
    link.add(digests[i]);
  }
  return link.finish();
}

const std::array<SubjectTable, subject_count> subject_tables = {{
    {"company",
     "select id, slug, name, name_key, inn, ogrn, kpp, email, phone, address, zone, currency, state, salt from "
     "company"},
    {"shop", "select id, company_id, slug, name, name_key, address, zone, state, salt from shop"},
    {"program", "select id, company_id, slug, title, title_key, kind, state, salt from program"},
    {"customer",
     "select id, company_id, name, name_key, name_sort, phone, phone_ordinal, email, birthday, tags, note, state, salt "
     "from customer"},
    {"consent", "select id, customer_id, kind, channel, given, at, place, operator, salt from consent"},
    {"card", "select id, customer_id, state, state_reason, null from card"},
    {"fund", "select id, company_id, slug, name, name_key, inn, state, salt from fund"},
}};

namespace {

/// The query of one row of a subject; the texts live as long as the program, as prepare() wants.
std::string_view subject_query(std::string_view subject) {
  static const std::array<std::string, subject_count> queries = [] {
    std::array<std::string, subject_count> result;
    for (std::size_t i = 0; i < subject_count; ++i) result[i] = std::string(subject_tables[i].query) + " where id = $1";
    return result;
  }();
  for (std::size_t i = 0; i < subject_count; ++i)
    if (subject == subject_tables[i].name) return queries[i];
  throw std::logic_error("no such subject of a change: " + std::string(subject));
}

}  // namespace

Blob subject_row_digest(const Statement& row) {
  const int salt = sqlite3_column_count(row.handle()) - 1;
  Digest digest(row.is_null(salt) ? Blob{} : row.blob(salt));
  for (int column = 0; column < salt; ++column) digest.add_column(row, column);
  return digest.finish();
}

Blob subject_digest(Database& database, std::string_view subject, std::int64_t id) {
  Statement row = database.prepare(subject_query(subject));
  row.bind(id);
  return row.step() ? subject_row_digest(row) : Blob{};
}

}  // namespace loyal::store
