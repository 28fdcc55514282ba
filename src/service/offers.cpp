// SPDX-License-Identifier: MIT
#include "loyal/service/offers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/words.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/visit.hpp"

namespace loyal::service {
namespace {

std::string offer_words(const domain::Offer& offer) {
  return offer.price ? fmt::format("{} ({})", offer.name, to_text(*offer.price)) : offer.name;
}

std::string offer_names(const domain::Program& program) {
  std::string names;
  for (const domain::Offer& offer : program.offers) names += (names.empty() ? "" : ", ") + offer_words(offer);
  return names;
}

/// The offers that a name may mean: the one that is called so, else those that begin so.
std::vector<const domain::Offer*> offers_called(const domain::Program& program, const std::string& text) {
  const std::string key = fold_name(text);
  std::vector<const domain::Offer*> result;
  for (const domain::Offer& offer : program.offers) {
    const std::string name = fold_name(offer.name);
    if (name == key) return {&offer};
    if (name.starts_with(key)) result.push_back(&offer);
  }
  return result;
}

std::optional<Money> sum_of_money(const std::string& text) {
  if (text.empty() || text.find_first_not_of("0123456789., ") != std::string::npos) return std::nullopt;
  return parse_money(text);
}

/// The offer of any sum, or the one that costs just this.
std::vector<const domain::Offer*> offers_for(const domain::Program& program, Money amount) {
  std::vector<const domain::Offer*> result;
  for (const domain::Offer& offer : program.offers)
    if (offer.price == amount) result.push_back(&offer);
  if (!result.empty()) return result;
  for (const domain::Offer& offer : program.offers)
    if (!offer.price) result.push_back(&offer);
  return result;
}

void require_offers(const domain::Program& program, const store::Card& card, Date on) {
  if (program.offers.empty())
    throw Error(Fault::refused, tr("the program {} sells nothing onto its cards", program.slug),
                fmt::format("loyal sale add {} 1250", card.number));
  if (program.event && program.event->date < on)
    throw Error(Fault::refused, tr("the event was on {}; no more tickets are sold", to_string(program.event->date)),
                "loyal program list");
}

/// Days of paid time that are left after `on`, of those that were paid for; all of them where none has begun.
struct PaidDays {
  int left = 0;
  int whole = 0;
};

PaidDays paid_days(const domain::Lot& lot, const store::Entry& opening, Date on, bool was_used) {
  if (!lot.valid_through || !opening.valid_through) return {was_used ? 0 : 1, 1};
  const Date from = opening.usable_from.value_or(opening.date);
  const int whole = opening.valid_through->day_number - from.day_number + 1;
  if (on < from || (on == from && !was_used)) return {whole, whole};
  return {std::clamp(lot.valid_through->day_number - on.day_number, 0, whole), whole};
}

}  // namespace

SoldOffer sold_offer(const OfferRequest& request, const domain::Program& program, const store::Card& card, Date on) {
  require_offers(program, card, on);
  constexpr std::int64_t count_max = 10'000;
  if (request.count < 1 || request.count > count_max)
    throw Error(Fault::usage, tr("--count is 1 to {}; got {}", count_max, request.count));
  const std::string text(trim(request.text));
  std::optional<Money> amount;
  std::vector<const domain::Offer*> found;
  if (text.empty()) {
    for (const domain::Offer& offer : program.offers) found.push_back(&offer);
  } else {
    found = offers_called(program, text);
    if (found.empty()) amount = sum_of_money(text);
    if (amount) found = offers_for(program, *amount);
  }
  const std::string hint = tr("there are: {}", offer_names(program));
  if (found.empty())
    throw Error(amount ? Fault::refused : Fault::not_found, tr("nothing is sold as \"{}\" here", visible(text)), hint);
  if (found.size() > 1) throw Error(Fault::usage, tr("what is to be sold? name one"), hint);
  const domain::Offer& offer = *found.front();
  if (offer.price) amount = Money{offer.price->count};
  if (!amount)
    throw Error(Fault::usage, tr("\"{}\" is for any sum: say how much", offer.name),
                fmt::format("loyal card top-up {} 1000", card.number));
  if (amount->count <= 0) throw Error(Fault::usage, tr("\"{}\" is not more than nothing", visible(text)));
  const std::int64_t most = domain::sale_amount_max.count / amount->count;
  if (request.count > most) throw Error(Fault::usage, tr("{} is more than one purchase can come to", to_text(*amount)));
  return {offer.name, {amount->count * request.count}};
}

void add_offer_facts(store::Database& database, const domain::Program& program, const store::Card& card,
                     domain::CardFacts& facts) {
  if (program.event && program.event->capacity) facts.tickets_sold = store::points_issued(database, card.program).count;
}

Amount unused_of_offer(store::Database& database, const domain::Program& program, const store::Sale& sale,
                       const domain::SoldSale& sold, Date on) {
  const std::vector<EntryId> own = lots_of_sale(database, sale);
  std::vector<domain::Lot> lots;
  Points unused;
  const CardId held_by = store::card_in_use(database, sale.card);
  for (const domain::Lot& lot : lots_on(database, program, held_by, store::lots_of(database, held_by), on)) {
    if (lot.is_debt() || lot.is_expired(on) || std::find(own.begin(), own.end(), lot.id) == own.end()) continue;
    lots.push_back(lot);
    unused += lot.remainder;
  }
  const auto visits = store::visits_of_sale(database, sale.id);
  const bool is_time = program.kind == domain::Kind::subscription || (program.use && program.use->unlimited);
  if (is_time) {
    if (lots.empty()) return {};
    const store::Entry opening = store::entry(database, lots.front().id).value();
    const PaidDays days = paid_days(lots.front(), opening, on, !visits.empty());
    return domain::returnable_days(sold, days.left, days.whole);
  }
  // A ticket that let somebody in is used, though it stays on the card for the other lists.
  std::map<std::string, std::int64_t> entered;
  std::int64_t used = 0;
  for (const store::Visit& visit : visits)
    if (visit.kind == store::VisitKind::check_in) used = std::max(used, ++entered[visit.list]);
  return domain::returnable(program, sold,
                            {std::max<std::int64_t>(0, unused.count - used * domain::minor_units(program.unit))});
}

void require_unused(store::Database& database, const domain::Program& program, const store::Sale& sale,
                    const domain::SoldSale& sold, Date on, bool is_named, std::vector<Amount>& quantities) {
  if (program.returns.policy != domain::ReturnPolicy::unused || sold.buyer.offer.empty()) return;
  const Amount most = unused_of_offer(database, program, sale, sold, on);
  if (most.count == 0)
    throw Error(Fault::refused, tr("nothing of \"{}\" on receipt {} is unused", sold.buyer.offer, sale.receipt),
                command_on("loyal sale show", sale), {{"returnable", "0"}});
  if (is_named && quantities.front() > most)
    throw Error(Fault::refused,
                tr("what is unused of \"{}\" comes to {}; {} cannot be returned", sold.buyer.offer,
                   to_text(Money{most.count}), to_text(Money{quantities.front().count})),
                fmt::format("{} --amount {}", command_on("loyal sale return", sale), to_decimal(most.count, 2)),
                {{"returnable", std::to_string(most.count)}});
  quantities.front() = std::min(quantities.front(), most);
}

}  // namespace loyal::service
