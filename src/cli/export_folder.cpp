// SPDX-License-Identifier: MIT
#include "loyal/cli/export_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/format/atomic_file.hpp"
#include "loyal/format/sink.hpp"
#include "loyal/service/card_codes.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/points_movements.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/export.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;

constexpr unsigned for_the_owner_alone = 0600;

/// Columns whose keys are what the imports read.
std::vector<format::Column> columns_of(std::initializer_list<const char*> keys) {
  std::vector<format::Column> columns;
  for (const char* key : keys) columns.push_back({key, key, Kind::text});
  return columns;
}

class Folder {
 public:
  Folder(const service::Context& context, const store::Company& company, std::string path, bool excel)
      : context_(context), company_(company), path_(std::move(path)), excel_(excel), rules_(context.store) {}

  FolderReceipt write();

 private:
  using Fill = std::function<void(const std::function<void(std::vector<Cell>)>& row)>;

  void table(const std::string& name, std::initializer_list<const char*> keys, const Fill& fill);
  void text(const std::string& name, const std::string& words);
  /// Imports read roubles and whole points, as people write them.
  Cell amount(Money money) const { return excel_ ? Cell{format::MoneyCell{money}} : Cell{to_decimal(money.count, 2)}; }
  Cell amount(Points points, const domain::Unit& unit) const {
    return excel_ ? Cell{format::PointsCell{points, unit.scale}} : Cell{to_decimal(points.count, unit.scale)};
  }
  std::string reference_to(CustomerId customer);
  void write_customers();
  void write_consents();
  void write_cards(const std::vector<store::ProgramRow>& programs);
  std::vector<std::vector<Cell>> rows_of(const store::Sale& sale, const std::string& card);
  std::vector<std::vector<Cell>> rows_of(const store::SaleReturn& back, const store::Sale& sale);
  void write_sales(const store::ProgramRow& program, const store::Shop& shop);
  void write_returns(const store::ProgramRow& program, const store::Shop& shop);
  void write_points(const store::ProgramRow& program, const domain::Program& rules);
  void write_balances(const std::vector<store::ProgramRow>& programs);
  void add_command(const std::string& command) { commands_ += command + "\n"; }

  const service::Context& context_;
  const store::Company& company_;
  std::string path_;
  bool excel_;
  service::Rules rules_;
  FolderReceipt receipt_;
  std::string commands_;
  std::map<std::string, int> seen_;  // how many customers have a phone, an e-mail or a folded name
};

void Folder::table(const std::string& name, std::initializer_list<const char*> keys, const Fill& fill) {
  format::AtomicStream stream(path_ + "/" + name, for_the_owner_alone);
  format::FormOptions options;
  options.form = format::Form::csv;
  options.excel = excel_;
  const auto sink = format::make_sink(stream, columns_of(keys), options);
  std::int64_t rows = 0;
  fill([&](const std::vector<Cell>& cells) {
    sink->row(cells);
    ++rows;
  });
  sink->finish();
  stream.commit();
  receipt_.files.push_back({name, rows});
}

void Folder::text(const std::string& name, const std::string& words) {
  format::AtomicStream stream(path_ + "/" + name, for_the_owner_alone);
  stream << words;
  stream.commit();
  receipt_.files.push_back({name, std::count(words.begin(), words.end(), '\n')});
}

/// What finds the customer among all: a phone, an e-mail or a name that nobody else has; empty where nothing does.
std::string Folder::reference_to(CustomerId id) {
  const auto customer = store::customer(context_.store, id);
  if (!customer) return {};
  for (const std::string& text : {customer->phone, customer->email, customer->name})
    if (!text.empty() && seen_[fold_name(text)] == 1) return text;
  ++receipt_.unnamed_holders;
  return {};
}

void Folder::write_customers() {
  table("customers.csv", {"name", "phone", "email", "birthday", "tags", "note"}, [this](const auto& row) {
    store::each_company_customer(context_.store, company_.id, [&](const store::Customer& customer) {
      for (const std::string& text : {customer.phone, customer.email, customer.name})
        if (!text.empty()) ++seen_[fold_name(text)];
      row({customer.name, customer.phone, customer.email, date_or_absent(customer.birthday), customer.tags,
           customer.note});
    });
  });
  add_command(fmt::format("loyal import customers customers.csv"));
}

void Folder::write_consents() {
  table("consents.csv", {"customer", "kind", "channel", "given", "at", "place"}, [this](const auto& row) {
    store::each_company_customer(context_.store, company_.id, [&](const store::Customer& customer) {
      for (const store::Consent& consent : store::consents(context_.store, customer.id))
        row({reference_to(customer.id), consent.kind, consent.channel, std::string(consent.given ? "yes" : "no"),
             consent.at, consent.place});
    });
  });
  receipt_.unnamed_holders = 0;
  add_command("loyal import consents consents.csv");
}

