// SPDX-License-Identifier: MIT
#include "loyal/service/number_source.hpp"

#include <set>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/promo_pattern.hpp"
#include "loyal/service/card_number.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/promo.hpp"
#include "loyal/store/random.hpp"

namespace loyal::service {
namespace {

constexpr int attempts_per_code = 100;

/// All of a list, before the first card is made.
void require_free(store::Database& database, const std::vector<std::string>& numbers) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string& number = numbers[i];
    if (const std::string flaw = card_number_flaw(number); !flaw.empty())
      throw Error(Fault::usage, tr("number {} of the list: {}", i + 1, flaw));
    const std::string code = code_of(number);
    if (!seen.insert(code).second)
      throw Error(Fault::usage, tr("number {} of the list: {} stands there twice", i + 1, number));
    if (store::is_code_taken(database, code))
      throw Error(Fault::conflict, tr("number {} of the list: there is already a card {}", i + 1, number),
                  fmt::format("loyal card show {}", number));
  }
}

/// The pattern up to its check symbol. Longer ones would have two places that weigh the same.
std::string without_check(const std::string& pattern) {
  if (!pattern.ends_with('*') || domain::fold_code(pattern).size() >= domain::code_alphabet.size())
    throw Error(Fault::usage,
                tr("a check symbol stands at the end of a pattern of at most {} symbols: “{}” has none there",
                   domain::code_alphabet.size() - 1, visible(pattern)),
                "--number CARD-****-**** --check");
  return pattern.substr(0, pattern.size() - 1);
}

}  // namespace

NumberSource::NumberSource(store::Database& database, const IssueRequest& request)
    : database_(database), request_(request) {
  using Kind = domain::DigitSeries::Kind;
  if (!request.numbers.empty()) {
    require_free(database, request.numbers);
  } else if (request.number == "ean13") {
    start_series(Kind::ean13);
  } else if (request.number == "ean8") {
    start_series(Kind::ean8);
  } else if (request.number == "luhn") {
    start_series(Kind::luhn);
  } else {
    pattern_.emplace(request_.has_check ? without_check(request_.number) : request_.number);
    pattern_->require_room(static_cast<std::uint64_t>(request_.count));
    is_counted_ = request_.sequential;
  }
}

void NumberSource::start_series(domain::DigitSeries::Kind kind) {
  const auto digits =
      request_.digits > 0 ? static_cast<std::size_t>(request_.digits) : domain::DigitSeries::luhn_digits_usual;
  series_.emplace(kind, request_.prefix, digits);
  if (!request_.own_prefix) series_->require_in_house();
  is_counted_ = !request_.random;
  if (is_counted_) {
    const auto last = store::last_serial(database_, request_.prefix, static_cast<int>(series_->digits()));
    serial_ = last ? static_cast<std::uint64_t>(*last) + 1 : 1;
  }
  series_->require_room(serial_, static_cast<std::uint64_t>(request_.count));
}

std::string NumberSource::candidate() {
  if (series_) return is_counted_ ? series_->at(serial_++) : series_->choose(store::random_below);
  std::string number = is_counted_ ? pattern_->at(serial_++) : pattern_->choose(store::random_below);
  if (request_.has_check) number += domain::check_symbol(code_of(number));
  return number;
}

std::string NumberSource::next() {
  if (!request_.numbers.empty()) return request_.numbers.at(serial_++);
  for (int attempt = 0; attempt < attempts_per_code || is_counted_; ++attempt)
    if (std::string number = candidate(); !store::is_code_taken(database_, code_of(number))) return number;
  throw Error(Fault::refused,
              series_ ? tr("prefix {} has hardly a free number left", request_.prefix)
                      : tr("the pattern {} has hardly a free number left", request_.number),
              series_ ? tr("take a shorter prefix") : tr("make the pattern longer"));
}

}  // namespace loyal::service
