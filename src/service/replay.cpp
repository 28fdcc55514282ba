// SPDX-License-Identifier: MIT
#include "loyal/service/replay.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <variant>

#include "loyal/base/error.hpp"
#include "loyal/base/handover.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/service/card_history.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sale_posting.hpp"
#include "loyal/service/sale_promos.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/replay.hpp"

namespace loyal::service {
namespace {

constexpr int scratch_cache_mebibytes = 64;
constexpr std::int64_t sales_between_reports = 10'000;

/// What a card came to on both sides.
struct Tally {
  Points earned_before, earned_after;
  Money discount_before, discount_after;
};

/// Makes the documents of one program again in the scratch store.
class Replayer {
 public:
  Replayer(const Context& context, const ReplayRequest& request, ProgramId program, ReplayReport& report,
           const Progress& progress)
      : real_(context.store),
        request_(request),
        program_(program),
        report_(report),
        progress_(progress),
        scratch_(store::scratch_of(context.store, program, request.text, context.now)),
        context_{scratch_.database, context.now, context.wall_time, {}, {}, {}, {}, {}, false},
        rules_(scratch_.database),
        history_(scratch_.database, context.now),
        read_again_(store::cards_read_again(context.store, program)) {
    scratch_.database.expect_bulk(scratch_cache_mebibytes);
    history_.nothing_is_spent();  // by other tills: there are none in the scratch store
    Rules real_rules(real_);
    store::each_promo_use(real_, {}, [&](const store::PromoUseListing& one) {
      if (one.use.sale && !promos_.contains(one.use.sale))
        promos_[one.use.sale] = promos_used(real_, real_rules, one.use.sale);
    });
  }

  void run() {
    // The store is read by a thread of its own, and by nobody else meanwhile.
    Handover<store::ReplayedDocument> documents(
        [this](const auto& give) { store::each_replayed(real_, program_, give); });
    while (auto document = documents.next()) {
      if (const auto* sale = std::get_if<store::ReplayedSale>(&*document))
        take_sale(*sale);
      else if (const auto* back = std::get_if<store::ReplayedReturn>(&*document))
        take_return(*back);
      else
        take_by_hand(std::get<store::Entry>(*document));
    }
    close();
  }

  const std::unordered_map<std::int64_t, Tally>& tallies() const { return tallies_; }
  store::Database& scratch() { return scratch_.database; }

 private:
  Posting& posting() {
    if (!operation_) {
      operation_.emplace(context_, "program replay");
      posting_.emplace(operation_->journal());
    }
    return *posting_;
  }

  /// Writes what has been posted so far, so that a return finds it.
  void close() {
    if (!operation_) return;
    posting_->flush();
    operation_->commit();
    posting_.reset();
    operation_.reset();
  }

  bool is_in_question(Date points_date) const {
    return (!request_.from || points_date >= *request_.from) && (!request_.to || points_date <= *request_.to);
  }

  const std::string& zone_of(ShopId shop) {
    const auto [place, is_first] = zones_.try_emplace(shop);
    if (is_first) place->second = store::shop(scratch_.database, shop).value().zone;
    return place->second;
  }

  domain::Receipt receipt_of(const store::ReplayedSale& document, const std::string& program_zone) {
    const auto& [sale, lines, offer] = document;
    domain::Receipt receipt;
    const std::string& shop_zone = zone_of(sale.shop);
    receipt.at = shop_zone == program_zone ? sale.at : Zone(program_zone).local(Zone(shop_zone).instant(sale.at));
    receipt.at.date = sale.points_date;
    for (const store::SaleLine& line : lines)
      receipt.lines.push_back({line.sku, line.name, line.category, line.quantity, line.price, line.amount});
    if (lines.empty()) {
      receipt.lines.emplace_back();
      receipt.lines.back().amount = receipt.lines.back().price = sale.total;
    }
    receipt.offer = offer;
    if (const auto used = promos_.find(sale.id); used != promos_.end()) receipt.promos = used->second;
    return receipt;
  }

  domain::CardFacts facts_of(const store::Sale& sale, const domain::Program& program) {
    if (seen_.insert(sale.card.value).second) {
      history_.is_new(program, sale.card);
      posting().is_new(sale.card);
    }
    domain::CardFacts facts = history_.facts(program, sale.card, sale.points_date);
    facts.lots = history_.lots_on(program, sale.card, posting().lots(sale.card), sale.points_date);
    facts.donation_account = domain::sale_amount_max;
    return facts;
  }

