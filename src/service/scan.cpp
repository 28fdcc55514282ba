// SPDX-License-Identifier: MIT
#include "loyal/service/scan.hpp"

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/retail_number.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::service {
namespace {

/// What the same symbol is called by others, the likeliest first.
std::vector<std::string> readings(const format::Found& found) {
  std::vector<std::string> result{found.text};
  // A reader that knows UPC calls an EAN-13 number that begins with 0 so.
  if (domain::is_upca(found.text)) result.push_back("0" + found.text);
  if (found.symbology == format::Symbology::upce)
    if (const auto whole = domain::upca_of_upce(found.text)) result.insert(result.end(), {*whole, "0" + *whole});
  return result;
}

std::string joined(const std::vector<std::string>& words) {
  constexpr std::size_t shown = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(words.size(), shown); ++i) text += (i == 0 ? "" : ", ") + words[i];
  return words.size() > shown ? text + ", …" : text;
}

}  // namespace

std::optional<store::Card> card_of_scan(store::Database& database, const format::Found& found) {
  for (const std::string& reading : readings(found))
    if (auto card = store::card_by_code(database, code_of(reading))) return card;
  return std::nullopt;
}

std::string only_card_of_scan(store::Database& database, const std::vector<format::Found>& found,
                              const std::string& picture) {
  constexpr std::size_t shown_columns = 40;
  std::vector<std::string> cards;
  std::vector<std::string> codes;
  for (const auto& code : found) {
    codes.push_back(fit(visible(code.text), shown_columns));
    const auto card = card_of_scan(database, code);
    if (card && std::ranges::find(cards, card->number) == cards.end()) cards.push_back(card->number);
  }
  if (cards.size() == 1) return cards.front();
  if (cards.size() > 1)
    throw Error(Fault::usage, tr("{} shows several cards: {}", visible(picture), joined(cards)),
                tr("name one by its number"));
  if (codes.empty())
    throw Error(Fault::not_found, tr("no code was found in {}", visible(picture)),
                tr("hold the camera straight and near, in even light"));
  throw Error(Fault::not_found, tr("no card has the code {}", joined(codes)), "loyal card list");
}

}  // namespace loyal::service
