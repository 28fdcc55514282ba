// SPDX-License-Identifier: MIT
#include "loyal/cli/export_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

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
#include "loyal/store/card.hpp"
#include "loyal/store/export.hpp"
#include "loyal/store/gift.hpp"

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

/// A charity's account holds the company's own money, and its cards hold nothing.
bool holds_points_of_customers(domain::Kind kind) {
  return domain::holds_points(kind) && kind != domain::Kind::charity;
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
  void write_replaced(const std::vector<store::ProgramRow>& programs);
  std::vector<Cell> gifts_of(const store::Sale& sale, std::size_t lines);
  Cell issuer_of(CompanyId issuer);
  std::vector<store::ProgramRow> programs_of_company();
  void write_beginning(const std::vector<store::ProgramRow>& programs);
  void write_rules(const store::ProgramRow& program);
  std::vector<std::vector<Cell>> rows_of(const store::Sale& sale, const std::string& card);
  std::vector<std::vector<Cell>> rows_of(const store::SaleReturn& back, const store::Sale& sale);
  void write_sales(const store::ProgramRow& program, const store::Shop& shop);
  void write_returns(const store::ProgramRow& program, const store::Shop& shop);
  void write_points(const store::ProgramRow& program, const domain::Program& rules);
  void write_balances(const std::vector<store::ProgramRow>& programs);
  void add_command(const std::string& command) { commands_ += command + "\n"; }
  /// In a store of several companies each command says whose it is.
  std::string of_company() const { return has_partners_ ? " --company " + company_.slug : std::string{}; }

  const service::Context& context_;
  const store::Company& company_;
  std::string path_;
  bool excel_;
  service::Rules rules_;
  FolderReceipt receipt_;
  std::string commands_;
  bool has_partners_ = false;
  std::map<std::string, int> seen_;  // how many customers have a phone, an e-mail or a folded name
};

void Folder::table(const std::string& name, std::initializer_list<const char*> keys, const Fill& fill) {
  format::AtomicStream stream(file_in_folder(path_, name), for_the_owner_alone);
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
  format::AtomicStream stream(file_in_folder(path_, name), for_the_owner_alone);
  stream << words;
  stream.commit();
  receipt_.files.push_back({name, std::count(words.begin(), words.end(), '\n')});
}

/// What finds the customer among all: a phone, an e-mail or a name that nobody else has; empty where nothing does.
std::string Folder::reference_to(CustomerId id) {
  const auto customer = store::customer(context_.store, id);
  if (!customer || customer->company != company_.id) return {};
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
  add_command("loyal import customers customers.csv" + of_company());
}

void Folder::write_consents() {
  table("consents.csv", {"customer", "kind", "channel", "given", "at", "place"}, [this](const auto& row) {
    store::each_company_customer(context_.store, company_.id, [&](const store::Customer& customer) {
      // Two customers that became one may both have said the same at one time.
      std::set<std::tuple<std::string, std::string, bool, std::string, std::string>> said;
      for (const store::Consent& consent : store::consents(context_.store, customer.id))
        if (said.insert({consent.kind, consent.channel, consent.given, consent.at, consent.place}).second)
          row({reference_to(customer.id), consent.kind, consent.channel, std::string(consent.given ? "yes" : "no"),
               consent.at, consent.place});
    });
  });
  receipt_.unnamed_holders = 0;
  add_command("loyal import consents consents.csv" + of_company());
}

void Folder::write_cards(const std::vector<store::ProgramRow>& programs) {
  table("cards.csv", {"number", "program", "customer", "issued", "state", "codes"}, [&](const auto& row) {
    for (const store::ProgramRow& program : programs)
      store::each_exported_card(context_.store, program.id, [&](const store::ExportedCard& card) {
        row({card.number, program.slug, card.customer ? reference_to(card.customer) : std::string{}, card.issued,
             card.state, service::code_list(store::codes_of(context_.store, card.id))});
      });
  });
  add_command("loyal import cards cards.csv" + of_company());
}

/// Purchases belong to the card that was held out, so that another takes its place only after them.
void Folder::write_replaced(const std::vector<store::ProgramRow>& programs) {
  table("replaced.csv", {"number", "program", "replaced_by", "replaced_on"}, [&](const auto& row) {
    for (const store::ProgramRow& program : programs) {
      store::each_exported_link(context_.store, program.id, [&](const store::ExportedLink& link) {
        row({link.number, program.slug, link.into_number, link.date});
      });
    }
  });
  add_command("loyal import cards replaced.csv" + of_company());
}

/// What gift cards paid of each line, as CARD=AMOUNT; a sale without lines is one.
std::vector<Cell> Folder::gifts_of(const store::Sale& sale, std::size_t lines) {
  std::vector<std::string> texts(std::max<std::size_t>(lines, 1));
  for (const store::GiftPayment& payment : store::gift_payments(context_.store, sale.id)) {
    if (payment.sale_return) continue;
    std::string& text = texts.at(static_cast<std::size_t>(payment.line - 1));
    text += fmt::format("{}{}={}", text.empty() ? "" : "; ", store::card(context_.store, payment.card).value().number,
                        to_decimal(payment.amount.count, 2));
  }
  return {texts.begin(), texts.end()};
}