  static domain::Assessment assessed(const domain::Program& program, const domain::Receipt& receipt, Points spent,
                                     const domain::CardFacts& facts) {
    const domain::SpendWish wish =
        spent.count == 0 ? domain::SpendWish{} : domain::SpendWish{domain::SpendWish::Mode::up_to, spent};
    auto outcome = domain::assess(program, receipt, wish, facts);
    // What the new rules refuse is bought without: no points, no offer.
    if (std::holds_alternative<domain::Refusal>(outcome)) {
      domain::Receipt plain = receipt;
      plain.offer.clear();
      plain.promos.clear();
      outcome = domain::assess(program, plain, {}, facts);
    }
    return std::get<domain::Assessment>(std::move(outcome));
  }

  void take_sale(const store::ReplayedSale& document) {
    const store::Sale& sale = document.sale;
    const bool is_in = is_in_question(sale.points_date);
    const VersionId version = is_in ? scratch_.version : sale.version;
    const domain::Program& program = rules_.version(version).program;
    const domain::CardFacts facts = facts_of(sale, program);
    const domain::Assessment assessment = assessed(program, receipt_of(document, program.zone), sale.spent, facts);
    const SaleId id = write(document, version, assessment, facts.buyer);
    if (read_again_.contains(sale.card)) made_[sale.id] = id;
    history_.add_sale(sale.card,
                      {id, sale.points_date, assessment.total, assessment.paid, assessment.earned, assessment.spent});
    ++report_.sales;
    if (progress_ && report_.sales % sales_between_reports == 0) progress_(report_.sales, 0);
    if (!is_in) return;
    Tally& tally = tallies_[sale.card.value];
    tally.earned_before += sale.earned;
    tally.earned_after += assessment.earned;
    tally.discount_before += sale.discount;
    tally.discount_after += assessment.discount;
    report_.before.spent += sale.spent;
    report_.after.spent += assessment.spent;
  }

  /// Rows of a sale are written only where something will read them: its points are what counts.
  bool is_read_again(CardId card, const domain::Program& program) const {
    return program.expiry.mode == domain::Expiry::Mode::inactivity || read_again_.contains(card);
  }

  SaleId write(const store::ReplayedSale& document, VersionId version, const domain::Assessment& assessment,
               const domain::BuyerFacts& buyer) {
    Posting& posting = this->posting();
    store::Sale row = document.sale;
    row.version = version;
    fill(row, assessment);
    SaleId id = row.id;
    if (is_read_again(row.card, rules_.version(scratch_.version).program)) {
      id = store::add_sale(operation_->journal(), row);
      store::add_sale_context(operation_->journal(), id, buyer);
      for (std::size_t i = 0; i < document.lines.size(); ++i) {
        store::SaleLine line = document.lines[i];
        fill(line, assessment.lines[i]);
        store::add_sale_line(operation_->journal(), id, line);
      }
    }
    Origin origin{row.company, row.shop, id, {}, {}, row.points_date, {}};
    post_points(posting, row.card, assessment, origin);
    return id;
  }

  void take_return(const store::ReplayedReturn& document) {
    close();
    const auto& [back, lines, sale, sale_has_lines] = document;
    ReturnRequest request;
    request.sale = made_.at(back.sale);
    request.at = back.at;
    request.reason = back.reason;
    if (!sale_has_lines) {
      if (sale.total.count > 0) request.amount = Money{lines.front().quantity.count};
    } else {
      for (const store::ReturnLine& line : lines) request.parts.push_back({line.line, line.quantity});
    }
    const ReturnReceipt made = give_back(context_, request);
    history_.forget(sale.card);
    ++report_.returns;
    if (!is_in_question(sale.points_date)) return;
    Tally& tally = tallies_[sale.card.value];
    tally.earned_before -= back.clawed_back;
    tally.earned_after -= made.sale_return.clawed_back;
    tally.discount_before -= back.discount;
    tally.discount_after -= made.sale_return.discount;
  }

