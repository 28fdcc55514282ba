// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/rewards.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string program, card;
};

/// Whether the card can take it now, for people.
std::string now_words(const service::RewardStanding& standing, const domain::Unit& unit) {
  using Reason = domain::Refusal::Reason;
  if (!standing.can_take) return {};
  if (*standing.can_take) return tr("yes");
  if (!standing.hindrance) return tr("the card is blocked");
  switch (*standing.hindrance) {
    case Reason::too_few_for_reward:
      return tr("{} more", to_text(standing.missing.count, unit.scale));
    case Reason::step_given_already:
      return tr("given already");
    case Reason::out_of_stock:
      return tr("out of stock");
    default:
      return tr("not now");
  }
}

std::string name_of(domain::Refusal::Reason reason) {
  using Reason = domain::Refusal::Reason;
  switch (reason) {
    case Reason::too_few_for_reward:
      return "too_few";
    case Reason::step_given_already:
      return "given_already";
    case Reason::out_of_stock:
      return "out_of_stock";
    default:
      return "not_now";
  }
}

std::vector<Cell> cells_of(const service::RewardStanding& standing, const service::RewardList& list) {
  const domain::Reward& reward = standing.reward;
  const Cell none;
  return {reward.name,
          list.program_slug,
          reward.cost.count > 0 ? points(reward.cost, list.unit) : none,
          reward.at.count > 0 ? points(reward.at, list.unit) : none,
          std::int64_t{list.unit.scale},
          domain::to_percent(reward.off),
          reward.up_to ? money(*reward.up_to) : none,
          reward.has_stock ? Cell{standing.count.left()} : none,
          standing.count.given,
          text_or_absent(now_words(standing, list.unit)),
          standing.can_take ? Cell{*standing.can_take} : none,
          standing.hindrance ? Cell{name_of(*standing.hindrance)} : none,
          standing.missing.count > 0 ? points(standing.missing, list.unit) : none};
}

void reward_list(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const std::string card = options.card.empty() ? options.card : chosen_card(session, context.store, options.card);
  const service::RewardList list = service::rewards(context, options.program, card);
  session.list(tr("Rewards"),
               {{"reward", tr("Reward")},
                {"program", tr("Program"), Kind::identifier, Shown::wide_only},
                {"cost", tr("Costs"), Kind::points},
                {"at", tr("From"), Kind::points},
                {"scale", "", Kind::integer, Shown::to_programs},
                {"off", tr("Off"), Kind::identifier},
                {"up_to", tr("Up to"), Kind::money},
                {"left", tr("Left"), Kind::integer},
                {"given", tr("Given"), Kind::integer},
                {"now", tr("Now"), Kind::text, card.empty() ? Shown::wide_only : Shown::always},
                {"can_take", "", Kind::text, Shown::to_programs},
                {"hindrance", "", Kind::text, Shown::to_programs},
                {"missing", "", Kind::points, Shown::to_programs}},
               [&list](format::Sink& sink) {
                 for (const service::RewardStanding& standing : list.rewards) sink.row(cells_of(standing, list));
               });
}

}  // namespace

void declare_reward_list(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists the rewards of a program: the price, how many are left and how often each was given; with --card, "
         "which of them the card can take now, and what it lacks for the others."));
  verb.flag("--program", options.program, Value::program, N_("slug or title; the only one unless given"));
  verb.flag("--card", options.card, Value::card, N_("whose rewards: number, phone, or part of the holder's name"));
  verb.example("loyal reward list --program coffee");
  verb.example("loyal reward list --card 2900000123458");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { reward_list(session, options); });
}

}  // namespace loyal::cli