void Folder::write_cards(const std::vector<store::ProgramRow>& programs) {
  table("cards.csv", {"number", "program", "customer", "issued", "state", "codes"}, [&](const auto& row) {
    for (const store::ProgramRow& program : programs)
      store::each_exported_card(context_.store, program.id, [&](const store::ExportedCard& card) {
        row({card.number, program.slug, card.customer ? reference_to(card.customer) : std::string{}, card.issued,
             card.state, service::code_list(store::codes_of(context_.store, card.id))});
      });
  });
  add_command("loyal import cards cards.csv");
}

std::vector<std::vector<Cell>> Folder::rows_of(const store::Sale& sale, const std::string& card) {
  const domain::Unit& unit = rules_.version(sale.version).program.unit;
  const auto lot = store::earned_lot(context_.store, sale);
  const Cell from = lot ? date_or_absent(lot->usable_from) : Cell{};
  const Cell never = std::string("never");
  const Cell through = !lot ? Cell{} : lot->valid_through ? Cell{*lot->valid_through} : never;
  std::vector<std::vector<Cell>> rows;
  const auto lines = store::sale_lines(context_.store, sale.id);
  for (const store::SaleLine& line : lines)
    rows.push_back({card, sale.receipt, sale.till, sale.at, line.sku, line.name, line.category, line.quantity,
                    amount(line.price), amount(line.amount), amount(line.discount), amount(line.points_money),
                    amount(line.paid), amount(line.earned, unit), amount(line.spent, unit), from, through});
  if (lines.empty())
    rows.push_back({card,
                    sale.receipt,
                    sale.till,
                    sale.at,
                    {},
                    {},
                    {},
                    {},
                    {},
                    amount(sale.total),
                    amount(sale.discount),
                    amount(sale.points_money),
                    amount(sale.paid),
                    amount(sale.earned, unit),
                    amount(sale.spent, unit),
                    from,
                    through});
  return rows;
}

void Folder::write_sales(const store::ProgramRow& program, const store::Shop& shop) {
  const std::string name = fmt::format("sales-{}-{}.csv", program.slug, shop.slug);
  table(name,
        {"card", "receipt", "till", "at", "sku", "product", "category", "quantity", "price", "amount", "discount",
         "points_money", "paid", "earned", "spent", "usable_from", "valid_through"},
        [&](const auto& row) {
          store::each_sale_of(context_.store, program.id, shop.id, [&](const auto& sale, const auto& card) {
            for (const auto& cells : rows_of(sale, card)) row(cells);
          });
        });
  add_command(fmt::format("loyal import sales {} --program {} --shop {} --as-history", name, program.slug, shop.slug));
}

std::vector<std::vector<Cell>> Folder::rows_of(const store::SaleReturn& back, const store::Sale& sale) {
  const domain::Unit& unit = rules_.version(sale.version).program.unit;
  std::vector<std::vector<Cell>> rows;
  const auto add = [&](Cell line, Cell quantity, Cell money, Points restored, Points clawed_back) {
    rows.push_back({sale.receipt, sale.till, back.at, back.kind, std::move(line), std::move(quantity), std::move(money),
                    amount(restored, unit), amount(clawed_back, unit), back.reason});
  };
  if (store::sale_lines(context_.store, sale.id).empty()) {
    add({}, {}, amount(back.amount), back.restored, back.clawed_back);
    return rows;
  }
  Points clawed_back = back.clawed_back;
  for (const store::ReturnLine& line : store::return_lines(context_.store, back.id))
    add(line.line, line.quantity, {}, line.restored, std::exchange(clawed_back, Points{}));
  return rows;
}

void Folder::write_returns(const store::ProgramRow& program, const store::Shop& shop) {
  const std::string name = fmt::format("returns-{}-{}.csv", program.slug, shop.slug);
  table(
      name,
      {"receipt", "till", "at", "type", "sale_line", "quantity", "amount", "restored", "clawed_back", "return_reason"},
      [&](const auto& row) {
        store::each_return_of(context_.store, program.id, shop.id, [&](const auto& back, const auto& sale) {
          for (const auto& cells : rows_of(back, sale)) row(cells);
        });
      });
  add_command(fmt::format("loyal import returns {} --shop {} --as-history", name, shop.slug));
}

