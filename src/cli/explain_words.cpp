// SPDX-License-Identifier: MIT
#include "loyal/cli/explain_words.hpp"

#include <algorithm>
#include <map>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

using domain::EntryKind;
using service::CardStory;
using service::StoryEntry;
using service::StoryEvent;

constexpr std::size_t sources_shown = 4;
constexpr std::size_t lots_shown = 12;

std::string receipt_words(const StoryEntry& row) {
  if (row.receipt.empty()) return {};
  if (row.receipt_date && *row.receipt_date != row.date)
    return tr("receipt {} of {}", row.receipt, date_words(*row.receipt_date));
  return tr("receipt {}", row.receipt);
}

/// One message with a place for the receipt, another for what has none.
std::string with_receipt(const char* words, const char* without, const StoryEntry& row) {
  const std::string receipt = receipt_words(row);
  return receipt.empty() ? std::string(translate(without)) : tr(words, receipt);
}

/// What entries of a kind come to, as a total says it.
std::string total_words(EntryKind kind) {
  switch (kind) {
    case EntryKind::earn:
      return tr("earned");
    case EntryKind::grant:
      return tr("given by the shop");
    case EntryKind::opening:
      return tr("opening balance");
    case EntryKind::restore:
      return tr("given back for goods that were returned");
    case EntryKind::adjust:
      return tr("corrected by hand");
    case EntryKind::spend:
      return tr("paid with points");
    case EntryKind::clawback:
      return tr("taken back for goods that were returned");
    case EntryKind::expire:
      return tr("points ran out");
    case EntryKind::reverse:
      return tr("undone");
    case EntryKind::repay:
    case EntryKind::write_off:
    case EntryKind::extend:
    case EntryKind::transfer:
      break;
  }
  return translate(std::string(domain::name(kind)).c_str());
}

/// Where a lot came from.
std::string source_words(const StoryEntry& opening) {
  if (opening.entry.kind == EntryKind::earn && !opening.receipt.empty())
    return tr("receipt {} of {}", opening.receipt, date_words(opening.receipt_date.value_or(opening.date)));
  return tr("{} of {}", translate(std::string(domain::name(opening.entry.kind)).c_str()), date_words(opening.date));
}

class Words {
 public:
  explicit Words(const CardStory& story) {
    for (const auto* rows : {&story.entries, &story.others})
      for (const StoryEntry& row : *rows) by_id_[row.entry.id] = &row;
  }

  EventWords of(const StoryEvent& event) const {
    EventWords words{head(event.first()), {}};
    const EntryKind kind = event.first().entry.kind;
    if (kind == EntryKind::repay) {
      Points repaid;
      for (const StoryEntry* row : event.entries) repaid += std::max(row->entry.points, Points{});
      words.remarks.push_back({tr("repaid"), repaid});
      return words;
    }
    add_lines(event, words.remarks);
    if (kind == EntryKind::earn) add_rules(event, words.remarks);
    if (event.points.count > 0 && kind != EntryKind::reverse && kind != EntryKind::write_off)
      add_terms(event, words.remarks);
    if (event.points.count < 0 && kind != EntryKind::reverse) add_sources(event, words.remarks);
    if (!event.first().entry.reason.empty())
      words.remarks.push_back({tr("reason: {}", event.first().entry.reason), {}});
    if (event.first().undone_by)
      words.remarks.push_back({tr("undone later by operation {}", event.first().undone_by.value), {}});
    return words;
  }

  std::string source(EntryId lot) const {
    const auto found = by_id_.find(lot);
    return found == by_id_.end() ? std::string{} : source_words(*found->second);
  }

 private:
  std::string head(const StoryEntry& row) const {
    switch (row.entry.kind) {
      case EntryKind::earn:
        return with_receipt(N_("earned for {}"), N_("earned"), row);
      case EntryKind::spend:
        return with_receipt(N_("spent: {}"), N_("paid with points"), row);
      case EntryKind::clawback:
        return with_receipt(N_("taken back for goods that were returned: {}"),
                            N_("taken back for goods that were returned"), row);
      case EntryKind::restore:
        return with_receipt(N_("given back for goods that were returned: {}"),
                            N_("given back for goods that were returned"), row);
      case EntryKind::grant:
        return tr("given by the shop");
      case EntryKind::opening:
        return tr("opening balance");
      case EntryKind::adjust:
        return tr("corrected by hand");
      case EntryKind::expire:
        return tr("points ran out");
      case EntryKind::repay:
        return tr("new points went towards a debt");
      case EntryKind::write_off:
        return tr("a debt was written off");
      case EntryKind::extend:
        return row.entry.valid_through ? tr("made to last through {}", date_words(*row.entry.valid_through))
                                       : tr("made to last for ever");
      case EntryKind::transfer:
        return row.entry.points.count > 0 ? tr("moved here from another card") : tr("moved to another card");
      case EntryKind::reverse:
        return reversal_head(row);
    }
    return {};
  }

  std::string reversal_head(const StoryEntry& row) const {
    const auto undone = by_id_.find(row.entry.answers);
    if (undone == by_id_.end()) return tr("undone");
    return tr("undone, operation {}: {}", undone->second->entry.operation.value, head(*undone->second));
  }

  /// The receipt's lines with what each brought or took, over all entries of the event.
  static void add_lines(const StoryEvent& event, std::vector<Remark>& remarks) {
    std::map<std::int64_t, Remark> lines;
    for (const StoryEntry* row : event.entries)
      for (const service::LineShare& share : row->lines) {
        Remark& remark = lines[share.line];
        remark.text = share.name.empty() ? tr("line {}", share.line) : tr("line {}, {}", share.line, share.name);
        remark.points = remark.points.value_or(Points{}) + (share.points.count < 0 ? -share.points : share.points);
      }
    for (auto& [line, remark] : lines) remarks.push_back(std::move(remark));
  }

