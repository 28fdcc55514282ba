// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "loyal/domain/assessment.hpp"
#include "loyal/domain/program.hpp"

namespace loyal::test {

/// One command of a history. Steps name one another by number, which stays when others are taken out.
struct Step {
  enum class Action {
    sell,
    give_back,
    take_void,
    grant,
    adjust,
    transfer,
    nightly,
    undo,
    cascade,
    pin,
    use,
    stock,
    redeem,
    sell_gift,
    reserve,
    commit,
    release,
    present,
    top_up,
    pay_out
  };
  int number = 0;
  Action action = Action::sell;
  Instant now;
  int card = 0;
  int into = 0;         ///< the card that a transfer goes to
  bool is_all = false;  ///< a transfer of all that can be spent
  int shop = 0;
  std::int64_t late_seconds = 0;           ///< how long ago the document was made
  std::vector<domain::ReceiptLine> lines;  ///< one without `has_lines`: only its amount counts
  bool has_lines = true;
  std::string spend;                                ///< `200`, `max`, `up-to:200` or nothing
  std::vector<std::pair<int, int>> rewards;         ///< the reward's place in the program, and the line from 1; 0: any
  std::vector<std::pair<int, std::int64_t>> gifts;  ///< cards that pay a part, and how many kopecks; 0: what they can
  int target = -1;         ///< the step whose sale or operation is meant; −1: the last operation
  std::vector<int> parts;  ///< thousandths of what is left, per line; nothing: all that is left
  Points points;
  std::string expires;
  std::string tier;   ///< of a pin; nothing: none
  bool ends = false;  ///< a pin is ended
  int pin_days = 0;
  int count = 1;             ///< how many of what a pass is sold by, or pieces into the stock of a reward
  bool is_repeated = false;  ///< the same command with the same key comes twice
};

/// A program and what is done with its cards.
struct Script {
  domain::Program program;
  std::optional<domain::Program> gift;
  int cards = 1;
  int gift_cards = 0;
  std::vector<Step> steps;
};

/// The script that a seed stands for: the same on every machine.
Script random_script(std::uint64_t seed);
/// A sale and two returns of parts of it on one day, after a few other steps; the two returns stand last.
Script random_pair_of_returns(std::uint64_t seed);

/// How the history could be typed.
std::string to_text(const Script& script);

/// Where the shops of the histories are: their zone's name and hours before UTC, which never change.
struct Place {
  const char* zone;
  int hours;
};
inline constexpr Place shop_places[] = {{"Europe/Moscow", 3}, {"Asia/Vladivostok", 10}};
inline constexpr Place program_places[] = {{"Europe/Moscow", 3}, {"Asia/Vladivostok", 10}, {"Europe/Kaliningrad", 2}};

}  // namespace loyal::test
