// SPDX-License-Identifier: MIT
#include "loyal/service/sale_rewards.hpp"

#include <algorithm>
#include <optional>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/filter.hpp"

namespace loyal::service {
namespace {

constexpr std::int64_t one_piece = 1000;

/// A line as typed, and the rewards that take a piece of it each.
struct TypedLine {
  domain::ReceiptLine goods;
  std::vector<std::size_t> requests;

  std::int64_t pieces() const { return std::max<std::int64_t>(1, goods.quantity.count / one_piece); }
  bool has_free_piece() const { return static_cast<std::int64_t>(requests.size()) < pieces(); }
  Money piece_price() const {
    if (goods.quantity.count <= one_piece) return goods.amount;
    return {multiply_divide_half_up(goods.amount.count, one_piece, goods.quantity.count)};
  }
};

TypedLine& named_line(std::vector<TypedLine>& lines, const RewardRequest& request) {
  if (request.line < 1 || request.line > static_cast<std::int64_t>(lines.size()))
    throw Error(Fault::usage, trn("the receipt has {} line; \"{}\" is asked for on line {}",
                                  "the receipt has {} lines; \"{}\" is asked for on line {}",
                                  static_cast<std::int64_t>(lines.size()), visible(request.reward), request.line));
  TypedLine& line = lines[static_cast<std::size_t>(request.line - 1)];
  if (!line.has_free_piece())
    throw Error(Fault::refused,
                trn("{} piece is on line {}, and more rewards are asked for on it",
                    "{} pieces are on line {}, and more rewards are asked for on it", line.pieces(), request.line));
  return line;
}

TypedLine& best_line(std::vector<TypedLine>& lines, const domain::Reward* reward, const RewardRequest& request) {
  TypedLine* best = nullptr;
  TypedLine* any = nullptr;
  for (TypedLine& line : lines) {
    if (!line.has_free_piece()) continue;
    if (any == nullptr) any = &line;
    // Who the buyer is, the rules look at later; here only the goods tell lines apart.
    if (reward == nullptr || !domain::matches_line(reward->filter, {}, line.goods)) continue;
    if (best == nullptr || line.piece_price() > best->piece_price()) best = &line;
  }
  if (best != nullptr) return *best;
  if (any != nullptr) return *any;
  throw Error(Fault::refused, tr("no piece of the receipt is left for \"{}\"", visible(request.reward)));
}

/// Takes one piece off the goods; what rounding leaves over stays with the rest.
domain::ReceiptLine split_piece(domain::ReceiptLine& goods, Money price) {
  domain::ReceiptLine piece = goods;
  piece.quantity = {one_piece};
  piece.amount = price;
  goods.quantity.count -= one_piece;
  goods.amount -= price;
  return piece;
}

const domain::Reward* reward_called(const domain::Program& program, const std::string& text) {
  if (const domain::Reward* reward = domain::find_reward(program, text)) return reward;
  const std::string key = fold_name(text);
  for (const domain::Reward& reward : program.rewards)
    if (fold_name(reward.name) == key) return &reward;
  return nullptr;
}

}  // namespace

const domain::Reward& reward_of(const domain::Program& program, const std::string& text) {
  if (const domain::Reward* reward = reward_called(program, text)) return *reward;
  std::string names;
  for (const domain::Reward& reward : program.rewards) names += (names.empty() ? "" : ", ") + reward.name;
  throw Error(Fault::not_found, tr("the program {} has no reward \"{}\"", program.slug, visible(text)),
              names.empty() ? std::string() : tr("there are: {}", names));
}

void place_rewards(const domain::Program& program, std::span<const RewardRequest> requests, domain::Receipt& receipt) {
  if (requests.empty()) return;
  std::vector<TypedLine> typed;
  for (domain::ReceiptLine& line : receipt.lines) typed.push_back({std::move(line), {}});
  std::vector<std::string> names;
  // Lines that are named come first, so that the others choose among what is left.
  for (const RewardRequest& request : requests) {
    const domain::Reward* reward = reward_called(program, request.reward);
    names.push_back(reward == nullptr ? request.reward : reward->name);
    if (request.line > 0) named_line(typed, request).requests.push_back(names.size() - 1);
  }
  for (std::size_t i = 0; i < requests.size(); ++i)
    if (requests[i].line <= 0)
      best_line(typed, domain::find_reward(program, names[i]), requests[i]).requests.push_back(i);

  receipt.lines.clear();
  std::vector<std::size_t> place(requests.size());
  for (TypedLine& line : typed) {
    const Money price = line.piece_price();
    for (const std::size_t request : line.requests) {
      place[request] = receipt.lines.size();
      if (line.goods.quantity.count <= one_piece) break;
      receipt.lines.push_back(split_piece(line.goods, price));
    }
    if (line.goods.quantity.count > 0) receipt.lines.push_back(std::move(line.goods));
  }
  for (std::size_t i = 0; i < requests.size(); ++i) receipt.rewards.push_back({names[i], place[i]});
}

std::vector<std::string> steps_of_cycle(std::span<const store::RewardUse> uses) {
  std::vector<std::string> steps;
  for (const store::RewardUse& use : uses) {
    if (use.points.count > 0)
      steps.clear();
    else
      steps.push_back(use.reward);
  }
  return steps;
}

void add_reward_facts(store::Database& database, const domain::Program& program, const store::Card& card,
                      std::span<const domain::RewardWish> wishes, domain::CardFacts& facts) {
  if (wishes.empty()) return;
  facts.steps_used = steps_of_cycle(store::standing_reward_uses(database, card.id));
  for (const domain::Reward& reward : program.rewards) {
    const auto wished = std::count_if(wishes.begin(), wishes.end(),
                                      [&reward](const domain::RewardWish& wish) { return wish.reward == reward.name; });
    if (reward.has_stock && wished > 0 && store::reward_count(database, card.program, reward.name).left() < wished)
      facts.out_of_stock.push_back(reward.name);
  }
}

std::vector<store::RewardUse> reward_uses(const domain::Assessment& assessment, const store::Sale& sale,
                                          ProgramId program) {
  std::vector<store::RewardUse> result;
  for (const domain::GivenReward& given : assessment.rewards)
    result.push_back({sale.operation, sale.card, program, sale.id, static_cast<std::int64_t>(given.line) + 1,
                      given.reward, given.points, given.value, sale.points_date});
  return result;
}

bool is_same_rewards(std::span<const store::RewardUse> given, std::span<const domain::RewardWish> wishes) {
  return std::equal(given.begin(), given.end(), wishes.begin(), wishes.end(),
                    [](const store::RewardUse& use, const domain::RewardWish& wish) {
                      return use.reward == wish.reward && use.line == static_cast<std::int64_t>(wish.line) + 1;
                    });
}

}  // namespace loyal::service
