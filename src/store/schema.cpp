// SPDX-License-Identifier: MIT
#include "loyal/store/schema.hpp"

#include <sodium.h>

#include <array>
#include <span>
#include <string>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/store/database.hpp"
#include "schema_version_2.hpp"

namespace loyal::store {
namespace {

// No row refers to its operation by a foreign key: the operation is written last, with the hash over them, and SQLite
// would look for waiting children through every row of every table. Operations tell their rows by ranges of ids; doctor
// checks both ways. The check of entry.kind is a chain of cases and not `kind in (…)`: the list made a bulk import a
// tenth slower.
constexpr const char* version_1 = R"sql(
create table store (
  id integer primary key check (id = 1),
  uuid text not null,
  created_at text not null,
  digest_key blob not null
) strict;

create table operation (
  id integer primary key,
  at text not null,
  wall_at text not null,
  verb text not null,
  key text not null default '',
  input_digest blob not null,
  operator text not null default '',
  till text not null default '',
  undoes integer references operation (id),
  sale_to integer not null,
  sale_line_to integer not null,
  sale_return_to integer not null,
  sale_return_line_to integer not null,
  entry_to integer not null,
  card_to integer not null,
  program_version_to integer not null,
  change_to integer not null,
  hash blob not null
) strict;
create unique index operation_key on operation (key) where key <> '';
create unique index operation_undoes on operation (undoes) where undoes is not null;

create table company (
  id integer primary key,
  slug text not null unique check (slug <> ''),
  name text not null check (name <> ''),
  name_key text not null,
  inn text not null,
  ogrn text not null default '',
  kpp text not null default '',
  email text not null default '',
  phone text not null default '',
  address text not null default '',
  zone text not null,
  currency text not null default 'RUB',
  state text not null check (state in ('pending', 'active', 'closed')),
  salt blob not null
) strict;

create table shop (
  id integer primary key,
  company_id integer not null references company (id),
  slug text not null check (slug <> ''),
  name text not null check (name <> ''),
  name_key text not null,
  address text not null default '',
  zone text not null,
  state text not null check (state in ('active', 'closed')),
  salt blob not null,
  unique (company_id, slug)
) strict;

create table program (
  id integer primary key,
  company_id integer not null references company (id),
  slug text not null unique check (slug <> ''),
  title text not null,
  title_key text not null,
  kind text not null,
  state text not null check (state in ('active', 'retired')),
  salt blob not null
) strict;

create table program_version (
  id integer primary key,
  operation_id integer not null,
  program_id integer not null references program (id),
  number integer not null check (number > 0),
  applies_from text not null,
  rules text not null,
  unique (program_id, number)
) strict;

create table customer (
  id integer primary key,
  company_id integer not null references company (id),
  name text not null default '',
  name_key text not null default '',
  name_sort text not null default '',
  phone text not null default '',
  phone_ordinal integer not null default 0,
  email text not null default '',
  birthday text,
  tags text not null default '',
  note text not null default '',
  state text not null check (state in ('active', 'withdrawn', 'merged', 'erased')),
  salt blob not null
) strict;
create unique index customer_phone on customer (company_id, phone, phone_ordinal) where phone <> '' and state = 'active';
create index customer_name on customer (name_sort);

create table consent (
  id integer primary key,
  customer_id integer not null references customer (id),
  kind text not null check (kind in ('data', 'advertising', 'sharing')),
  channel text not null default '',
  given integer not null check (given in (0, 1)),
  at text not null,
  place text not null default '',
  operator text not null default '',
  salt blob not null
) strict;
create index consent_customer on consent (customer_id);

create table card (
  id integer primary key,
  operation_id integer not null,
  program_id integer not null references program (id),
  number text not null check (number <> ''),
  issued_date text not null,
  customer_id integer references customer (id),
  state text not null check (state in ('active', 'blocked', 'withdrawn')),
  state_reason text not null default ''
) strict;
create index card_customer on card (customer_id) where customer_id is not null;

create table code (
  value text primary key,
  card_id integer not null references card (id)
) strict, without rowid;

create table sale (
  id integer primary key,
  operation_id integer not null,
  company_id integer not null,
  shop_id integer not null references shop (id),
  till text not null,
  receipt text not null check (receipt <> ''),
  receipt_day text not null,
  generation integer not null check (generation > 0),
  card_id integer not null references card (id),
  program_version_id integer not null references program_version (id),
  document_date text not null,
  document_time text not null,
  points_date text not null,
  total integer not null check (total >= 0),
  discount integer not null check (discount >= 0),
  points_money integer not null check (points_money >= 0),
  paid integer not null check (paid = total - discount - points_money and paid >= 0),
  earned integer not null check (earned >= 0),
  spent integer not null check (spent >= 0),
  earn_limit integer,
  unique (company_id, till, receipt, receipt_day, generation)
) strict;
create index sale_card on sale (card_id);

create table sale_line (
  id integer primary key,
  operation_id integer not null,
  sale_id integer not null references sale (id),
  line integer not null check (line > 0),
  sku text not null default '',
  name text not null default '',
  category text not null default '',
  quantity integer not null check (quantity > 0),
  price integer not null check (price >= 0),
  amount integer not null check (amount >= 0),
  discount integer not null check (discount between 0 and amount),
  points_money integer not null check (points_money >= 0),
  spent integer not null check (spent >= 0),
  paid integer not null check (paid = amount - discount - points_money and paid >= 0),
  earned integer not null check (earned >= 0),
  unique (sale_id, line)
) strict;

create table sale_return (
  id integer primary key,
  operation_id integer not null,
  sale_id integer not null references sale (id),
  kind text not null check (kind in ('return', 'void')),
  document_date text not null,
  document_time text not null,
  points_date text not null,
  amount integer not null check (amount >= 0),
  discount integer not null check (discount >= 0),
  points_money integer not null check (points_money >= 0),
  paid integer not null check (paid = amount - discount - points_money),
  restored integer not null check (restored >= 0),
  clawed_back integer not null check (clawed_back >= 0),
  forgiven integer not null check (forgiven >= 0),
  reason text not null default ''
) strict;
create index sale_return_sale on sale_return (sale_id);

create table sale_return_line (
  id integer primary key,
  operation_id integer not null,
  return_id integer not null references sale_return (id),
  line integer not null check (line > 0),
  quantity integer not null check (quantity > 0),
  amount integer not null check (amount >= 0),
  discount integer not null check (discount >= 0),
  points_money integer not null check (points_money >= 0),
  paid integer not null check (paid >= 0),
  restored integer not null check (restored >= 0),
  unique (return_id, line)
) strict;

create table entry (
  id integer primary key,
  operation_id integer not null,
  card_id integer not null references card (id),
  lot_id integer not null,
  kind text not null check (case kind when 'earn' then 1 when 'spend' then 1 when 'expire' then 1 when 'clawback' then 1
    when 'restore' then 1 when 'grant' then 1 when 'adjust' then 1 when 'opening' then 1 when 'repay' then 1 when 'reverse' then 1
    when 'extend' then 1 when 'write_off' then 1 when 'transfer' then 1 else 0 end),
  points integer not null check ((points <> 0) = (kind <> 'extend')),
  issuer_id integer not null,
  shop_id integer not null,
  sale_id integer,
  return_id integer,
  rule text not null,
  answers integer,
  date text not null,
  usable_from text,
  valid_through text,
  reason text not null
) strict;
create index entry_card on entry (card_id);

create table lot (
  card_id integer not null,
  id integer not null,
  remainder integer not null check (remainder <> 0),
  issuer_id integer not null,
  date text not null,
  usable_from text not null,
  valid_through text,
  primary key (card_id, id)
) strict, without rowid;

create index lot_debt on lot (card_id) where remainder < 0;

create table change (
  id integer primary key,
  operation_id integer not null,
  subject text not null,
  subject_id integer not null,
  action text not null check (action in ('add', 'edit', 'erase')),
  detail text not null default '',
  digest blob not null
) strict;
create index change_subject on change (subject, subject_id);

create view live_sale as
  select * from sale where not exists (select 1 from operation as undo where undo.undoes = sale.operation_id);
create view live_return as
  select * from sale_return where not exists (select 1 from operation as undo where undo.undoes = sale_return.operation_id);
create view card_balance as
  select card.number, program.slug as program, customer.name as holder, card.state,
         coalesce((select sum(lot.remainder) from lot where lot.card_id = card.id), 0) as points
  from card join program on program.id = card.program_id left join customer on customer.id = card.customer_id;
)sql";

// Tables of which no row is ever changed or deleted; card has columns of both sorts.
constexpr std::array<const char*, 8> history_of_version_1 = {
    "operation", "sale", "sale_line", "sale_return", "sale_return_line", "entry", "change", "program_version"};

/// The statements of a migration, and the tables of history that they make.
struct Migration {
  const char* statements;
  std::span<const char* const> history;
};
const std::array<Migration, 2> all_migrations = {
    {{version_1, history_of_version_1}, {version_2, history_of_version_2}}};
static_assert(std::tuple_size_v<decltype(all_migrations)> == schema_version);

void refuse_changes_of_history(Database& database, std::span<const char* const> tables) {
  for (const char* table : tables)
    for (const char* event : {"update", "delete"})
      database.execute(fmt::format("create trigger {0}_no_{1} before {1} on {0} begin select raise(abort, 'history is "
                                   "never changed: {0}'); end",
                                   table, event)
                           .c_str());
}

void refuse_changes_of_cards(Database& database) {
  database.execute(
      "create trigger card_no_delete before delete on card begin select raise(abort, 'history is never changed: "
      "card'); end;"
      "create trigger card_no_update before update of id, operation_id, program_id, number, issued_date on card "
      "begin select raise(abort, 'history is never changed: card'); end;");
}

std::string random_uuid() {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", bytes[i]);
  }
  return text;
}

