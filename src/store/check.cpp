// SPDX-License-Identifier: MIT
#include "loyal/store/check.hpp"

#include <array>
#include <map>

#include "checks.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/store/schema.hpp"

namespace loyal::store {
namespace {

constexpr std::size_t problems_kept = 20;

constexpr const char* restore_advice = N_("history cannot be mended: loyal store restore BACKUP");
constexpr const char* rebuild_advice =
    N_("where only the table of lots is wrong: loyal doctor --rebuild-lots; else loyal store restore BACKUP");

constexpr std::array<Check, 13> all_checks = {{
    {"lots", N_("lots against the entries of the ledger"), rebuild_advice, check_lots},
    {"chain", N_("the chain of operations"), restore_advice, check_chain},
    {"foreign_keys", N_("rows that name other rows"), restore_advice, check_foreign_keys},
    {"sales", N_("sales against their lines and points"), restore_advice, check_sales},
    {"file", N_("the pages and indexes of the file"), restore_advice, check_pages},
    {"references", N_("companies, shops and documents of entries"), restore_advice, check_references},
    {"documents", N_("receipts, each once"), restore_advice, check_documents},
    {"returns", N_("returns against their sales"), restore_advice, check_returns},
    {"uses", N_("rewards, visits, freezes and codes against what there was"), restore_advice, check_uses},
    {"donations", N_("donations against accounts, funds and caps"), restore_advice, check_donations},
    {"settlements", N_("closed periods of settlement"), restore_advice, check_settlements},
    {"changes", N_("companies, customers and cards against their last change"), restore_advice, check_changes},
    {"schema", N_("tables, indexes and triggers"), restore_advice, check_schema},
}};

using Schema = std::map<std::string, std::string>;

/// The parts that the program made, by kind and name; SQLite's own are left out.
Schema schema_of(Database& database) {
  Schema result;
  Statement rows = database.prepare(
      "select type || ' ' || name, coalesce(sql, '') from sqlite_schema where name not like 'sqlite\\_%' escape '\\'");
  rows.rewind();
  while (rows.step()) result.emplace(rows.text(0), rows.text(1));
  return result;
}

void report_pages(Database& database, std::string_view pragma, CheckReport& report) {
  Statement rows = database.prepare(pragma);
  rows.rewind();
  while (rows.step()) {
    const std::string_view line = rows.text_view(0);
    if (line != "ok") report.add(database.path(), std::string(line));
  }
  Statement pages = database.prepare("pragma page_count");
  pages.rewind();
  if (pages.step()) report.examined = pages.integer(0);
}

}  // namespace

void CheckReport::add(std::string place, std::string what) {
  ++problems;
  if (first.size() < problems_kept) first.push_back({std::move(place), std::move(what)});
}

std::span<const Check> checks() {
  return all_checks;
}

CheckReport run_check(Database& database, const Check& check) {
  CheckReport report;
  report.name = check.name;
  report.title = translate(check.title);
  try {
    check.run(database, report);
  } catch (const Error& error) {
    // The other checks can still tell what of the store is whole.
    if (error.fault() != Fault::store_broken) throw;
    report.add(tr("the check itself"), tr("could not go on: {}", error.what()));
  }
  if (report.problems > 0) report.advice = translate(check.advice);
  return report;
}

void check_schema(Database& database, CheckReport& report) {
  Database fresh = Database::in_memory({});
  const Schema expected = schema_of(fresh);
  const Schema found = schema_of(database);
  for (const auto& [name, sql] : expected) {
    ++report.examined;
    const auto there = found.find(name);
    if (there == found.end())
      report.add(name, tr("is missing"));
    else if (there->second != sql)
      report.add(name, tr("is not as this program made it"));
  }
  // Tables, views and indexes of one's own do no harm; a trigger can.
  for (const auto& [name, sql] : found)
    if (name.starts_with("trigger ") && !expected.contains(name)) report.add(name, tr("is not of this program"));
}

void check_foreign_keys(Database& database, CheckReport& report) {
  Statement rows = database.prepare("pragma foreign_key_check");
  rows.rewind();
  while (rows.step())
    report.add(tr("{} {}", rows.text_view(0), rows.integer(1)),
               tr("names a row of {} that is not there", rows.text_view(2)));
  Statement count = database.prepare(
      "select (select count(*) from card) + (select count(*) from sale) + (select count(*) from entry)");
  count.rewind();
  if (count.step()) report.examined = count.integer(0);
}

void check_pages(Database& database, CheckReport& report) {
  report_pages(database, "pragma integrity_check", report);
}

void require_sound_pages(Database& database) {
  CheckReport report;
  report_pages(database, "pragma quick_check", report);
  if (report.problems > 0)
    throw Error(Fault::store_broken, tr("the store {} is broken: {}", database.path(), report.first.front().what),
                tr("loyal store restore BACKUP"));
}

}  // namespace loyal::store
