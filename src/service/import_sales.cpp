// SPDX-License-Identifier: MIT
#include "loyal/service/import_sales.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <variant>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/service/card_history.hpp"
#include "loyal/service/card_number.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/donations.hpp"
#include "loyal/service/import_gifts.hpp"
#include "loyal/service/import_history.hpp"
#include "loyal/service/import_receipts.hpp"
#include "loyal/service/import_rows.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/referral.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sale_posting.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {
namespace {

// An import onto a large store is as fast as its indexes stay in memory; one of a million rows needs the memory for the
// rows.
constexpr int bulk_cache_mebibytes = 32;
constexpr int growth_cache_mebibytes = 128;
constexpr std::size_t growth_rows_max = 300'000;

constexpr std::int64_t rows_per_progress = 1024;
constexpr const char* import_command = "loyal import sales";

/// Where the purchases of the file belong.
struct Place {
  store::ProgramRow program;
  store::Company company;
  store::Shop shop;
  LocalTime now;
};

Place place_of(const Context& context, const std::string& program_text) {
  Place place;
  place.program = find_program(context.store, program_text);
  if (place.program.state != "active")
    throw Error(Fault::refused, tr("the program {} is retired", place.program.slug), "loyal program list");
  place.company = selling_company(context, place.program, Rules(context.store).newest(place.program.id).program);
  if (place.company.state == "closed")
    throw Error(Fault::refused, tr("the company {} is closed", place.company.slug), "loyal company list");
  place.shop = find_shop(context.store, place.company.id, context.shop);
  place.now = Zone(place.shop.zone).local(context.now);
  return place;
}

store::Blob digest_of(const Context& context, const SalesImport& request, const SalesTable& table) {
  InputDigest digest(context);
  digest.add(request.program, request.create_cards, request.receipts_restart_daily, request.is_strict,
             request.post_new_rows);
  for (const ImportedSale& row : table.rows)
    digest.add(table.cards[row.card].code, row.at(), row.amount, table.tills[row.till], table.receipt_of(row));
  for (const ImportedLine& line : table.lines) digest.add(line.amount, line.quantity, line.price);
  for (const ImportedGoods& goods : table.goods) digest.add(goods.sku, goods.name, goods.category);
  for (const ImportedGift& gift : table.gifts)
    digest.add(gift.amount, std::int64_t{gift.history}, table.gift_cards[gift.card].code);
  for (const ImportedHistory& said : table.history)
    digest.add(said.discount, said.points_money, said.earned, said.spent, said.usable_from, said.valid_through,
               said.never_ends);
  return digest.finish();
}

/// Posts the rows of one table inside one operation.
class SalesPoster {
 public:
  SalesPoster(const Context& context, const SalesImport& request, const Place& place, const SalesTable& table,
              Operation& operation, Rejections& rejections, SalesImportReceipt& receipt)
      : request_(request),
        place_(place),
        table_(table),
        journal_(operation.journal()),
        database_(context.store),
        rejections_(rejections),
        receipt_(receipt),
        posting_(journal_),
        rules_(context.store),
        history_(context.store, context.now),
        referrals_(context.store),
        receipts_(context.store, table, place.company.id, request.receipts_restart_daily, request.post_new_rows),
        gifts_(context.store, rules_, table, place.company.id),
        cards_(table.cards.size()),
        shop_zone_(place.shop.zone),
        program_zone_(rules_.newest(place.program.id).program.zone) {
    sale_.company = place.company.id;
    sale_.shop = place.shop.id;
    origin_.issuer = place.company.id;
    origin_.shop = place.shop.id;
    till_receipt_.lines.resize(1);
    posting_.expect(table.rows.size());
    if (!request.is_history) history_.nothing_is_spent();
  }

  void take(const ImportedSale& row) {
    if (!is_usable(row)) return;
    const RowReceipt found = receipts_.of(row);
    if (found.stored) {
      if (is_same(row, *found.stored)) return keep_known(row, found.text);
      ++receipt_.conflicts;
      return reject(row, tr("receipt {} is there already with other content: {} on {}", visible(found.text),
                            to_text(found.stored->total), to_string(found.stored->at.date)));
    }
    post(row, found);
  }

