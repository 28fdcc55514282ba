// SPDX-License-Identifier: MIT
#include "loyal/service/import_cards.hpp"

#include <fmt/format.h>

#include <array>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/card_codes.hpp"
#include "loyal/service/card_number.hpp"
#include "loyal/service/import_people.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/moving.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/company.hpp"

namespace loyal::service {
namespace {

constexpr std::array<const char*, 2> date_fields = {"issued", "replaced_on"};

/// The states as files have them, in folded form.
const std::map<std::string, std::string>& states() {
  static const std::map<std::string, std::string> words = {
      {"active", "active"},       {"активна", "active"},        {"активная", "active"},
      {"действует", "active"},    {"действующая", "active"},    {"выдана", "active"},
      {"используется", "active"}, {"issued", "active"},         {"blocked", "blocked"},
      {"lost", "blocked"},        {"заблокирована", "blocked"}, {"заблокированная", "blocked"},
      {"блокирована", "blocked"}, {"утеряна", "blocked"},       {"withdrawn", "withdrawn"},
      {"closed", "withdrawn"},    {"изъята", "withdrawn"},      {"аннулирована", "withdrawn"},
      {"закрыта", "withdrawn"},   {"списана", "withdrawn"},
  };
  return words;
}

/// A row as it is understood.
struct Wanted {
  std::string number, code, state;  ///< state: empty where the row says none
  store::ProgramRow program;
  std::optional<CustomerId> customer;
  std::optional<Date> issued;
  std::string replaced_by;  ///< the number of the card that took its place; empty where none did
  Date replaced_on;
  std::vector<store::CardCode> codes;
};

class CardsMaker {
 public:
  CardsMaker(const TableRun& run, const TableImport& request, Operation& operation, CardsImportReceipt& receipt,
             ImportPlan& plan)
      : run_(run),
        request_(request),
        database_(run.context().store),
        journal_(operation.journal()),
        receipt_(receipt),
        plan_(plan) {}

  void take(const TableRow& row) {
    const Wanted wanted = read(row);
    const auto found = store::card_by_code(database_, wanted.code);
    if (!wanted.replaced_by.empty())
      replace(row, wanted, found);
    else if (found)
      change(row, wanted, *found);
    else
      make(row, wanted);
  }

  void tell() const {
    mistyped_.tell(run_.note());
    if (other_dates_ > 0)
      run_.note()(trn("{} card was issued here on another day, which stays",
                      "{} cards were issued here on other days, which stay", other_dates_));
  }

 private:
  struct Home {
    store::ProgramRow program;
    Date today;
  };

  const Home& home_of(const std::string& text) {
    const auto known = homes_.find(text);
    if (known != homes_.end()) return known->second;
    try {
      Home home{find_program(database_, text), {}};
      if (home.program.state != "active") throw BadRow{tr("the program {} is retired", home.program.slug), "program"};
      const store::Company company = store::company(database_, home.program.company).value();
      home.today = Zone(company.zone).local(run_.context().now).date;
      return homes_.emplace(text, std::move(home)).first->second;
    } catch (const Error& error) {
      throw BadRow{error.what(), "program"};
    }
  }

  Wanted read(const TableRow& row) {
    Wanted wanted;
    wanted.number = row.text("number");
    if (wanted.number.empty()) throw BadRow{tr("no card"), "number"};
    if (const std::string flaw = card_number_flaw(wanted.number); !flaw.empty()) throw BadRow{flaw, "number"};
    wanted.code = code_of(wanted.number);
    const std::string program = row.text("program");
    const Home& home = home_of(program.empty() ? request_.program : program);
    wanted.program = home.program;
    if (const std::string state = row.text("state"); !state.empty()) {
      const auto word = states().find(fold_name(state));
      if (word == states().end())
        throw BadRow{tr("\"{}\" is no state of a card: active, blocked and withdrawn are", visible(state)), "state"};
      wanted.state = word->second;
    }
    wanted.issued = date_in(row, "issued", home.today);
    wanted.replaced_by = row.text("replaced_by");
    wanted.replaced_on = date_in(row, "replaced_on", home.today).value_or(home.today);
    if (const std::string customer = row.text("customer"); !customer.empty()) {
      auto& finder = finders_.try_emplace(home.program.company, database_, home.program.company).first->second;
      wanted.customer = finder.find(customer, "customer").id;
    }
    if (!wanted.issued) wanted.issued = home.today;
    try {
      wanted.codes = parse_code_list(row.text("codes"));
    } catch (const Error& error) {
      throw BadRow{error.what(), "codes"};
    }
    said_issued_ = !row.text("issued").empty();
    return wanted;
  }

