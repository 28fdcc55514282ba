// SPDX-License-Identifier: MIT
#include "loyal/service/import_points.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/card_number.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/words.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

constexpr std::array<const char*, 3> date_fields = {"date", "usable_from", "valid_through"};

bool is_never(const std::string& folded) {
  return folded == "never" || folded == "бессрочно" || folded == "без срока" || folded == "никогда";
}

/// A lot as a row says it. What the row leaves open is filled in by the program's rules.
struct WantedLot {
  std::size_t line = 0;
  Points points;
  Date date;
  domain::Validity validity;
  bool says_start = false, says_end = false;
  CompanyId issuer;
};

/// Which lots are the same to a card that is brought to a balance: what may be used already differs by its end only,
/// unless a history is told, where everything counts.
struct LotKey {
  std::optional<Date> usable_from;  ///< nothing: usable today
  std::optional<Date> valid_through;
  std::optional<Date> date;
  CompanyId issuer;
  friend auto operator<=>(const LotKey&, const LotKey&) = default;
};

/// Where the points belong.
struct Place {
  store::ProgramRow program;
  const domain::Program* rules = nullptr;
  CompanyId company;
  ShopId shop;
  Date today;
};

Place place_of(const Context& context, Rules& rules, const std::string& program) {
  Place place;
  place.program = find_program(context.store, program);
  place.rules = &rules.newest(place.program.id).program;
  if (place.program.state != "active")
    throw Error(Fault::refused, tr("the program {} is retired", place.program.slug), "loyal program list");
  if (!domain::holds_points(place.rules->kind) || place.rules->kind == domain::Kind::charity)
    throw Error(Fault::refused, tr("cards of the program {} hold no points", place.program.slug), "loyal program list");
  place.company =
      context.company.empty() ? place.program.company : selling_company(context, place.program, *place.rules).id;
  place.shop = find_shop(context.store, place.company, context.shop).id;
  place.today = Zone(place.rules->zone).local(context.now).date;
  return place;
}

class LotOpener {
 public:
  LotOpener(const TableRun& run, const PointsImport& request, const Place& place, Operation& operation,
            PointsImportReceipt& receipt, ImportPlan& plan)
      : run_(run),
        request_(request),
        place_(place),
        database_(run.context().store),
        journal_(operation.journal()),
        posting_(journal_),
        receipt_(receipt),
        plan_(plan) {}

  void take(const TableRow& row) {
    const WantedLot lot = read(row);
    const std::string number = row.text("card");
    const CardId card = card_for(number);
    if (request_.sets) {
      wanted_[card].push_back(lot);
      return;
    }
    if (lot.points.count == 0 || is_open_already(card, lot)) {
      plan_.skipped.take(lot.line, [&] { return words(number, lot); });
      return;
    }
    open(card, lot, lot.points);
    plan_.created.take(lot.line, [&] { return words(number, lot); });
  }

  /// With `sets`: what the rows say of each card against what it holds.
  void bring_to_balance(TableRun& run) {
    for (const auto& [card, lots] : wanted_) {
      try {
        bring_to_balance(card, lots);
      } catch (const BadRow& bad) {
        run.reject(lots.front().line, bad);
      }
    }
  }

  void finish() {
    posting_.flush();
    mistyped_.tell(run_.note());
  }

 private:
  std::string words(const std::string& number, const WantedLot& lot) const {
    const std::string points = points_text(lot.points, place_.rules->unit);
    return lot.validity.valid_through
               ? tr("{}: {} through {}", visible(number), points, to_string(*lot.validity.valid_through))
               : tr("{}: {} without an end", visible(number), points);
  }

  Date date_in(const TableRow& row, const char* field) const {
    try {
      return parse_local_time(run_.dates().tidy(row.text(field)), place_.today).date;
    } catch (const Error& error) {
      throw BadRow{error.what(), field};
    }
  }