/// Empty for the company's own points.
Cell Folder::issuer_of(CompanyId issuer) {
  return issuer == company_.id ? Cell{} : Cell{store::company(context_.store, issuer).value().slug};
}

std::vector<std::vector<Cell>> Folder::rows_of(const store::Sale& sale, const std::string& card) {
  const domain::Unit& unit = rules_.version(sale.version).program.unit;
  const auto lot = store::earned_lot(context_.store, sale);
  const Cell from = lot ? date_or_absent(lot->usable_from) : Cell{};
  const Cell never = std::string("never");
  const Cell through = !lot ? Cell{} : lot->valid_through ? Cell{*lot->valid_through} : never;
  std::vector<std::vector<Cell>> rows;
  const auto lines = store::sale_lines(context_.store, sale.id);
  const auto gifts = gifts_of(sale, lines.size());
  for (const store::SaleLine& line : lines)
    rows.push_back({card, sale.receipt, sale.till, sale.at, line.sku, line.name, line.category, line.quantity,
                    amount(line.price), amount(line.amount), amount(line.discount), amount(line.points_money),
                    amount(line.paid), gifts.at(static_cast<std::size_t>(line.line - 1)), amount(line.earned, unit),
                    amount(line.spent, unit), from, through});
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
                    gifts.front(),
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
         "points_money", "paid", "gifts", "earned", "spent", "usable_from", "valid_through"},
        [&](const auto& row) {
          store::each_sale_of(context_.store, program.id, shop.id, [&](const auto& sale, const auto& card) {
            for (const auto& cells : rows_of(sale, card)) row(cells);
          });
        });
  add_command(fmt::format(
      "loyal import sales {} --program {} --shop {} --as-history{}{}", name, program.slug, shop.slug,
      store::restarts_receipts_daily(context_.store, company_.id) ? " --receipts-restart daily" : "", of_company()));
}

std::vector<std::vector<Cell>> Folder::rows_of(const store::SaleReturn& back, const store::Sale& sale) {
  const domain::Unit& unit = rules_.version(sale.version).program.unit;
  std::vector<std::vector<Cell>> rows;
  // Of one moment there may be several.
  std::int64_t ordinal = 1;
  for (const store::SaleReturn& other : store::returns_of(context_.store, sale.id))
    ordinal += other.id < back.id ? 1 : 0;
  const auto add = [&](Cell line, Cell quantity, Cell money, Points restored, Points clawed_back) {
    rows.push_back({sale.receipt, sale.till, sale.at.date, back.at, ordinal, back.kind, std::move(line),
                    std::move(quantity), std::move(money), amount(restored, unit), amount(clawed_back, unit),
                    back.reason});
  };
  const auto lines = store::return_lines(context_.store, back.id);
  if (store::sale_lines(context_.store, sale.id).empty()) {
    // A sale without lines comes back by the kopeck of goods; what of that is paid back is rounded.
    add({}, {}, sale.total.count == 0 ? Cell{} : amount(Money{lines.front().quantity.count}), back.restored,
        back.clawed_back);
    return rows;
  }
  Points clawed_back = back.clawed_back;
  for (const store::ReturnLine& line : lines)
    add(line.line, line.quantity, {}, line.restored, std::exchange(clawed_back, Points{}));
  return rows;
}

void Folder::write_returns(const store::ProgramRow& program, const store::Shop& shop) {
  const std::string name = fmt::format("returns-{}-{}.csv", program.slug, shop.slug);
  table(name,
        {"receipt", "till", "sale_date", "at", "return_no", "type", "sale_line", "quantity", "amount", "restored",
         "clawed_back", "return_reason"},
        [&](const auto& row) {
          store::each_return_of(context_.store, program.id, shop.id, [&](const auto& back, const auto& sale) {
            for (const auto& cells : rows_of(back, sale)) row(cells);
          });
        });
  add_command(fmt::format("loyal import returns {} --shop {} --as-history{}", name, shop.slug, of_company()));
}

void Folder::write_points(const store::ProgramRow& program, const domain::Program& rules) {
  const std::string name = fmt::format("points-{}.csv", program.slug);
  table(name, {"card", "points", "date", "usable_from", "valid_through", "issuer"}, [&](const auto& row) {
    store::each_exported_card(context_.store, program.id, [&](const store::ExportedCard& card) {
      // Lots that nothing but their ids tells apart are one to whoever reads them.
      std::map<std::tuple<bool, std::optional<Date>, Date, Date, CompanyId>, Points> lots;
      for (const domain::Lot& lot : store::lots_of(context_.store, card.id))
        lots[{lot.is_debt(), lot.is_debt() ? std::nullopt : lot.valid_through, lot.date, lot.usable_from,
              lot.issuer}] += lot.remainder;
      for (const auto& [key, points] : lots) {
        const auto& [is_debt, through, date, from, issuer] = key;
        row({card.number, amount(points, rules.unit), date, is_debt ? Cell{} : Cell{from},
             is_debt || !through ? Cell{std::string(is_debt ? "" : "never")} : Cell{*through}, issuer_of(issuer)});
      }
      // Its purchases alone would leave something on it.
      if (lots.empty() && store::is_moved_by_sales(context_.store, card.id, company_.id))
        row({card.number, std::string("0"), {}, {}, {}, {}});
    });
  });
  add_command(fmt::format("loyal import points {} --program {} --shop {} --set --as-history{}", name, program.slug,
                          store::shops(context_.store, company_.id).front().slug, of_company()));
}