  void take_by_hand(const store::Entry& entry) {
    Posting& posting = this->posting();
    if (seen_.insert(entry.card.value).second) posting.is_new(entry.card);
    const Origin origin{entry.issuer, entry.shop, {}, {}, entry.rule, entry.date, entry.reason};
    const bool is_moved = entry.kind == domain::EntryKind::transfer;
    if (entry.points.count > 0) {
      const Points points = is_moved ? std::min(moved_, entry.points) : entry.points;
      if (is_moved) moved_ -= points;
      if (points.count > 0)
        posting.credit(entry.card, entry.kind, points, origin,
                       {entry.usable_from.value_or(entry.date), entry.valid_through});
      return;
    }
    std::vector<domain::Lot> lots;
    Points there;
    for (const domain::Lot& lot : posting.lots(entry.card)) {
      if (lot.remainder.count <= 0 || lot.is_expired(entry.date)) continue;
      lots.push_back(lot);
      there += lot.remainder;
    }
    const Points points = std::min(there, -entry.points);
    posting.debit(entry.card, entry.kind, domain::take(lots, points), origin);
    if (is_moved) moved_ += points;
  }

  store::Database& real_;
  const ReplayRequest& request_;
  ProgramId program_;
  ReplayReport& report_;
  const Progress& progress_;
  store::Scratch scratch_;
  Context context_;
  Rules rules_;
  CardHistory history_;
  std::set<CardId> read_again_;
  std::map<SaleId, SaleId> made_;
  std::map<SaleId, std::vector<domain::PromoCode>> promos_;
  std::unordered_set<std::int64_t> seen_;
  std::map<ShopId, std::string> zones_;
  std::unordered_map<std::int64_t, Tally> tallies_;
  Points moved_;  // taken from one card and not yet put on another
  std::optional<Operation> operation_;
  std::optional<Posting> posting_;
};

Points held(store::Database& database, const domain::Program& program, CardId card, Date on) {
  const domain::Balance balance =
      domain::balance_on(lots_on(database, program, card, store::lots_of(database, card), on), on);
  return balance.active + balance.pending;
}

Money difference(const ReplayCard& card, const domain::Unit& unit) {
  return domain::worth_of(unit, card.earned_after - card.earned_before) + card.discount_after - card.discount_before;
}

void compare(const Context& context, Replayer& replayer, const store::ProgramRow& program, const domain::Program& rules,
             const domain::Program& changed, ReplayReport& report) {
  const Date today = Zone(rules.zone).local(context.now).date;
  store::CardFilter filter;
  filter.program = program.id;
  store::each_card(context.store, filter, today, [&](const store::CardListing& listing) {
    ReplayCard card{listing.card.number, listing.holder, {}, {}, {}, {}, {}, {}};
    const auto found = replayer.tallies().find(listing.card.id.value);
    if (found != replayer.tallies().end()) {
      card.earned_before = found->second.earned_before;
      card.earned_after = found->second.earned_after;
      card.discount_before = found->second.discount_before;
      card.discount_after = found->second.discount_after;
    }
    card.balance_before = held(context.store, rules, listing.card.id, today);
    card.balance_after = held(replayer.scratch(), changed, listing.card.id, today);
    report.before.earned += card.earned_before;
    report.after.earned += card.earned_after;
    report.before.discount += card.discount_before;
    report.after.discount += card.discount_after;
    report.before.liability += card.balance_before;
    report.after.liability += card.balance_after;
    const Money gain = difference(card, report.unit);
    if (gain.count > 0) ++report.gaining;
    if (gain.count < 0) ++report.losing;
    if (gain.count != 0 || card.balance_before != card.balance_after) report.cards.push_back(std::move(card));
  });
  std::stable_sort(report.cards.begin(), report.cards.end(), [&report](const ReplayCard& a, const ReplayCard& b) {
    return difference(a, report.unit) < difference(b, report.unit);
  });
}

}  // namespace

ReplayReport replay(const Context& context, const ReplayRequest& request, const Progress& progress) {
  const domain::Program changed = format::read_program(request.text, request.file_name);
  const store::ProgramRow row = find_program(context.store, changed.slug);
  Rules rules(context.store);
  const domain::Program& now = rules.newest(row.id).program;
  if (row.kind != domain::name(changed.kind) || now.unit.scale != changed.unit.scale)
    throw Error(Fault::refused,
                tr("{} is a {} program with other units: its sales cannot be made again so", row.slug, row.kind),
                fmt::format("loyal program show {} --toml", row.slug));
  ReplayReport report;
  report.program_slug = row.slug;
  report.unit = changed.unit;
  Replayer replayer(context, request, row.id, report, progress);
  replayer.run();
  compare(context, replayer, row, now, changed, report);
  return report;
}

}  // namespace loyal::service
