// SPDX-License-Identifier: MIT
#include "loyal/service/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/card_documents.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {
namespace {

using domain::EntryKind;

/// Lays the lines of a document to the entries that share it, in order: each line's points to the first entry that has
/// room.
class LineSpread {
 public:
  void add(std::int64_t line, const std::string& name, Points points) {
    if (points.count > 0) left_.push_back({line, name, points});
  }

  std::vector<LineShare> take(Points points) {
    std::vector<LineShare> shares;
    const bool is_debit = points.count < 0;
    Points wanted = is_debit ? -points : points;
    while (wanted.count > 0 && place_ < left_.size()) {
      LineShare& line = left_[place_];
      const Points part = std::min(wanted, line.points);
      shares.push_back({line.line, line.name, is_debit ? -part : part});
      line.points -= part;
      wanted -= part;
      if (line.points.count == 0) ++place_;
    }
    return shares;
  }

 private:
  std::vector<LineShare> left_;
  std::size_t place_ = 0;
};

/// The documents that a card's entries name.
class Documents {
 public:
  Documents(store::Database& database, CardId card, OperationId known_at) : rules_(database, known_at) {
    for (store::NamedSale& sale : store::sales_named_by(database, card)) sales_.emplace(sale.id, std::move(sale));
    for (const store::NamedLine& line : store::lines_named_by(database, card)) {
      const std::string& name = line.name.empty() ? line.sku : line.name;
      names_[{line.sale, line.line}] = name;
      earned_[line.sale].add(line.line, name, line.earned);
      spent_[line.sale].add(line.line, name, line.spent);
    }
    for (const store::NamedReturnLine& line : store::return_lines_named_by(database, card))
      restored_[line.sale_return].push_back(line);
    for (const store::Shop& shop : store::shops(database, {})) shops_[shop.id] = shop.slug;
    for (const store::Company& company : store::companies(database)) companies_[company.id] = company.slug;
  }

  const std::map<SaleId, store::NamedSale>& sales() const { return sales_; }

  void describe(StoryEntry& row) {
    const store::Entry& entry = row.entry;
    row.shop = shops_[entry.shop];
    row.issuer = companies_[entry.issuer];
    const auto sale = sales_.find(entry.sale);
    if (sale == sales_.end()) return;
    row.receipt = sale->second.receipt;
    row.till = sale->second.till;
    row.receipt_date = sale->second.date;
    row.version = version_number(sale->second.version);
    row.lines = lines_of(entry);
  }

 private:
  std::int64_t version_number(VersionId id) {
    const auto [place, is_first] = versions_.try_emplace(id, 0);
    if (is_first) place->second = rules_.version(id).number;
    return place->second;
  }

  std::vector<LineShare> lines_of(const store::Entry& entry) {
    if (entry.kind == EntryKind::earn) return earned_[entry.sale].take(entry.points);
    if (entry.kind == EntryKind::spend) return spent_[entry.sale].take(entry.points);
    const auto back = restored_.find(entry.sale_return);
    if (entry.kind != EntryKind::restore || back == restored_.end()) return {};
    const auto [spread, is_first] = spread_of_return_.try_emplace(entry.sale_return);
    // A sale without lines has none to name, though its return counts as one.
    if (is_first)
      for (const store::NamedReturnLine& line : back->second)
        if (const auto name = names_.find({entry.sale, line.line}); name != names_.end())
          spread->second.add(line.line, name->second, line.restored);
    return spread->second.take(entry.points);
  }