  void finish() { posting_.flush(); }
  const MistypedNumbers& mistyped() const { return mistyped_; }

 private:
  struct CardState {
    CardId id;
    std::string refusal;
    bool is_looked_up = false;
  };

  void reject(const ImportedSale& row, const std::string& reason) {
    const auto lines = table_.lines_of(row);
    if (lines.empty()) rejections_.add(row.line, 0, reason);
    for (const ImportedLine& line : lines) rejections_.add(line.line, 0, reason);
  }

  bool is_usable(const ImportedSale& row) {
    CardState& card = cards_[row.card];
    if (!card.is_looked_up) look_up(card, table_.cards[row.card]);
    if (card.refusal.empty()) return true;
    reject(row, card.refusal);
    return false;
  }

  void look_up(CardState& state, const ImportedCard& named) {
    state.is_looked_up = true;
    auto card = store::card_by_code(database_, named.code);
    // A till's file may come after the card in it was lost: what was bought belongs to the card that took its place.
    if (card && card->state == "withdrawn") card = store::card(database_, store::card_in_use(database_, card->id));
    if (!card) {
      state.refusal = request_.create_cards ? card_number_flaw(named.number)
                                            : tr("there is no card {}; --create-cards makes it", visible(named.number));
    } else if (card->program != place_.program.id) {
      state.refusal = tr("card {} belongs to another program", visible(named.number));
    } else if (card->state == "active" || (request_.is_history && !is_taken_again(*card))) {
      // What was bought with a card before it was blocked or withdrawn is its history all the same.
      state.id = card->id;
    } else if (card->state == "blocked") {
      state.refusal = tr("card {} is blocked", visible(named.number));
    } else if (!request_.create_cards) {
      state.refusal = tr("card {} was withdrawn; --create-cards takes it into use again", visible(named.number));
    }
  }

  bool is_taken_again(const store::Card& card) const { return card.state == "withdrawn" && request_.create_cards; }

  /// Makes a card when its first purchase is posted, or takes a withdrawn one into use again.
  CardId card_for(const ImportedSale& row) {
    CardState& state = cards_[row.card];
    if (state.id) return state.id;
    const ImportedCard& named = table_.cards[row.card];
    if (const auto withdrawn = store::card_by_code(database_, named.code)) {
      store::Card after = *withdrawn;
      after.state = "active";
      after.state_reason.clear();
      store::update_card(journal_, *withdrawn, after);
      ++receipt_.cards_taken_again;
      return state.id = after.id;
    }
    state.id = store::add_card(journal_, place_.program.id, named.number, named.code, row.at().date);
    posting_.is_new(state.id);
    history_.is_new(version_on(row.at().date).program, state.id);
    ++receipt_.cards_made;
    mistyped_.take(named.number);
    return state.id;
  }

  bool is_same(const ImportedSale& row, const store::Sale& stored) const {
    const CardId card = cards_[row.card].id;
    return (stored.card == card || store::card_in_use(database_, stored.card) == card) &&
           stored.total.count == row.amount && stored.at == row.at() && has_same_lines(row, stored.id);
  }

  /// What was stored without its goods is known by its total.
  bool has_same_lines(const ImportedSale& row, SaleId stored) const {
    if (!table_.has_lines) return true;
    const auto said = table_.lines_of(row);
    const auto lines = store::sale_lines(database_, stored);
    return lines.empty() ||
           std::equal(lines.begin(), lines.end(), said.begin(), said.end(),
                      [this](const store::SaleLine& line, const ImportedLine& other) {
                        const ImportedGoods& goods = table_.goods[other.goods];
                        return line.sku == goods.sku && line.name == goods.name && line.category == goods.category &&
                               line.quantity.count == other.quantity && line.amount.count == other.amount;
                      });
  }

  std::string words(const ImportedSale& row) const {
    return fmt::format("{}, {}, {}", visible(table_.cards[row.card].number), to_string(row.at().date),
                       to_text(Money{row.amount}));
  }