  static void add_rules(const StoryEvent& event, std::vector<Remark>& remarks) {
    const StoryEntry& row = event.first();
    if (row.version == 0) return;
    remarks.push_back({row.entry.rule.empty() ? tr("by the rules of version {}", row.version)
                                              : tr("by the rule \"{}\" (version {})", row.entry.rule, row.version),
                       {}});
  }

  /// From when and until when the points can be spent, apart where the lots differ.
  static void add_terms(const StoryEvent& event, std::vector<Remark>& remarks) {
    std::map<std::pair<std::optional<Date>, std::optional<Date>>, Points> terms;
    for (const StoryEntry* row : event.entries)
      if (row->entry.lot == row->entry.id) terms[{row->usable_from, row->valid_through}] += row->entry.points;
    for (const auto& [term, points] : terms) {
      const auto& [from, through] = term;
      std::string words;
      if (from && *from > event.first().date) words = tr("can be spent from {}", date_words(*from));
      if (through) words += (words.empty() ? "" : "; ") + tr("last day {}", date_words(*through));
      if (words.empty()) words = tr("never expires");
      remarks.push_back({words, terms.size() == 1 ? std::nullopt : std::optional(points)});
    }
  }

  /// What is taken from the points of the receipt that is returned needs no saying.
  bool is_worth_naming(const StoryEntry& row) const {
    const auto lot = by_id_.find(row.entry.lot);
    if (lot == by_id_.end()) return false;
    return !row.entry.sale || lot->second->entry.sale != row.entry.sale;
  }

  void add_sources(const StoryEvent& event, std::vector<Remark>& remarks) const {
    std::size_t shown = 0;
    const bool is_split = event.entries.size() > 1;
    for (const StoryEntry* row : event.entries) {
      const bool is_debt = row->entry.lot == row->entry.id;
      if (!is_debt && !is_worth_naming(*row)) continue;
      if (++shown > sources_shown) continue;
      remarks.push_back({is_debt ? tr("became a debt") : tr("from: {}", source(row->entry.lot)),
                         is_split ? std::optional(-row->entry.points) : std::nullopt});
    }
    if (shown > sources_shown)
      remarks.push_back({trn("and {} more", "and {} more", static_cast<long long>(shown - sources_shown)), {}});
  }

  std::map<EntryId, const StoryEntry*> by_id_;
};

}  // namespace

std::vector<EventWords> event_words(const CardStory& story, const std::vector<StoryEvent>& events) {
  const Words words(story);
  std::vector<EventWords> result;
  result.reserve(events.size());
  for (const StoryEvent& event : events) result.push_back(words.of(event));
  return result;
}

std::vector<Remark> totals_by_kind(const CardStory& story) {
  std::vector<std::pair<EntryKind, Points>> totals;
  for (const StoryEntry& row : story.entries) {
    const auto found =
        std::find_if(totals.begin(), totals.end(), [&row](const auto& total) { return total.first == row.entry.kind; });
    if (found != totals.end())
      found->second += row.entry.points;
    else
      totals.emplace_back(row.entry.kind, row.entry.points);
  }
  std::vector<Remark> result;
  for (const auto& [kind, points] : totals)
    if (points.count != 0) result.push_back({total_words(kind), points});
  return result;
}

std::vector<Remark> balance_remarks(const CardStory& story) {
  const domain::Balance& balance = story.state.balance;
  std::vector<Remark> result = {{tr("balance on {}", date_words(story.state.on)), balance.active}};
  if (balance.pending.count > 0) result.push_back({tr("not to be spent yet"), balance.pending});
  if (balance.expired_unswept.count > 0)
    result.push_back({tr("past their last day, not written off yet"), balance.expired_unswept});
  if (balance.debt.count > 0) result.push_back({tr("owed"), -balance.debt});
  return result;
}

std::vector<Remark> lots_left(const CardStory& story) {
  const Words words(story);
  const Date on = story.state.on;
  std::vector<domain::Lot> lots = domain::in_spending_order(story.state.lots, on);
  for (const domain::Lot& lot : story.state.lots)
    if (!lot.is_active(on)) lots.push_back(lot);
  std::vector<EntryId> hidden;
  for (const StoryEntry& row : story.others) hidden.push_back(row.entry.id);
  std::sort(hidden.begin(), hidden.end());
  std::erase_if(lots,
                [&hidden](const domain::Lot& lot) { return std::binary_search(hidden.begin(), hidden.end(), lot.id); });
  std::vector<Remark> result;
  Points rest;
  for (std::size_t i = lots_shown; i < lots.size(); ++i) rest += lots[i].remainder;
  for (std::size_t i = 0; i < lots.size() && i < lots_shown; ++i) {
    const domain::Lot& lot = lots[i];
    std::string text = words.source(lot.id);
    if (lot.is_pending(on)) text += ", " + tr("can be spent from {}", date_words(lot.usable_from));
    if (lot.valid_through) text += ", " + tr("last day {}", date_words(*lot.valid_through));
    result.push_back({text, lot.remainder});
  }
  if (lots.size() > lots_shown)
    result.push_back({trn("and {} more", "and {} more", static_cast<long long>(lots.size() - lots_shown)), rest});
  return result;
}

std::string signed_points(Points points, int scale) {
  return (points.count > 0 ? "+" : "") + to_text(points.count, scale);
}

}  // namespace loyal::cli