  WantedLot read(const TableRow& row) const {
    WantedLot lot;
    lot.line = row.line();
    try {
      lot.points = parse_points(row.text("points"), place_.rules->unit.scale);
    } catch (const Error& error) {
      throw BadRow{error.what(), "points"};
    }
    lot.issuer = issuer_of(row);
    if (lot.points.count < 0 && !request_.is_history)
      throw BadRow{tr("\"{}\" is less than nothing: a debt is no opening balance", visible(row.text("points"))),
                   "points"};
    if (std::max(lot.points, -lot.points) > domain::points_by_hand_max)
      throw BadRow{tr("that is more points than are moved by hand at once"), "points"};
    const bool says_date = !row.text("date").empty();
    lot.says_start = !row.text("usable_from").empty();
    if (lot.says_start) lot.validity.usable_from = date_in(row, "usable_from");
    lot.date = says_date ? date_in(row, "date") : place_.today;
    if (!says_date && lot.says_start) lot.date = std::min(lot.date, lot.validity.usable_from);
    if (lot.date > place_.today) throw BadRow{tr("{} has not come yet", to_string(lot.date)), "date"};
    if (!lot.says_start) lot.validity.usable_from = lot.date;
    // Points that came from another card are older than their lot.
    if (lot.validity.usable_from < lot.date && !request_.is_history)
      throw BadRow{tr("usable from {}, before the points were given on {}", to_string(lot.validity.usable_from),
                      to_string(lot.date)),
                   "usable_from"};
    read_end(row, lot);
    return lot;
  }

  CompanyId issuer_of(const TableRow& row) const {
    const std::string text = row.text("issuer");
    if (text.empty()) return place_.company;
    try {
      const store::Company company = find_company(database_, text);
      const auto companies = companies_of(database_, place_.program, *place_.rules);
      if (std::find(companies.begin(), companies.end(), company.slug) != companies.end()) return company.id;
      throw BadRow{tr("the company {} is no member of {}", company.slug, place_.program.slug), "issuer"};
    } catch (const Error& error) {
      throw BadRow{error.what(), "issuer"};
    }
  }

  void read_end(const TableRow& row, WantedLot& lot) const {
    const std::string text = row.text("valid_through");
    lot.says_end = !text.empty();
    if (!lot.says_end)
      lot.validity.valid_through = domain::last_day(place_.rules->expiry, lot.validity.usable_from);
    else if (!is_never(fold_name(text)))
      lot.validity.valid_through = date_in(row, "valid_through");
    if (!lot.validity.valid_through) return;
    if (*lot.validity.valid_through < lot.validity.usable_from)
      throw BadRow{tr("the last day {} lies before the first, {}", to_string(*lot.validity.valid_through),
                      to_string(lot.validity.usable_from)),
                   "valid_through"};
    if (*lot.validity.valid_through < place_.today && lot.points.count > 0 && !request_.is_history)
      throw BadRow{tr("the points ended on {} already", to_string(*lot.validity.valid_through)), "valid_through"};
  }

  CardId card_for(const std::string& number) {
    if (number.empty()) throw BadRow{tr("no card"), "card"};
    const std::string code = code_of(number);
    if (code.empty()) throw BadRow{tr("\"{}\" is no card number", visible(number)), "card"};
    const auto card = store::card_by_code(database_, code);
    if (!card) return make(number, code);
    if (card->program != place_.program.id)
      throw BadRow{tr("card {} belongs to another program", visible(number)), "card"};
    const CardId in_use = store::card_in_use(database_, card->id);
    if (in_use == card->id && card->state == "withdrawn" && (request_.create_cards || !request_.is_history)) {
      if (!request_.create_cards)
        throw BadRow{tr("card {} was withdrawn; --create-cards takes it into use again", visible(number)), "card"};
      store::Card after = *card;
      after.state = "active";
      after.state_reason.clear();
      store::update_card(journal_, *card, after);
    }
    return in_use;
  }

  CardId make(const std::string& number, const std::string& code) {
    if (!request_.create_cards)
      throw BadRow{tr("there is no card {}; --create-cards makes it", visible(number)), "card"};
    if (const std::string flaw = card_number_flaw(number); !flaw.empty()) throw BadRow{flaw, "card"};
    const CardId id = store::add_card(journal_, place_.program.id, number, code, place_.today);
    posting_.is_new(id);
    ++receipt_.cards_made;
    mistyped_.take(number);
    return id;
  }

  /// Whether an import has opened the lot before: by what the row says, as the rest is filled in by the day's rules.
  bool is_open_already(CardId card, const WantedLot& lot) {
    const auto [place, is_first] = opened_.try_emplace(card);
    std::vector<store::Entry>& opened = place->second;
    if (is_first) opened = openings_of(card);
    const auto is_it = [&lot](const store::Entry& entry) {
      return entry.points == lot.points && entry.issuer == lot.issuer &&
             (!lot.says_start || entry.usable_from == lot.validity.usable_from) &&
             (!lot.says_end || entry.valid_through == lot.validity.valid_through);
    };
    const auto found = std::find_if(opened.begin(), opened.end(), is_it);
    if (found == opened.end()) return false;
    opened.erase(found);
    return true;
  }