  void keep_known(const ImportedSale& row, std::string_view receipt) {
    ++receipt_.known;
    receipt_.plan.skipped.take(row.line, [&] { return words(row); });
    if (request_.keep_known)
      receipt_.known_rows.push_back(
          {row.line, std::string(receipt), table_.cards[row.card].number, row.at(), {row.amount}});
  }

  const Rules::Version& version_on(Date date) {
    if (version_ == nullptr || version_date_ != date) {
      version_ = &rules_.on(place_.program.id, date);
      version_date_ = date;
    }
    return *version_;
  }

  domain::CardFacts facts_of(CardId card, const domain::Program& program, Date on) {
    domain::CardFacts facts = history_.facts(program, card, on);
    // Nothing is paid with points here, so that only a cap on the balance asks for the lots.
    if (program.limits.balance) facts.lots = history_.lots_on(program, card, posting_.lots(card), on);
    return facts;
  }

  void post(const ImportedSale& row, const RowReceipt& document) {
    const LocalTime at = row.at();
    const LocalTime points_time =
        program_zone_.name() == shop_zone_.name() ? at : program_zone_.local(shop_zone_.instant(at));
    const Rules::Version& version = version_on(points_time.date);
    try {
      require_member(version.program, place_.company.slug, points_time.date);
      gifts_.require(row);
    } catch (const Error& error) {
      return reject(row, error.what());
    }
    const CardId card = card_for(row);
    const domain::Program& program = rules_.as_sold(version, points_time.date);
    till_receipt_.at = points_time;
    fill_receipt(row);
    domain::CardFacts facts;
    const domain::Assessment assessment = assess(row, card, program, points_time.date, facts);
    const SaleId id = add_sale(row, document, card, version.id, points_time.date, assessment);
    if (table_.has_lines && names_goods(row)) add_lines(row, id, assessment);
    origin_.sale = id;
    origin_.date = points_time.date;
    post_points(posting_, card, assessment, origin_);
    post_gifts(row, id, points_time.date);
    if (!request_.is_history) post_consequences(version, program, card, facts, assessment, id);
    history_.add_sale(card,
                      {id, points_time.date, assessment.total, assessment.paid, assessment.earned, assessment.spent});
    count(row, assessment);
  }

  /// A table of goods may have receipts of which nobody wrote the lines down: one row that tells an amount alone.
  bool names_goods(const ImportedSale& row) const {
    const auto lines = table_.lines_of(row);
    if (lines.size() != 1) return true;
    const ImportedLine& line = lines.front();
    const ImportedGoods& goods = table_.goods[line.goods];
    return !goods.sku.empty() || !goods.name.empty() || !goods.category.empty() || line.price != line.amount;
  }

  void fill_receipt(const ImportedSale& row) {
    if (table_.lines.empty()) {
      till_receipt_.lines.front().amount = till_receipt_.lines.front().price = {row.amount};
      return;
    }
    const auto lines = table_.lines_of(row);
    till_receipt_.lines.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      domain::ReceiptLine& line = till_receipt_.lines[i];
      if (table_.has_lines) {
        const ImportedGoods& goods = table_.goods[lines[i].goods];
        line.sku = goods.sku;
        line.name = goods.name;
        line.category = goods.category;
      }
      line.quantity = {lines[i].quantity};
      line.price = {lines[i].price};
      line.amount = {lines[i].amount};
    }
  }

  /// By the rules, or as the file says.
  domain::Assessment assess(const ImportedSale& row, CardId card, const domain::Program& program, Date on,
                            domain::CardFacts& facts) {
    if (request_.is_history) return as_said(row, card, program, on);
    facts = facts_of(card, program, on);
    if (program.kind == domain::Kind::club) facts.buyer.member = place_.company.slug;
    auto outcome = domain::assess(program, till_receipt_, {}, facts);
    return std::get<domain::Assessment>(std::move(outcome));
  }