void Folder::write_points(const store::ProgramRow& program, const domain::Program& rules) {
  const std::string name = fmt::format("points-{}.csv", program.slug);
  table(name, {"card", "points", "date", "usable_from", "valid_through"}, [&](const auto& row) {
    store::each_exported_card(context_.store, program.id, [&](const store::ExportedCard& card) {
      // Lots that nothing but their ids tells apart are one to whoever reads them.
      std::map<std::tuple<std::optional<Date>, Date, Date>, Points> lots;
      for (const domain::Lot& lot : store::lots_of(context_.store, card.id))
        lots[{lot.is_debt() ? std::nullopt : lot.valid_through, lot.date, lot.usable_from}] += lot.remainder;
      for (const auto& [key, points] : lots) {
        const auto& [through, date, from] = key;
        const bool is_debt = points.count < 0;
        row({card.number, amount(points, rules.unit), date, is_debt ? Cell{} : Cell{from},
             is_debt || !through ? Cell{std::string(is_debt ? "" : "never")} : Cell{*through}});
      }
      if (lots.empty() && !store::entries_of(context_.store, card.id).empty())
        row({card.number, std::string("0"), {}, {}, {}});
    });
  });
  add_command(fmt::format("loyal import points {} --program {} --set", name, program.slug));
}

void Folder::write_balances(const std::vector<store::ProgramRow>& programs) {
  table("balances.csv", {"card", "program", "active", "pending", "owed"}, [&](const auto& row) {
    for (const store::ProgramRow& program : programs) {
      const domain::Program& rules = rules_.newest(program.id).program;
      if (!domain::holds_points(rules.kind)) continue;
      const Date on = Zone(rules.zone).local(context_.now).date;
      store::each_exported_card(context_.store, program.id, [&](const store::ExportedCard& card) {
        const auto lots = service::lots_on(context_.store, rules, card.id, store::lots_of(context_.store, card.id), on);
        const domain::Balance balance = domain::balance_on(lots, on);
        row({card.number, program.slug, amount(balance.active, rules.unit), amount(balance.pending, rules.unit),
             amount(balance.debt, rules.unit)});
      });
    }
  });
}

FolderReceipt Folder::write() {
  std::error_code error;
  std::filesystem::create_directories(path_, error);
  if (!std::filesystem::is_directory(path_))
    throw Error(Fault::failed, tr("cannot make the folder {}: {}", visible(path_), error.message()));
  // What somebody keeps there under the same names must not be lost; a folder of ours is written anew.
  if (!std::filesystem::is_empty(path_, error) && !std::filesystem::exists(path_ + "/commands.txt"))
    throw Error(Fault::conflict, tr("the folder {} holds other files", visible(path_)),
                fmt::format("loyal export all {}-loyal", visible(path_)));
  add_command("# First, in an empty store:");
  add_command(fmt::format("# loyal init && loyal company add --inn {}{} --slug {} --zone {} --name \"{}\"",
                          company_.inn, company_.ogrn.empty() ? "" : " --ogrn " + company_.ogrn, company_.slug,
                          company_.zone, visible(company_.name)));
  for (const store::Shop& shop : store::shops(context_.store, company_.id))
    if (shop.slug != company_.slug)
      add_command(
          fmt::format("# loyal shop add --slug {} --zone {} --name \"{}\"", shop.slug, shop.zone, visible(shop.name)));
  std::vector<store::ProgramRow> programs;
  for (const store::ProgramRow& row : store::programs(context_.store)) {
    const auto companies = service::companies_of(context_.store, row, rules_.newest(row.id).program);
    if (std::find(companies.begin(), companies.end(), company_.slug) != companies.end()) programs.push_back(row);
  }
  for (const store::ProgramRow& program : programs) {
    const std::string name = fmt::format("program-{}.toml", program.slug);
    text(name, store::versions(context_.store, program.id).back().rules);
    add_command(fmt::format("loyal program apply {}", name));
  }
  const auto shops = store::shops(context_.store, company_.id);
  write_customers();
  write_consents();
  write_cards(programs);
  for (const store::ProgramRow& program : programs) {
    for (const store::Shop& shop : shops)
      if (store::has_sales(context_.store, program.id, shop.id)) write_sales(program, shop);
    for (const store::Shop& shop : shops)
      if (store::has_sales(context_.store, program.id, shop.id)) write_returns(program, shop);
    const domain::Program& rules = rules_.newest(program.id).program;
    if (domain::holds_points(rules.kind)) write_points(program, rules);
  }
  write_balances(programs);
  text("commands.txt", commands_);
  return receipt_;
}

}  // namespace

FolderReceipt write_folder(const service::Context& context, const store::Company& company, const std::string& folder,
                           bool excel) {
  return Folder(context, company, folder, excel).write();
}

}  // namespace loyal::cli
