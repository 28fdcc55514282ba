// SPDX-License-Identifier: MIT
#include "loyal/store/company.hpp"

#include "loyal/base/text.hpp"

namespace loyal::store {
namespace {

constexpr std::size_t salt_bytes = 16;

Company read_company(const Statement& row) {
  Company company;
  company.id = row.id<CompanyId>(0);
  company.slug = row.text(1);
  company.name = row.text(2);
  company.inn = row.text(3);
  company.ogrn = row.text(4);
  company.kpp = row.text(5);
  company.email = row.text(6);
  company.phone = row.text(7);
  company.address = row.text(8);
  company.zone = row.text(9);
  company.currency = row.text(10);
  company.state = row.text(11);
  return company;
}

Shop read_shop(const Statement& row) {
  return {row.id<ShopId>(0), row.id<CompanyId>(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6)};
}

std::int64_t next_id(Database& database, std::string_view sql) {
  Statement statement = database.prepare(sql);
  statement.rewind();
  statement.step();
  return statement.integer(0);
}

}  // namespace

std::vector<Company> companies(Database& database) {
  std::vector<Company> result;
  Statement rows = database.prepare(
      "select id, slug, name, inn, ogrn, kpp, email, phone, address, zone, currency, state from company order by id");
  rows.rewind();
  while (rows.step()) result.push_back(read_company(rows));
  return result;
}

std::optional<Company> company(Database& database, CompanyId id) {
  Statement row = database.prepare(
      "select id, slug, name, inn, ogrn, kpp, email, phone, address, zone, currency, state from company where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_company(row)) : std::nullopt;
}

CompanyId add_company(Journal& journal, const Company& company) {
  const CompanyId id{next_id(journal.database(), "select coalesce(max(id), 0) + 1 from company")};
  const std::string key = fold_name(company.name);
  const Blob salt = random_bytes(salt_bytes);
  journal.database()
      .prepare(
          "insert into company (id, slug, name, name_key, inn, ogrn, kpp, email, phone, address, zone, currency, "
          "state, salt) "
          "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
      .bind(id, company.slug, company.name, key, company.inn, company.ogrn, company.kpp, company.email, company.phone,
            company.address, company.zone, company.currency, company.state, salt)
      .run();
  journal.change("company", id.value, "add");
  return id;
}

void update_company(Journal& journal, const Company& company) {
  const std::string key = fold_name(company.name);
  journal.database()
      .prepare(
          "update company set slug = $1, name = $2, name_key = $3, inn = $4, ogrn = $5, kpp = $6, email = $7, phone = "
          "$8, "
          "address = $9, zone = $10, state = $11 where id = $12")
      .bind(company.slug, company.name, key, company.inn, company.ogrn, company.kpp, company.email, company.phone,
            company.address, company.zone, company.state, company.id)
      .run();
  journal.change("company", company.id.value, "edit");
}

std::vector<Shop> shops(Database& database, CompanyId company) {
  std::vector<Shop> result;
  Statement rows = database.prepare(
      "select id, company_id, slug, name, address, zone, state from shop where $1 is null or company_id = $1 order by "
      "id");
  rows.bind(company);
  while (rows.step()) result.push_back(read_shop(rows));
  return result;
}

std::optional<Shop> shop(Database& database, ShopId id) {
  Statement row = database.prepare("select id, company_id, slug, name, address, zone, state from shop where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_shop(row)) : std::nullopt;
}

ShopId add_shop(Journal& journal, const Shop& shop) {
  const ShopId id{next_id(journal.database(), "select coalesce(max(id), 0) + 1 from shop")};
  const std::string key = fold_name(shop.name);
  const Blob salt = random_bytes(salt_bytes);
  journal.database()
      .prepare(
          "insert into shop (id, company_id, slug, name, name_key, address, zone, state, salt) "
          "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
      .bind(id, shop.company, shop.slug, shop.name, key, shop.address, shop.zone, shop.state, salt)
      .run();
  journal.change("shop", id.value, "add");
  return id;
}

void close_shop(Journal& journal, ShopId id) {
  journal.database().prepare("update shop set state = 'closed' where id = $1").bind(id).run();
  journal.change("shop", id.value, "edit");
}

}  // namespace loyal::store