  void post_gifts(const ImportedSale& row, SaleId id, Date on) {
    for (const GiftHistory::Spent& spent : gifts_.add_payments(journal_, row, id)) {
      const Points points = domain::points_for(spent.program->unit, spent.amount);
      if (points.count == 0) continue;
      open_missing(spent.card, *spent.program, points, on);
      const auto lots = history_.lots_on(*spent.program, spent.card, posting_.lots(spent.card), on);
      Origin origin = origin_;
      origin.sale = id;
      origin.rule.clear();
      posting_.debit(spent.card, domain::EntryKind::spend, domain::take(domain::in_spending_order(lots, on), points),
                     origin);
    }
  }

  domain::Assessment as_said(const ImportedSale& row, CardId card, const domain::Program& program, Date on) {
    const auto lines = table_.lines_of(row);
    domain::Assessment assessment = said_assessment(program, lines, table_.history, on);
    if (assessment.spent.count == 0) return assessment;
    open_missing(card, program, assessment.spent, on);
    const auto lots = history_.lots_on(program, card, posting_.lots(card), on);
    assessment.debits = domain::take(domain::in_spending_order(lots, on), assessment.spent);
    return assessment;
  }

  /// A history may begin after the points that it spends were given. What is opened pays the card's debts first.
  void open_missing(CardId card, const domain::Program& program, Points spent, Date on) {
    Origin origin = origin_;
    origin.sale = {};
    origin.rule.clear();
    origin.date = on;
    while (true) {
      const auto lots = history_.lots_on(program, card, posting_.lots(card), on);
      const Points missing = spent - domain::balance_on(lots, on).active;
      if (missing.count <= 0) return;
      posting_.credit(card, domain::EntryKind::opening, missing, origin, {on, domain::last_day(program.expiry, on)});
      receipt_.opened += missing;
    }
  }

  void post_consequences(const Rules::Version& version, const domain::Program& program, CardId card,
                         const domain::CardFacts& facts, const domain::Assessment& assessment, SaleId id) {
    if (version.program.donation) {
      origin_.sale = id;
      give_away(journal_, posting_, place_.program, version.program, assessment, card, origin_);
      history_.add_donation(origin_.date, assessment.donation);
    }
    if (facts.buyer.is_first_purchase && program.referral) {
      origin_.sale = id;
      referrals_.award(posting_, program, card, assessment.paid, origin_);
    }
    store::add_sale_context(journal_, id, facts.buyer);
  }

  void add_lines(const ImportedSale& row, SaleId id, const domain::Assessment& assessment) {
    const auto lines = table_.lines_of(row);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const domain::ReceiptLine& line = till_receipt_.lines[i];
      line_.line = static_cast<std::int64_t>(i) + 1;
      line_.sku = line.sku;
      line_.name = line.name;
      line_.category = line.category;
      line_.quantity = line.quantity;
      line_.price = line.price;
      line_.amount = line.amount;
      fill(line_, assessment.lines[i]);
      store::add_sale_line(journal_, id, line_);
    }
    receipt_.lines += static_cast<std::int64_t>(lines.size());
  }

  void count(const ImportedSale& row, const domain::Assessment& assessment) {
    ++receipt_.posted;
    receipt_.plan.created.take(row.line, [&] { return words(row); });
    receipt_.total += assessment.total;
    receipt_.earned += assessment.earned;
    receipt_.spent += assessment.spent;
    if (!receipt_.first_date) receipt_.first_date = row.at().date;
    receipt_.last_date = row.at().date;
  }

  SaleId add_sale(const ImportedSale& row, const RowReceipt& document, CardId card, VersionId version, Date points_date,
                  const domain::Assessment& assessment) {
    sale_.till = table_.tills[row.till];
    sale_.receipt = document.text;
    if (request_.receipts_restart_daily && row.receipt_bytes > 0)
      sale_.receipt_day = to_string(row.at().date);
    else
      sale_.receipt_day.clear();
    sale_.generation = document.generation;
    sale_.card = card;
    sale_.version = version;
    sale_.at = row.at();
    sale_.points_date = points_date;
    fill(sale_, assessment);
    return store::add_sale(journal_, sale_);
  }

  const SalesImport& request_;
  const Place& place_;
  const SalesTable& table_;
  store::Journal& journal_;
  store::Database& database_;
  Rejections& rejections_;
  SalesImportReceipt& receipt_;
  Posting posting_;
  Rules rules_;
  CardHistory history_;
  ReferralAwards referrals_;
  ImportReceipts receipts_;
  GiftHistory gifts_;
  std::vector<CardState> cards_;
  MistypedNumbers mistyped_;
  Zone shop_zone_, program_zone_;
  const Rules::Version* version_ = nullptr;
  Date version_date_;
  store::Sale sale_;
  store::SaleLine line_;
  Origin origin_;
  domain::Receipt till_receipt_;
};