  Rules rules_;
  std::map<SaleId, store::NamedSale> sales_;
  std::map<SaleId, LineSpread> earned_, spent_;
  std::map<ReturnId, std::vector<store::NamedReturnLine>> restored_;
  std::map<ReturnId, LineSpread> spread_of_return_;
  std::map<std::pair<SaleId, std::int64_t>, std::string> names_;
  std::map<ShopId, std::string> shops_;
  std::map<CompanyId, std::string> companies_;
  std::map<VersionId, std::int64_t> versions_;
};

/// The rows in the order of the story, each with the balance after it.
void set_in_order(std::vector<StoryEntry>& rows) {
  const auto is_earlier = [](const StoryEntry& a, const StoryEntry& b) {
    return std::tuple(a.date, a.entry.id) < std::tuple(b.date, b.entry.id);
  };
  // They mostly were recorded in the order of their days, and rows are large to move.
  if (!std::is_sorted(rows.begin(), rows.end(), is_earlier)) std::sort(rows.begin(), rows.end(), is_earlier);
  Points balance;
  for (StoryEntry& row : rows) {
    balance += row.entry.points;
    row.balance = balance;
  }
}

/// Gives every row the dates of its lot, as extensions and inactivity have them.
void date_lots(std::vector<StoryEntry>& rows, const std::vector<domain::Lot>& held) {
  std::map<EntryId, std::pair<std::optional<Date>, std::optional<Date>>> dates;
  for (const StoryEntry& row : rows) {
    const store::Entry& entry = row.entry;
    if (entry.lot == entry.id && entry.points.count > 0)
      dates[entry.lot] = {entry.usable_from.value_or(entry.date), entry.valid_through};
    if (entry.kind == EntryKind::extend) dates[entry.lot].second = entry.valid_through;
  }
  for (const domain::Lot& lot : held)
    if (!lot.is_debt()) dates[lot.id] = {lot.usable_from, lot.valid_through};
  for (StoryEntry& row : rows)
    if (const auto found = dates.find(row.entry.lot); found != dates.end())
      std::tie(row.usable_from, row.valid_through) = found->second;
}

void mark_undone(std::vector<StoryEntry>& rows) {
  std::map<EntryId, const store::Entry*> reversals;
  for (const StoryEntry& row : rows)
    if (row.entry.kind == EntryKind::reverse) reversals[row.entry.answers] = &row.entry;
  for (StoryEntry& row : rows) {
    const auto found = reversals.find(row.entry.id);
    if (found != reversals.end() && found->second->points == -row.entry.points)
      row.undone_by = found->second->operation;
  }
}

/// The sales that the request means, among those that the card's entries name.
std::set<SaleId> wanted_sales(const Context& context, const ExplainRequest& request, const store::Card& card,
                              const std::vector<StoryEntry>& rows, const Documents& documents) {
  std::set<SaleId> standing, undone;
  for (const StoryEntry& row : rows) {
    const auto sale = documents.sales().find(row.entry.sale);
    if (sale == documents.sales().end() || row.entry.operation != sale->second.operation) continue;
    const bool is_meant = request.sale_operation ? sale->second.operation == request.sale_operation
                                                 : sale->second.receipt == request.receipt &&
                                                       (context.till.empty() || sale->second.till == context.till);
    if (is_meant) (row.undone_by ? undone : standing).insert(sale->first);
  }
  if (standing.empty() && !undone.empty()) standing.insert(*undone.rbegin());
  if (standing.size() == 1) return standing;
  if (!request.sale_operation) return {find_sale(context, request.receipt, card.number).id};
  const std::string hint = fmt::format("loyal card explain {}", card.number);
  if (standing.empty())
    throw Error(
        Fault::not_found,
        tr("operation {} recorded no sale that moved points of card {}", request.sale_operation.value, card.number),
        hint);
  throw Error(
      Fault::usage,
      tr("operation {} recorded {} sales of card {}", request.sale_operation.value, standing.size(), card.number),
      hint + " --receipt …");
}

/// Leaves what the sales did, and what became of the points that they earned, also once those were spent and restored.
void keep_only(CardStory& story, const std::set<SaleId>& sales) {
  std::vector<StoryEntry>& rows = story.entries;
  std::set<EntryId> lots, spends;
  std::vector<const store::Entry*> by_id;
  for (const StoryEntry& row : rows) by_id.push_back(&row.entry);
  std::sort(by_id.begin(), by_id.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  for (const store::Entry* entry : by_id) {
    const bool is_earned = entry->kind == EntryKind::earn && sales.contains(entry->sale);
    const bool is_restored = entry->kind == EntryKind::restore && spends.contains(entry->answers);
    if (is_earned || is_restored) lots.insert(entry->id);
    if (entry->kind == EntryKind::spend && lots.contains(entry->lot)) spends.insert(entry->id);
  }
  const auto first_other = std::stable_partition(rows.begin(), rows.end(), [&](const StoryEntry& row) {
    return sales.contains(row.entry.sale) || lots.contains(row.entry.lot);
  });
  story.others.assign(std::make_move_iterator(first_other), std::make_move_iterator(rows.end()));
  rows.erase(first_other, rows.end());
}

}  // namespace

CardStory explain(const Context& context, const ExplainRequest& request) {
  CardStory story;
  CardReading reading = read_card(context, request.card, request.as_of, request.known_at);
  story.state = std::move(reading.state);
  const store::Card& card = story.state.card;
  const store::ProgramRow program = store::program(context.store, card.program).value();
  story.company = store::company(context.store, program.company).value().name;
  Documents documents(context.store, card.id, request.known_at);
  story.entries.reserve(reading.entries.size());
  for (auto& [entry, counts_from] : reading.entries) {
    if (counts_from > story.state.on) continue;
    StoryEntry row;
    // What was undone counts from the day of what it undoes, and is told on its own.
    row.date = entry.kind == EntryKind::reverse ? entry.date : counts_from;
    row.entry = std::move(entry);
    documents.describe(row);
    story.entries.push_back(std::move(row));
  }
  set_in_order(story.entries);
  date_lots(story.entries, story.state.lots);
  mark_undone(story.entries);
  if (!request.receipt.empty() || request.sale_operation) {
    story.is_whole = false;
    keep_only(story, wanted_sales(context, request, card, story.entries, documents));
  }
  for (const StoryEntry& row : story.entries) story.sum += row.entry.points;
  return story;
}

std::vector<StoryEvent> events_of(const CardStory& story) {
  std::map<EntryId, EntryKind> kinds;
  for (const auto* rows : {&story.entries, &story.others})
    for (const StoryEntry& row : *rows) kinds[row.entry.id] = row.entry.kind;
  const auto key = [&kinds](const StoryEntry& row) {
    const store::Entry& entry = row.entry;
    const auto undone = kinds.find(entry.answers);
    const EntryKind what = entry.kind == EntryKind::reverse && undone != kinds.end() ? undone->second : entry.kind;
    const bool is_debit = entry.points.count < 0 && entry.kind != EntryKind::repay;
    return std::tuple(row.date, entry.operation, entry.kind, what, is_debit, entry.sale, entry.sale_return);
  };
  std::vector<StoryEvent> events;
  for (const StoryEntry& row : story.entries) {
    if (events.empty() || key(events.back().first()) != key(row)) events.emplace_back();
    StoryEvent& event = events.back();
    event.entries.push_back(&row);
    event.points += row.entry.points;
    event.balance = row.balance;
  }
  return events;
}

}  // namespace loyal::service
