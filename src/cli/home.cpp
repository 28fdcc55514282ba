// SPDX-License-Identifier: MIT
#include "loyal/cli/home.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/words.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/overview.hpp"

namespace loyal::cli {
namespace {

constexpr std::size_t names_max = 5;

/// Some names and how many more there are.
std::string some(const std::vector<std::string>& names) {
  if (names.empty()) return tr("none");
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < names_max; ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() <= names_max ? text : text + tr(" and {} more", names.size() - names_max);
}

std::vector<std::string> company_words(store::Database& database) {
  std::vector<std::string> words;
  for (const store::Company& company : store::companies(database)) {
    if (company.state == "closed") continue;
    words.push_back(company.name + (company.state == "pending" ? tr(" (pending)") : std::string{}));
  }
  return words;
}

std::vector<std::string> program_words(store::Database& database, Date today) {
  service::Rules rules(database);
  std::vector<std::string> words;
  for (const store::ProgramRow& program : store::programs(database)) {
    if (program.state != "active") continue;
    if (program.kind == "discount" || words.size() >= names_max) {
      words.push_back(program.slug);
      continue;
    }
    const domain::Unit& unit = rules.newest(program.id).program.unit;
    const Points out = store::points_outstanding(database, program.id, today);
    words.push_back(tr("{} ({} outstanding)", program.slug, service::points_text(out, unit)));
  }
  return words;
}

std::string sale_words(const store::Overview& overview) {
  if (!overview.last_sale_at) return tr("none yet");
  const std::string last = to_string(overview.last_sale_at->date);
  if (overview.sales_of_day == 0) return tr("none today; the last on {}", last);
  return tr("{} today for {}", overview.sales_of_day, to_text(overview.sum_of_day));
}

/// What a shop would do now that has come so far.
std::string next_step(store::Database& database, const store::Overview& overview) {
  if (overview.companies == 0) return "loyal company add --inn 7707083893 --ogrn 1027700132195 --name \"…\"";
  if (overview.programs == 0) return "loyal program add bonus --slug coffee --earn 5% --expire 12m";
  if (overview.cards == 0)
    for (const store::ProgramRow& program : store::programs(database))
      if (program.state == "active") return "loyal card issue " + program.slug + " --count 100";
  return tr("loyal sale add CARD 1250.00");
}

format::Record home_record(const std::string& path, const store::Overview& overview) {
  format::Record record;
  record.add("store", path);
  record.add("companies", overview.companies).add("programs", overview.programs);
  record.add("cards", overview.cards)
      .add("assigned_cards", overview.assigned_cards)
      .add("customers", overview.customers);
  record.add("sales_today", overview.sales_of_day)
      .add("sum_today", money(overview.sum_of_day))
      .add("currency", std::string("RUB"));
  record.add("last_sale_at", overview.last_sale_at ? format::Cell{*overview.last_sale_at} : format::Cell{});
  return record;
}

void show_missing(Session& session, const std::string& path) {
  session.say(tr("There is no store yet at {}.", path));
  session.say(tr("Make one:             loyal init"));
  session.say(tr("Or name another:      loyal --db FILE …"));
  session.say(tr("All commands:         loyal help"));
}

}  // namespace

void show_home(Session& session) {
  const std::string& path = session.globals().store_path;
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) return show_missing(session, path);
  store::Database& database = session.store_for_reading();
  const Date day = today(session);
  const store::Overview overview = store::overview(database, day);
  if (session.for_programs()) return session.show(home_record(path, overview));
  session.say(tr("Store:     {}", path));
  session.say(tr("Companies: {}", some(company_words(database))));
  session.say(tr("Programs:  {}", some(program_words(database, day))));
  session.say(tr("Cards:     {}, {} of them held; {}", overview.cards, overview.assigned_cards,
                 trn("{} customer", "{} customers", overview.customers)));
  session.say(tr("Sales:     {}", sale_words(overview)));
  session.next(next_step(database, overview));
}

}  // namespace loyal::cli