void apply_migration(Database& database, int from) {
  const Migration& migration = all_migrations[static_cast<std::size_t>(from)];
  database.execute(migration.statements);
  refuse_changes_of_history(database, migration.history);
  if (from == 0) refuse_changes_of_cards(database);
  database.execute(fmt::format("pragma user_version = {}", from + 1).c_str());
}

}  // namespace

void create_schema(Database& database, Instant now) {
  database.execute(fmt::format("pragma application_id = {}", application_id).c_str());
  for (int version = 0; version < schema_version; ++version) apply_migration(database, version);
  Blob key(crypto_generichash_KEYBYTES);
  randombytes_buf(key.data(), key.size());
  const std::string uuid = random_uuid();
  const std::string created_at = to_string(now);
  Statement insert = database.prepare("insert into store (id, uuid, created_at, digest_key) values (1, $1, $2, $3)");
  insert.bind(uuid, created_at, key).run();
}

int migrate(Database& database) {
  Transaction transaction(database);
  int found = 0;
  {
    Statement statement = database.prepare("pragma user_version");
    if (statement.step()) found = static_cast<int>(statement.integer(0));
  }
  for (int version = found; version < schema_version; ++version) apply_migration(database, version);
  transaction.commit();
  return found;
}

}  // namespace loyal::store