  /// Gives the card what it has not yet of the codes; whether there was any.
  bool give_codes(CardId card, const Wanted& wanted) {
    bool is_given = false;
    for (const store::CardCode& code : wanted.codes) {
      if (const auto standing = store::card_code(database_, code.value); standing && standing->card == card) continue;
      store::give_card_code(journal_, card, code.symbology, code.text, code.value);
      is_given = true;
    }
    return is_given;
  }

  /// Before anything of the row is written: its codes are free, or the card's own.
  void require_free_codes(const Wanted& wanted, std::optional<CardId> card) {
    for (const store::CardCode& code : wanted.codes) {
      const auto owner = store::code_owner(database_, code.value);
      if ((owner && owner->card != card) || code.value == wanted.code)
        throw BadRow{tr("code {} is of another card already, or is the card's number", code.text), "codes", true};
    }
  }

  std::optional<Date> date_in(const TableRow& row, const char* field, Date today) const {
    const std::string text = row.text(field);
    if (text.empty()) return std::nullopt;
    Date date;
    try {
      date = parse_local_time(run_.dates().tidy(text), today).date;
    } catch (const Error& error) {
      throw BadRow{error.what(), field};
    }
    if (date > today) throw BadRow{tr("{} has not come yet", to_string(date)), field};
    return date;
  }

  /// All that a card holds goes to the card that took its place.
  void replace(const TableRow& row, const Wanted& wanted, const std::optional<store::Card>& card) {
    if (!card || card->program != wanted.program.id)
      throw BadRow{tr("there is no card {} of {}", visible(wanted.number), wanted.program.slug), "number"};
    const auto into = store::card_by_code(database_, code_of(wanted.replaced_by));
    if (!into || into->program != wanted.program.id)
      throw BadRow{tr("there is no card {} of {}", visible(wanted.replaced_by), wanted.program.slug), "replaced_by"};
    if (const auto link = store::link_from(database_, card->id)) {
      if (link->into != into->id)
        throw BadRow{tr("another card took the place of {} already", visible(wanted.number)), "replaced_by", true};
      plan_.skipped.take(row.line(), [&] { return wanted.number; });
      return;
    }
    if (store::card_in_use(database_, into->id) == card->id)
      throw BadRow{tr("card {} cannot replace itself", visible(wanted.number)), "replaced_by"};
    Posting posting(journal_);
    move_everything(posting, database_, rules_.newest(wanted.program.id).program, card->id, into->id,
                    {wanted.program.company,
                     store::shops(database_, wanted.program.company).front().id,
                     {},
                     {},
                     {},
                     wanted.replaced_on,
                     {}});
    posting.flush();
    if (card->state != "withdrawn") {
      store::Card after = *card;
      after.state = "withdrawn";
      store::update_card(journal_, *card, after);
    }
    store::add_card_link(journal_, card->id, into->id, "replace", wanted.replaced_on);
    plan_.changed.take(row.line(), [&] { return fmt::format("{} > {}", wanted.number, wanted.replaced_by); });
  }

  void make(const TableRow& row, const Wanted& wanted) {
    require_free_codes(wanted, std::nullopt);
    const CardId id = store::add_card(journal_, wanted.program.id, wanted.number, wanted.code, *wanted.issued);
    mistyped_.take(wanted.number);
    const store::Card before = store::card(database_, id).value();
    store::Card after = before;
    if (wanted.customer) after.customer = *wanted.customer;
    if (!wanted.state.empty()) after.state = wanted.state;
    if (after.customer != before.customer || after.state != before.state) store::update_card(journal_, before, after);
    give_codes(id, wanted);
    plan_.created.take(row.line(), [&] { return wanted.number; });
  }