void post_all(SalesPoster& poster, SalesTable& table, const ImportProgress& progress) {
  const std::string stage = tr("posting");
  const auto total = static_cast<std::int64_t>(table.rows.size());
  std::int64_t done = 0;
  for (const ImportedSale& row : table.rows) {
    poster.take(row);
    if (++done % rows_per_progress == 0 && progress) progress(stage, done, total);
  }
  // The ledger's rows, held back until now, and the table would be the peak of memory together.
  table = {};
  poster.finish();
}

SalesTable read_table(const Context& context, const SalesImport& request, const Place& place, int scale,
                      ImportSource& source, std::vector<std::string>& heading, Rejections& rejections,
                      const ImportNote& note, const ImportProgress& progress) {
  constexpr std::array<const char*, 3> date_fields = {"at", "usable_from", "valid_through"};
  std::optional<ColumnMap> columns;
  {
    const format::DelimitedReader reader = source.open();
    columns.emplace(request.is_history ? sale_history_fields() : sale_fields(), reader.heading(), request.file.mappings,
                    source.name(), import_command);
    tell_columns(request.file, reader, *columns, note);
    heading = reader.heading();
  }
  const SalesReading reading{
      place.now,          context.till, request.receipts_restart_daily,
      request.is_history, scale,        dates_of(source, *columns, date_fields, request.file, import_command, note)};
  format::DelimitedReader reader = source.open();
  return read_sales(reader, *columns, reading, rejections, progress);
}

SalesImportReceipt replayed(const Context& context, OperationId operation, SalesImportReceipt receipt) {
  const store::SaleTotals totals = store::totals_of_operation(context.store, operation);
  receipt.posted = totals.count;
  receipt.total = totals.total;
  receipt.earned = totals.earned;
  receipt.operation = operation;
  receipt.is_replayed = true;
  return receipt;
}

}  // namespace

SalesImportReceipt import_sales(const Context& given, const SalesImport& request, const ImportNote& note,
                                const ImportProgress& progress) {
  Context context = given;
  context.dry_run = given.dry_run || request.is_plan;
  const Place place = place_of(context, request.program);
  ImportSource source(request.file, import_command);
  Rejections rejections;
  SalesImportReceipt receipt;
  receipt.program = place.program.slug;
  receipt.unit = Rules(context.store).newest(place.program.id).program.unit;
  std::vector<std::string> heading;
  SalesTable table =
      read_table(context, request, place, receipt.unit.scale, source, heading, rejections, note, progress);
  receipt.rows = table.rows_read;
  context.store.expect_bulk(table.rows.size() <= growth_rows_max ? growth_cache_mebibytes : bulk_cache_mebibytes);
  Operation operation(context, "import sales", digest_of(context, request, table));
  receipt.returns = table.returns;
  if (operation.replayed()) return replayed(context, operation.replayed(), receipt);
  SalesPoster poster(context, request, place, table, operation, rejections, receipt);
  post_all(poster, table, progress);
  poster.mistyped().tell(note);
  auto rejected = rejections.settle(source, heading, !context.dry_run, request.is_strict && !request.is_plan);
  receipt.rejected = rejected.count;
  receipt.examples = std::move(rejected.examples);
  receipt.rejects_path = std::move(rejected.path);
  if (!context.dry_run && !operation.journal().is_empty()) receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
