// SPDX-License-Identifier: MIT
#include <array>
#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

/// SplitMix64: the same numbers with every compiler and library, which the distributions of <random> do not promise.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
  }
  /// Evenly from 0 to limit − 1.
  std::uint64_t below(std::uint64_t limit) { return scaled(bits() >> 32, limit); }
  /// From 0 to limit − 1, small numbers far more often: the square of an even choice.
  std::uint64_t skewed_below(std::uint64_t limit) {
    const std::uint64_t even = bits() >> 32;
    return scaled((even * even) >> 32, limit);
  }

 private:
  static std::uint64_t scaled(std::uint64_t fraction, std::uint64_t limit) { return (fraction * limit) >> 32; }
  std::uint64_t state_;
};

/// An EAN-13 of the range that shops use among themselves.
std::array<char, 14> card_number(std::uint64_t card) {
  std::array<char, 14> digits{};
  std::snprintf(digits.data(), digits.size(), "29%010" PRIu64, card % 10'000'000'000U);
  int sum = 0;
  for (std::size_t place = 0; place < 12; ++place) sum += (digits[place] - '0') * (place % 2 == 0 ? 1 : 3);
  digits[12] = static_cast<char>('0' + (10 - sum % 10) % 10);
  return digits;
}

struct Plan {
  std::uint64_t rows = 1'000'000;
  std::uint64_t cards = 100'000;
  std::uint64_t days = 730;
  std::uint64_t first_receipt = 1;
  int first_year = 2024;
};

void write_purchases(const Plan& plan) {
  using namespace std::chrono;
  constexpr std::uint64_t opens_at = 8 * 3600;
  constexpr std::uint64_t open_seconds = 14 * 3600;
  constexpr std::uint64_t scatter = 7919;  // a prime, so that neighbours in rank are no neighbours in number
  const sys_days first_day{year{plan.first_year} / January / 1};
  const std::uint64_t span = plan.days * open_seconds;
  const std::uint64_t rows_for_newcomer = plan.rows / plan.cards;
  Random random(plan.first_receipt);
  std::puts("card,date,amount,receipt");
  for (std::uint64_t row = 0; row < plan.rows; ++row) {
    const bool is_newcomer =
        rows_for_newcomer > 0 && row % rows_for_newcomer == 0 && row / rows_for_newcomer < plan.cards;
    const std::uint64_t rank = is_newcomer ? row / rows_for_newcomer : random.skewed_below(plan.cards);
    const std::uint64_t open_second = row * span / plan.rows;
    const year_month_day date{first_day + days{open_second / open_seconds}};
    const std::uint64_t second = opens_at + open_second % open_seconds;
    const std::uint64_t kopecks = 50'00 + random.skewed_below(8'000'00);
    std::printf("%s,%04d-%02u-%02uT%02u:%02u:%02u,%" PRIu64 ".%02u,%" PRIu64 "\n",
                card_number(rank * scatter % plan.cards).data(), static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<unsigned>(second / 3600), static_cast<unsigned>(second / 60 % 60),
                static_cast<unsigned>(second % 60), kopecks / 100, static_cast<unsigned>(kopecks % 100),
                plan.first_receipt + row);
  }
}

}  // namespace

/// Prints purchases in order of time: bench_generate ROWS CARDS DAYS [FIRST_RECEIPT [FIRST_YEAR]].
int main(int count, char** words) {
  const auto number = [&](int place, std::uint64_t otherwise) {
    return place < count ? std::strtoull(words[place], nullptr, 10) : otherwise;
  };
  Plan plan;
  plan.rows = number(1, plan.rows);
  plan.cards = number(2, plan.cards);
  plan.days = number(3, plan.days);
  plan.first_receipt = number(4, plan.first_receipt);
  plan.first_year = static_cast<int>(number(5, static_cast<std::uint64_t>(plan.first_year)));
  if (plan.rows == 0 || plan.cards == 0 || plan.days == 0) {
    std::fputs("usage: bench_generate ROWS CARDS DAYS [FIRST_RECEIPT [FIRST_YEAR]]\n", stderr);
    return 2;
  }
  write_purchases(plan);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
