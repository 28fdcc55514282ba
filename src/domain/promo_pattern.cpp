// SPDX-License-Identifier: MIT
#include "loyal/domain/promo_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::domain {
namespace {

constexpr std::uint64_t uncounted = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t alphabet_least = 2;
constexpr std::size_t alphabet_most = 36;

bool is_prime(std::size_t number) {
  if (number < 2) return false;
  for (std::size_t divisor = 2; divisor * divisor <= number; ++divisor)
    if (number % divisor == 0) return false;
  return true;
}

/// The place of a symbol in the alphabet; what only literal text holds gets a number as well.
std::size_t value_of(char symbol, std::string_view alphabet) {
  const std::size_t place = alphabet.find(symbol);
  return place != std::string_view::npos ? place : static_cast<unsigned char>(symbol) % alphabet.size();
}

/// Each symbol times its place, the last one's being `first_weight`.
std::size_t weighted_sum(std::string_view code, std::string_view alphabet, std::size_t first_weight) {
  std::size_t sum = 0;
  std::size_t weight = first_weight;
  for (auto symbol = code.rbegin(); symbol != code.rend(); ++symbol) sum += value_of(*symbol, alphabet) * weight++;
  return sum % alphabet.size();
}

std::string checked_alphabet(std::string_view text) {
  std::string alphabet = fold_code(text);
  const bool is_plain = std::ranges::all_of(
      alphabet, [](char symbol) { return (symbol >= '0' && symbol <= '9') || (symbol >= 'A' && symbol <= 'Z'); });
  std::string sorted = alphabet;
  std::ranges::sort(sorted);
  const bool is_once = std::ranges::adjacent_find(sorted) == sorted.end();
  if (!is_plain || !is_once || alphabet.size() < alphabet_least || alphabet.size() > alphabet_most)
    throw Error(Fault::usage,
                tr("the alphabet “{}” is not {} to {} different digits and Latin letters", visible(text),
                   alphabet_least, alphabet_most),
                tr("leave it out for {}", code_alphabet));
  return alphabet;
}

char twin_of(char symbol, bool to_digits) {
  if (to_digits) return symbol == 'O' ? '0' : symbol == 'I' || symbol == 'L' ? '1' : symbol;
  return symbol == '0' ? 'O' : symbol == '1' ? 'I' : symbol;
}

}  // namespace

char check_symbol(std::string_view start, std::string_view alphabet) {
  const std::size_t sum = weighted_sum(start, alphabet, 2);
  return alphabet[(alphabet.size() - sum) % alphabet.size()];
}

PromoPattern::PromoPattern(std::string_view text, std::string_view alphabet)
    : text_(CodePattern(text).text()), alphabet_(checked_alphabet(alphabet)), places_(fold_code(text)) {
  stars_ = static_cast<std::size_t>(std::ranges::count(places_, '*'));
  if (stars_ == 0)
    throw Error(Fault::usage, tr("the pattern “{}” has no * for a symbol that is chosen", visible(text)),
                tr("{} would do", fmt::format("{}-****-****", visible(text))));
  const bool ends_with_star = places_.back() == '*';
  has_check_ = ends_with_star && stars_ > 1 && is_prime(alphabet_.size()) && places_.size() < alphabet_.size();
}

std::uint64_t PromoPattern::capacity() const {
  std::uint64_t capacity = 1;
  for (std::size_t star = has_check_ ? 1 : 0; star < stars_; ++star)
    if (__builtin_mul_overflow(capacity, alphabet_.size(), &capacity)) return uncounted;
  return capacity;
}

std::string PromoPattern::choose(const Chooser& chooser) const {
  std::string code = places_;
  for (char& place : code)
    if (place == '*') place = alphabet_[chooser(static_cast<std::uint32_t>(alphabet_.size()))];
  if (has_check_) code.back() = check_symbol(std::string_view(code).substr(0, code.size() - 1), alphabet_);
  return code;
}

std::string PromoPattern::shown(std::string_view folded) const {
  std::string code;
  std::size_t at = 0;
  for (const char place : text_) {
    const bool is_folded_away = fold_code(std::string_view(&place, 1)).empty();
    if (is_folded_away)
      code += place;
    else if (at < folded.size())
      code += folded[at++];
  }
  return code;
}

PromoPattern::Match PromoPattern::match(std::string_view folded) const {
  if (folded.size() != places_.size()) return Match::no;
  int wrong = 0;
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (places_[i] == '*' ? !holds(folded[i]) : places_[i] != folded[i]) ++wrong;
  // Two symbols that changed places are the most that one slip spoils.
  constexpr int slip = 2;
  if (!has_check_) return wrong == 0 ? Match::whole : Match::no;
  if (wrong == 0 && weighted_sum(folded, alphabet_, 1) == 0) return Match::whole;
  return wrong <= slip ? Match::mistyped : Match::no;
}

bool PromoPattern::is_typed_for(std::string_view typed, std::string_view folded) const {
  if (typed.size() != folded.size()) return false;
  for (std::size_t i = 0; i < typed.size(); ++i)
    if (typed[i] != folded[i] && (holds(typed[i]) || i >= places_.size() || places_[i] == typed[i])) return false;
  return true;
}

std::vector<std::string> code_variants(std::string_view folded) {
  std::vector<std::string> result = {std::string(folded)};
  for (const bool to_digits : {true, false}) {
    std::string variant(folded);
    for (char& symbol : variant) symbol = twin_of(symbol, to_digits);
    if (std::ranges::find(result, variant) == result.end()) result.push_back(std::move(variant));
  }
  return result;
}

void require_unguessable(const PromoPattern& pattern, std::uint64_t count, std::uint64_t guesses) {
  const auto is_enough = [&](std::uint64_t capacity) { return capacity / guesses >= count; };
  if (is_enough(pattern.capacity())) return;
  std::string longer = pattern.text();
  while (longer.size() < pattern_length_max && !is_enough(PromoPattern(longer, pattern.alphabet()).capacity()))
    longer += '*';
  const bool is_found = is_enough(PromoPattern(longer, pattern.alphabet()).capacity());
  const auto stars = static_cast<std::int64_t>(std::ranges::count(longer, '*'));
  throw Error(Fault::usage,
              tr("{} codes of “{}” could be guessed: it makes {} different ones, and {} for each are asked for", count,
                 pattern.text(), pattern.capacity(), guesses),
              is_found ? trn("{} symbol that is chosen would do: --pattern \"{}\"",
                             "{} symbols that are chosen would do: --pattern \"{}\"", stars, longer)
                       : std::string{},
              {{"capacity", std::to_string(pattern.capacity())}, {"count", std::to_string(count)}});
}

}  // namespace loyal::domain
