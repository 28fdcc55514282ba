// SPDX-License-Identifier: MIT
#include "loyal/store/customer.hpp"

#include <fmt/format.h>

#include "loyal/base/text.hpp"

namespace loyal::store {
namespace {

#define CUSTOMER_COLUMNS "id, company_id, name, phone, phone_ordinal, email, birthday, tags, note, state"

Customer read_customer(const Statement& row) {
  Customer customer;
  customer.id = row.id<CustomerId>(0);
  customer.company = row.id<CompanyId>(1);
  customer.name = row.text(2);
  customer.phone = row.text(3);
  customer.phone_ordinal = row.integer(4);
  customer.email = row.text(5);
  customer.birthday = row.optional_date(6);
  customer.tags = row.text(7);
  customer.note = row.text(8);
  customer.state = row.text(9);
  return customer;
}

std::vector<Customer> read_all(Statement& rows) {
  std::vector<Customer> result;
  while (rows.step()) result.push_back(read_customer(rows));
  return result;
}

std::int64_t first_of(Statement row) {
  row.rewind();
  return row.step() ? row.integer(0) : 0;
}

/// A pattern for LIKE … ESCAPE '\' that finds the text anywhere.
std::string anywhere(std::string_view text) {
  std::string pattern = "%";
  for (const char letter : text) {
    if (letter == '%' || letter == '_' || letter == '\\') pattern += '\\';
    pattern += letter;
  }
  return pattern + "%";
}

}  // namespace

CustomerId add_customer(Journal& journal, const Customer& customer) {
  Database& database = journal.database();
  const CustomerId id{first_of(database.prepare("select coalesce(max(id), 0) + 1 from customer"))};
  const std::string key = fold_name(customer.name);
  const std::string sort = sort_key(customer.name);
  const Blob salt = random_bytes(16);
  database
      .prepare(
          "insert into customer (id, company_id, name, name_key, name_sort, phone, phone_ordinal, email, birthday, "
          "tags, note, state, "
          "salt) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
      .bind(id, customer.company, customer.name, key, sort, customer.phone, customer.phone_ordinal, customer.email,
            customer.birthday, customer.tags, customer.note, customer.state, salt)
      .run();
  journal.change("customer", id.value, "add");
  return id;
}

void update_customer(Journal& journal, const Customer& customer, std::string_view detail) {
  const std::string key = fold_name(customer.name);
  const std::string sort = sort_key(customer.name);
  journal.database()
      .prepare(
          "update customer set name = $1, name_key = $2, name_sort = $3, phone = $4, phone_ordinal = $5, email = $6, "
          "birthday = $7, "
          "tags = $8, note = $9, state = $10 where id = $11")
      .bind(customer.name, key, sort, customer.phone, customer.phone_ordinal, customer.email, customer.birthday,
            customer.tags, customer.note, customer.state, customer.id)
      .run();
  journal.change("customer", customer.id.value, "edit", detail);
}

std::optional<Customer> customer(Database& database, CustomerId id) {
  Statement row = database.prepare("select " CUSTOMER_COLUMNS " from customer where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_customer(row)) : std::nullopt;
}

std::vector<Customer> customers_by_phone(Database& database, const std::string& phone) {
  Statement rows = database.prepare("select " CUSTOMER_COLUMNS
                                    " from customer where phone = $1 and state = 'active' order by phone_ordinal, id");
  rows.bind(phone);
  return read_all(rows);
}

std::vector<Customer> customers_by_email(Database& database, const std::string& email) {
  Statement rows =
      database.prepare("select " CUSTOMER_COLUMNS " from customer where email = $1 and state = 'active' order by id");
  rows.bind(email);
  return read_all(rows);
}

std::vector<Customer> customers_by_name(Database& database, const std::string& part, int limit) {
  const std::string pattern = anywhere(fold_name(part));
  Statement rows = database.prepare(
      "select " CUSTOMER_COLUMNS
      " from customer where name_key like $1 escape '\\' and state = 'active' order by name_sort, id limit $2");
  rows.bind(pattern, limit);
  return read_all(rows);
}

std::vector<Customer> customers_by_phone_prefix(Database& database, const std::string& prefix, int limit) {
  Statement rows = database.prepare(
      "select " CUSTOMER_COLUMNS
      " from customer where phone >= $1 and phone < $1 || char(1114111) and state = 'active' order by phone limit $2");
  rows.bind(prefix, limit);
  return read_all(rows);
}

void each_customer(Database& database, const std::string& part,
                   const std::function<void(const Customer&, std::int64_t)>& take) {
  const std::string pattern = part.empty() ? "%" : anywhere(fold_name(part));
  Statement rows = database.prepare(
      "select " CUSTOMER_COLUMNS
      ", (select count(*) from card where card.customer_id = customer.id and card.state <> 'withdrawn') "
      "from customer where state = 'active' and (name_key like $1 escape '\\' or phone like $1 escape '\\' "
      "or tags like $1 escape '\\') order by name_sort, id");
  rows.bind(pattern);
  while (rows.step()) take(read_customer(rows), rows.integer(10));
}

std::vector<Customer> merged_customers(Database& database, const std::string& text) {
  const std::string key = fold_name(text);
  Statement rows = database.prepare(
      "select " CUSTOMER_COLUMNS
      " from customer where state = 'merged' and (phone = $1 or email = $1 or name_key = $2) order by id");
  rows.bind(text, key);
  return read_all(rows);
}

Customer customer_in_use(Database& database, Customer found) {
  while (found.state == "merged") {
    Statement row = database.prepare(
        "select cast(substr(detail, 13) as integer) from change where subject = 'customer' and subject_id = $1 and "
        "detail like 'merged into %' and not exists (select 1 from operation as undo where undo.undoes = "
        "change.operation_id) order by id desc limit 1");
    row.bind(found.id);
    if (!row.step()) break;
    found = customer(database, row.id<CustomerId>(0)).value();
  }
  return found;
}

void return_consent(Journal& journal, std::int64_t consent, CustomerId to) {
  journal.database().prepare("update consent set customer_id = $1 where id = $2").bind(to, consent).run();
  journal.change("consent", consent, "edit");
}

void move_consents(Journal& journal, CustomerId from, CustomerId into) {
  std::vector<std::int64_t> ids;
  {
    Statement rows = journal.database().prepare("select id from consent where customer_id = $1 order by id");
    rows.bind(from);
    while (rows.step()) ids.push_back(rows.integer(0));
  }
  for (const std::int64_t id : ids) {
    journal.database().prepare("update consent set customer_id = $1 where id = $2").bind(into, id).run();
    journal.change("consent", id, "edit", fmt::format("customer {}>{}", from.value, into.value));
  }
}

void add_consent(Journal& journal, const Consent& consent) {
  Database& database = journal.database();
  const std::int64_t id = first_of(database.prepare("select coalesce(max(id), 0) + 1 from consent"));
  const Blob salt = random_bytes(16);
  database
      .prepare(
          "insert into consent (id, customer_id, kind, channel, given, at, place, operator, salt) "
          "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
      .bind(id, consent.customer, consent.kind, consent.channel, consent.given, consent.at, consent.place,
            consent.operator_name, salt)
      .run();
  journal.change("consent", id, "add");
}

std::vector<Consent> consents(Database& database, CustomerId customer) {
  std::vector<Consent> result;
  Statement rows = database.prepare(
      "select kind, channel, given, at, place, operator from consent where customer_id = $1 and not exists (select 1 "
      "from change join operation as undo on undo.undoes = change.operation_id where change.subject = 'consent' and "
      "change.subject_id = consent.id and change.action = 'add') order by at, id");
  rows.bind(customer);
  while (rows.step())
    result.push_back({customer, rows.text(0), rows.text(1), rows.boolean(2), rows.text(3), rows.text(4), rows.text(5)});
  return result;
}

}  // namespace loyal::store