  std::vector<store::Entry> openings_of(CardId card) {
    std::vector<store::Entry> entries = store::entries_of(database_, card);
    std::set<EntryId> taken_back;
    for (const store::Entry& entry : entries)
      if (entry.kind == domain::EntryKind::reverse) taken_back.insert(entry.answers);
    std::erase_if(entries, [&taken_back](const store::Entry& entry) {
      return entry.kind != domain::EntryKind::opening || taken_back.contains(entry.id);
    });
    return entries;
  }

  Origin origin(CompanyId issuer, Date date) const { return {issuer, place_.shop, {}, {}, {}, date, {}}; }

  void open(CardId card, const WantedLot& lot, Points points) {
    if (points.count < 0) {
      posting_.incur_debt(card, -points, origin(lot.issuer, lot.date), domain::EntryKind::opening);
      return;
    }
    posting_.credit(card, domain::EntryKind::opening, points, origin(lot.issuer, lot.date), lot.validity);
    receipt_.given += points;
  }

  LotKey key_of(Date usable_from, std::optional<Date> valid_through, Date date, CompanyId issuer) const {
    if (request_.is_history) return {usable_from, valid_through, date, issuer};
    return {usable_from > place_.today ? std::optional(usable_from) : std::nullopt, valid_through, std::nullopt, {}};
  }
  LotKey key_of(const domain::Lot& lot) const {
    return key_of(lot.usable_from, lot.valid_through, lot.date, lot.issuer);
  }
  LotKey key_of(const WantedLot& lot) const {
    return key_of(lot.validity.usable_from, lot.validity.valid_through, lot.date, lot.issuer);
  }

  /// What the rows ask for beyond what the card holds, by lots that are the same.
  std::map<LotKey, Points> missing_of(const std::vector<domain::Lot>& lots,
                                      const std::vector<WantedLot>& wanted) const {
    std::map<LotKey, Points> missing;
    for (const domain::Lot& lot : lots)
      if (!lot.is_debt() && (request_.is_history || !lot.is_expired(place_.today)))
        missing[key_of(lot)] -= lot.remainder;
    for (const WantedLot& lot : wanted)
      if (lot.points.count > 0) missing[key_of(lot)] += lot.points;
    return missing;
  }

  void bring_to_balance(CardId card, const std::vector<WantedLot>& wanted) {
    const std::vector<domain::Lot> lots = posting_.lots(card);
    std::map<LotKey, Points> missing = missing_of(lots, wanted);
    const std::string number = store::card(database_, card).value().number;
    if (!request_.is_history)
      for (const auto& [key, points] : missing)
        if (points.count < 0 && key.usable_from)
          throw BadRow{tr("card {} holds points that are usable from {} only, and they cannot be taken before", number,
                          to_string(*key.usable_from)),
                       "points"};
    bool is_changed = false;
    for (const auto& [key, points] : missing)
      if (points.count < 0) take_from(card, lots, key, -points, is_changed);
    const bool has_other_debts = request_.is_history && forgive_debts(card, lots, wanted, missing);
    for (const WantedLot& lot : wanted) {
      Points& lacking = missing[key_of(lot)];
      const Points part = std::min(lacking, lot.points);
      if (part.count <= 0) continue;
      lacking -= part;
      open(card, lot, part);
      is_changed = true;
    }
    // Debts come last: an opening would repay them.
    for (const WantedLot& lot : wanted)
      if (has_other_debts && lot.points.count < 0) open(card, lot, lot.points);
    is_changed = is_changed || has_other_debts;
    ImportGroup& group = !is_changed ? plan_.skipped : lots.empty() ? plan_.created : plan_.changed;
    for (const WantedLot& lot : wanted) group.take(lot.line, [&] { return words(number, lot); });
  }

  /// Writes off what the card owes, unless that is what the rows say and nothing is to be opened beside it.
  bool forgive_debts(CardId card, const std::vector<domain::Lot>& lots, const std::vector<WantedLot>& wanted,
                     const std::map<LotKey, Points>& missing) {
    std::map<std::pair<Date, CompanyId>, Points> lacking;
    bool has_debts = false;
    for (const domain::Lot& lot : lots)
      if (lot.is_debt()) {
        lacking[{lot.date, lot.issuer}] -= lot.remainder;
        has_debts = true;
      }
    for (const WantedLot& lot : wanted)
      if (lot.points.count < 0) lacking[{lot.date, lot.issuer}] += lot.points;
    const auto is_open = [](const auto& part) { return part.second.count > 0; };
    const bool differs =
        std::any_of(lacking.begin(), lacking.end(), [](const auto& part) { return part.second.count != 0; }) ||
        (has_debts && std::any_of(missing.begin(), missing.end(), is_open));
    if (!differs) return false;
    for (const domain::Lot& lot : lots)
      if (lot.is_debt())
        posting_.move(card, domain::EntryKind::write_off, -lot.remainder, lot, origin(lot.issuer, place_.today));
    return true;
  }

