// SPDX-License-Identifier: MIT
#include "door_refusal.hpp"

#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/words.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/visit.hpp"

namespace loyal::service {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string result;
  for (const std::string& name : names) result += (result.empty() ? "" : ", ") + name;
  return result;
}

/// When and where the card came in last on a list.
std::string last_entry(const Context& context, const store::Card& card, const std::string& list) {
  std::string result;
  for (const store::Visit& visit : store::visits_of(context.store, card.id)) {
    if (visit.kind != store::VisitKind::check_in || visit.list != list) continue;
    const auto shop = store::shop(context.store, visit.shop);
    result = tr("{} {} at {}", to_string(visit.at.date), to_string(visit.at).substr(11, 5),
                shop ? shop->name : std::string());
  }
  return result;
}

}  // namespace

void refuse_entry(const Context& context, const domain::DoorRefusal& refusal, const store::Card& card,
                  const domain::Program& program, const domain::DoorWish& wish) {
  using Reason = domain::DoorRefusal::Reason;
  const std::string top_up = fmt::format("loyal card top-up {}", card.number);
  const std::string show = fmt::format("loyal card show {}", card.number);
  const std::string day = to_string(refusal.date);
  const Details details = {{"allowed", std::to_string(refusal.allowed)}};
  switch (refusal.reason) {
    case Reason::no_door:
      throw Error(Fault::refused, tr("cards of the program {} are not used at a door", program.slug),
                  fmt::format("loyal sale add {} 1250", card.number));
    case Reason::unknown_list:
      throw Error(Fault::not_found, tr("the program {} has no check-in list \"{}\"", program.slug, visible(wish.list)),
                  program.use->lists.empty() ? std::string() : tr("there are: {}", joined(program.use->lists)));
    case Reason::other_day:
      throw Error(Fault::refused, tr("the event is on {}", day),
                  fmt::format("loyal card use {} --any-day", card.number));
    case Reason::frozen:
      throw Error(Fault::refused, tr("card {} is frozen through {}", card.number, day),
                  fmt::format("loyal card freeze {} --end", card.number));
    case Reason::not_yet:
      throw Error(Fault::refused, tr("card {} is usable from {}", card.number, day), show);
    case Reason::ended:
      throw Error(Fault::refused, tr("card {} ended on {}", card.number, day), top_up);
    case Reason::never_bought:
      throw Error(Fault::refused, tr("nothing has been bought for card {} yet", card.number), top_up);
    case Reason::used_up:
      throw Error(
          Fault::refused,
          refusal.allowed == 0
              ? tr("card {} is used up", card.number)
              : tr("card {} has {} left; {} asked for", card.number,
                   points_text({refusal.allowed * domain::minor_units(program.unit)}, program.unit), wish.count),
          top_up, details);
    case Reason::day_limit:
      throw Error(Fault::refused,
                  trn("card {1} may enter {0} time a day; {2} left on {3}",
                      "card {1} may enter {0} times a day; {2} left on {3}", *program.use->per_day, card.number,
                      refusal.allowed, day),
                  show, details);
    case Reason::entered_already:
      break;
  }
  const std::string list = domain::list_of(program, wish);
  if (refusal.allowed > 0)
    throw Error(Fault::refused,
                tr("card {} has {} left; {} asked for", card.number,
                   points_text({refusal.allowed * domain::minor_units(program.unit)}, program.unit), wish.count),
                top_up, details);
  throw Error(Fault::refused,
              tr("card {} came in already on the list \"{}\": {}", card.number, list, last_entry(context, card, list)),
              show, details);
}

void refuse_freeze(const domain::FreezeRefusal& refusal, const store::Card& card, const domain::Program& program) {
  using Reason = domain::FreezeRefusal::Reason;
  const std::string show = fmt::format("loyal card show {}", card.number);
  const Details details = {{"allowed", std::to_string(refusal.allowed)}};
  switch (refusal.reason) {
    case Reason::not_allowed:
      throw Error(Fault::refused, tr("cards of the program {} cannot be frozen", program.slug),
                  fmt::format("loyal program show {}", program.slug));
    case Reason::frozen_already:
      throw Error(Fault::refused, tr("card {} is frozen through {}", card.number, to_string(refusal.date)),
                  fmt::format("loyal card freeze {} --end", card.number));
    case Reason::too_short:
      throw Error(Fault::refused,
                  trn("a freeze is of {} day at least", "a freeze is of {} days at least", refusal.allowed),
                  fmt::format("loyal card freeze {} --days {}", card.number, refusal.allowed), details);
    case Reason::too_long:
      throw Error(
          Fault::refused,
          trn("card {1} can be frozen for {0} day more", "card {1} can be frozen for {0} days more", refusal.allowed,
              card.number),
          refusal.allowed > 0 ? fmt::format("loyal card freeze {} --days {}", card.number, refusal.allowed) : show,
          details);
    case Reason::too_often:
      break;
  }
  throw Error(Fault::refused,
              trn("card {1} was frozen {0} time, and no more is allowed",
                  "card {1} was frozen {0} times, and no more is allowed", refusal.allowed, card.number),
              show, details);
}

}  // namespace loyal::service
