// SPDX-License-Identifier: MIT
#include "loyal/service/sale_refusal.hpp"

#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/words.hpp"

namespace loyal::service {

void refuse_goods(const domain::Refusal& refusal, const store::Card& card, const domain::Unit& unit) {
  using Reason = domain::Refusal::Reason;
  const std::string what = visible(refusal.what);
  const std::string rewards = fmt::format("loyal reward list --card {}", card.number);
  const std::string offers = fmt::format("loyal card top-up {}", card.number);
  Details details = {{"what", refusal.what},
                     {"asked", std::to_string(refusal.asked.count)},
                     {"allowed", std::to_string(refusal.allowed.count)},
                     {"available", std::to_string(refusal.available.count)}};
  const auto refused = [&details](const std::string& message, const std::string& hint) {
    throw Error(Fault::refused, message, hint, std::move(details));
  };
  switch (refusal.reason) {
    case Reason::unknown_reward:
      return refused(tr("the program has no reward \"{}\"", what), rewards);
    case Reason::reward_not_for_goods:
      return refused(tr("\"{}\" is not for these goods, or not now", what), rewards);
    case Reason::too_few_for_reward:
      return refused(tr("card {} has {}; \"{}\" takes {}", card.number, points_text(refusal.available, unit), what,
                        to_text(refusal.asked.count, unit.scale)),
                     rewards);
    case Reason::step_given_already:
      return refused(tr("card {} was given \"{}\" already; it comes again after the next reward that is paid for",
                        card.number, what),
                     rewards);
    case Reason::out_of_stock:
      return refused(tr("there is not enough of \"{}\" in stock", what),
                     fmt::format("loyal reward stock {} --add 10", shell_word(refusal.what)));
    case Reason::unknown_offer:
      return refused(tr("nothing is sold as \"{}\" here", what), offers);
    case Reason::off_price:
      return refused(tr("\"{}\" costs {}; {} does not buy a whole number of them", what,
                        to_text(Money{refusal.allowed.count}), to_text(Money{refusal.asked.count})),
                     offers);
    case Reason::sold_out:
      return refused(trn("{} ticket is left; {} asked for", "{} tickets are left; {} asked for", refusal.allowed.count,
                         refusal.asked.count),
                     "loyal card door");
    case Reason::over_balance:
      return refused(tr("card {} may hold {} more; \"{}\" brings {}", card.number, points_text(refusal.allowed, unit),
                        what, to_text(refusal.asked.count, unit.scale)),
                     fmt::format("loyal card show {}", card.number));
    default:
      return;
  }
}

}  // namespace loyal::service