  /// What is taken that could not be used yet was cancelled, and what could not be used any more has expired.
  void take_from(CardId card, const std::vector<domain::Lot>& lots, const LotKey& key, Points points,
                 bool& is_changed) {
    const auto seen = lots_on(database_, *place_.rules, card, lots, place_.today);
    for (const domain::Lot& lot : seen) {
      if (points.count == 0 || lot.is_debt() || key_of(as_stored(lots, lot.id)) != key) continue;
      if (!request_.is_history && !lot.is_active(place_.today)) continue;
      const domain::LotDebit debit{lot.id, std::min(points, lot.remainder), lot.issuer};
      points -= debit.points;
      const bool is_expired = lot.is_expired(place_.today);
      if (!is_expired) receipt_.taken += debit.points;
      const auto kind = is_expired                     ? domain::EntryKind::expire
                        : lot.is_pending(place_.today) ? domain::EntryKind::clawback
                                                       : domain::EntryKind::adjust;
      posting_.debit(card, kind, {&debit, 1},
                     origin(lot.issuer, is_expired ? plus_days(*lot.valid_through, 1) : place_.today));
    }
    is_changed = true;
  }

  static const domain::Lot& as_stored(const std::vector<domain::Lot>& lots, EntryId id) {
    return *std::find_if(lots.begin(), lots.end(), [id](const domain::Lot& lot) { return lot.id == id; });
  }

  const TableRun& run_;
  const PointsImport& request_;
  const Place& place_;
  store::Database& database_;
  store::Journal& journal_;
  Posting posting_;
  PointsImportReceipt& receipt_;
  ImportPlan& plan_;
  MistypedNumbers mistyped_;
  std::map<CardId, std::vector<store::Entry>> opened_;
  std::map<CardId, std::vector<WantedLot>> wanted_;
};

}  // namespace

const std::vector<ImportField>& points_fields() {
  static const std::vector<ImportField> fields = {
      {"card",
       {"card", "card number", "card no", "cardnumber", "number", "номер карты", "no карты", "карта", "код карты",
        "номер", "бонусная карта", "карта лояльности"},
       true},
      {"points",
       {"points", "balance", "bonus", "bonuses", "remainder", "баллы", "баллов", "бонусы", "бонусов", "остаток",
        "баланс", "остаток баллов", "остаток бонусов", "сумма баллов", "количество"},
       true},
      {"date", {"date", "issued", "given", "дата начисления", "начислено", "дата"}, false},
      {"usable_from",
       {"usable from", "valid from", "active from", "доступны с", "действуют с", "активны с", "дата активации"},
       false},
      {"valid_through",
       {"valid through", "valid until", "valid to", "expires", "expiry", "expiry date", "expires on", "действуют до",
        "годны до", "сгорают", "дата сгорания", "срок действия", "действительны до"},
       false},
      {"issuer", {"issuer", "company", "выпустила", "компания", "эмитент"}, false},
  };
  return fields;
}

PointsImportReceipt import_points(const Context& given, const PointsImport& request, const ImportNote& note,
                                  const ImportProgress& progress) {
  Rules rules(given.store);
  const Place place = place_of(given, rules, request.program);
  TableRun run(given, request, points_fields(), date_fields, "loyal import points", note, progress);
  Operation operation(run.context(), "import points", run.digest(request.sets, request.is_history));
  PointsImportReceipt receipt;
  receipt.unit = place.rules->unit;
  receipt.program = place.program.slug;
  if (operation.replayed()) {
    receipt.operation = operation.replayed();
    receipt.is_replayed = true;
    return receipt;
  }
  LotOpener opener(run, request, place, operation, receipt, run.receipt().plan);
  run.each_row(tr("adding"), [&opener](const TableRow& row) { opener.take(row); });
  opener.bring_to_balance(run);
  opener.finish();
  static_cast<TableReceipt&>(receipt) = run.finish(operation);
  return receipt;
}

}  // namespace loyal::service