  void change(const TableRow& row, const Wanted& wanted, const store::Card& before) {
    if (before.program != wanted.program.id)
      throw BadRow{tr("card {} belongs to another program", visible(wanted.number)), "number", true};
    store::Card after = before;
    // An undone import leaves its cards withdrawn; who imports them again wants them back.
    const bool is_link = before.state == "withdrawn" && store::link_from(database_, before.id).has_value();
    if (is_link) {
      plan_.skipped.take(row.line(), [&] { return tr("{}: another card took its place", wanted.number); });
      return;
    }
    if (!wanted.state.empty()) after.state = wanted.state;
    if (wanted.state.empty() && before.state == "withdrawn") after.state = "active";
    if (after.state == "active") after.state_reason.clear();
    if (wanted.customer && before.customer && before.customer != *wanted.customer)
      throw BadRow{tr("card {} belongs to another customer", visible(wanted.number)), "customer", true};
    if (wanted.customer) after.customer = *wanted.customer;
    if (said_issued_ && before.issued_date != *wanted.issued) ++other_dates_;
    require_free_codes(wanted, before.id);
    const bool has_new_codes = give_codes(before.id, wanted);
    if (after.state == before.state && after.customer == before.customer) {
      if (has_new_codes) return plan_.changed.take(row.line(), [&] { return wanted.number; });
      plan_.skipped.take(row.line(), [&] { return wanted.number; });
      return;
    }
    if (before.state == "withdrawn" && after.state == "active") ++receipt_.taken_again;
    store::update_card(journal_, before, after);
    plan_.changed.take(row.line(), [&] { return wanted.number; });
  }

  const TableRun& run_;
  const TableImport& request_;
  store::Database& database_;
  store::Journal& journal_;
  CardsImportReceipt& receipt_;
  ImportPlan& plan_;
  Rules rules_{database_};
  std::map<std::string, Home> homes_;
  std::map<CompanyId, PeopleFinder> finders_;
  MistypedNumbers mistyped_;
  bool said_issued_ = false;
  std::int64_t other_dates_ = 0;
};

}  // namespace

const std::vector<ImportField>& card_fields() {
  static const std::vector<ImportField> fields = {
      {"number",
       {"number", "card", "card number", "card no", "cardnumber", "card code", "номер карты", "no карты", "карта",
        "код карты", "номер", "штрихкод", "штрих код", "бонусная карта", "дисконтная карта", "карта лояльности"},
       true},
      {"program", {"program", "программа", "вид карты", "карточная программа"}, false},
      {"customer",
       {"customer", "holder", "client", "владелец", "держатель", "клиент", "покупатель", "customer phone", "phone",
        "телефон", "телефон клиента", "телефон владельца", "фио", "владелец карты"},
       false},
      {"issued",
       {"issued", "issued date", "issue date", "date", "дата выдачи", "выдана", "дата выпуска", "дата регистрации",
        "дата"},
       false},
      {"state", {"state", "status", "состояние", "статус", "статус карты"}, false},
      {"replaced_by", {"replaced by", "new card", "заменена на", "заменена картой", "новая карта"}, false},
      {"replaced_on", {"replaced on", "replacement date", "дата замены", "заменена"}, false},
      {"codes", {"codes", "other codes", "коды", "другие коды"}, false},
  };
  return fields;
}

CardsImportReceipt import_cards(const Context& given, const TableImport& request, const ImportNote& note,
                                const ImportProgress& progress) {
  TableRun run(given, request, card_fields(), date_fields, "loyal import cards", note, progress);
  Operation operation(run.context(), "import cards", run.digest());
  CardsImportReceipt receipt;
  if (operation.replayed()) {
    receipt.operation = operation.replayed();
    receipt.is_replayed = true;
    return receipt;
  }
  CardsMaker maker(run, request, operation, receipt, run.receipt().plan);
  run.each_row(tr("adding"), [&maker](const TableRow& row) { maker.take(row); });
  maker.tell();
  static_cast<TableReceipt&>(receipt) = run.finish(operation);
  return receipt;
}

}  // namespace loyal::service