void Folder::write_balances(const std::vector<store::ProgramRow>& programs) {
  table("balances.csv", {"card", "program", "active", "pending", "owed"}, [&](const auto& row) {
    for (const store::ProgramRow& program : programs) {
      const domain::Program& rules = rules_.newest(program.id).program;
      if (!holds_points_of_customers(rules.kind)) continue;
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

/// What a person does in an empty store before the commands.
void Folder::write_beginning(const std::vector<store::ProgramRow>& programs) {
  std::set<std::string> partners;
  for (const store::ProgramRow& program : programs)
    for (const std::string& slug : service::companies_of(context_.store, program, rules_.newest(program.id).program))
      if (slug != company_.slug) partners.insert(slug);
  has_partners_ = !partners.empty();
  add_command("# First, in an empty store:");
  add_command("# loyal init");
  const auto add_company = [this](const store::Company& company) {
    add_command(fmt::format("# loyal company add --inn {}{} --slug {} --zone {} --name {}", company.inn,
                            company.ogrn.empty() ? "" : " --ogrn " + company.ogrn, company.slug, company.zone,
                            shell_word(visible(company.name))));
  };
  add_company(company_);
  for (const store::Company& company : store::companies(context_.store))
    if (partners.contains(company.slug)) add_company(company);
  for (const store::Shop& shop : store::shops(context_.store, company_.id))
    if (shop.slug != company_.slug)
      add_command(fmt::format("# loyal shop add --slug {} --zone {} --name {}{}", shop.slug, shop.zone,
                              shell_word(visible(shop.name)), of_company()));
}

std::vector<store::ProgramRow> Folder::programs_of_company() {
  std::vector<store::ProgramRow> programs;
  for (const store::ProgramRow& row : store::programs(context_.store)) {
    const auto companies = service::companies_of(context_.store, row, rules_.newest(row.id).program);
    if (std::find(companies.begin(), companies.end(), company_.slug) != companies.end()) programs.push_back(row);
  }
  // A gift card is sold before it pays.
  std::stable_partition(programs.begin(), programs.end(), [this](const store::ProgramRow& row) {
    return rules_.newest(row.id).program.kind == domain::Kind::gift;
  });
  return programs;
}

void Folder::write_rules(const store::ProgramRow& program) {
  const std::string name = fmt::format("program-{}.toml", program.slug);
  text(name, store::versions(context_.store, program.id).back().rules);
  add_command(fmt::format("loyal program apply {}{}", name, of_company()));
}

FolderReceipt Folder::write() {
  std::error_code error;
  std::filesystem::create_directories(path_, error);
  if (!std::filesystem::is_directory(path_))
    throw Error(Fault::failed, tr("cannot make the folder {}: {}", visible(path_), error.message()));
  // What somebody keeps there under the same names must not be lost; a folder of ours is written anew.
  if (!std::filesystem::is_empty(path_, error) && !std::filesystem::exists(file_in_folder(path_, "commands.txt")))
    throw Error(Fault::conflict, tr("the folder {} holds other files", visible(path_)),
                fmt::format("loyal export all {}", visible(file_in_folder(path_, "loyal"))));
  const std::vector<store::ProgramRow> programs = programs_of_company();
  const auto shops = store::shops(context_.store, company_.id);
  write_beginning(programs);
  for (const store::ProgramRow& program : programs) write_rules(program);
  write_customers();
  write_consents();
  write_cards(programs);
  for (const store::ProgramRow& program : programs)
    for (const store::Shop& shop : shops)
      if (store::has_sales(context_.store, program.id, shop.id)) write_sales(program, shop);
  for (const store::ProgramRow& program : programs)
    for (const store::Shop& shop : shops)
      if (store::has_sales(context_.store, program.id, shop.id)) write_returns(program, shop);
  write_replaced(programs);
  for (const store::ProgramRow& program : programs) {
    const domain::Program& rules = rules_.newest(program.id).program;
    if (holds_points_of_customers(rules.kind)) write_points(program, rules);
  }
  write_balances(programs);
  text("commands.txt", commands_);
  return receipt_;
}

}  // namespace

std::string file_in_folder(const std::string& folder, const std::string& name) {
  return (std::filesystem::path(folder) / name).string();
}

FolderReceipt write_folder(const service::Context& context, const store::Company& company, const std::string& folder,
                           bool excel) {
  return Folder(context, company, folder, excel).write();
}

}  // namespace loyal::cli
