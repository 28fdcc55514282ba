// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace loyal::test {

__extension__ using Wide = __int128;

/// An exact fraction; the numbers of the histories are small enough for 128 bits.
struct Fraction {
  Wide numerator = 0;
  Wide denominator = 1;

  Fraction() = default;
  Fraction(std::int64_t whole) : numerator(whole) {}
  Fraction(Wide above, Wide below) : numerator(above), denominator(below) { reduce(); }

  friend Fraction operator+(Fraction a, Fraction b) {
    return {a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator};
  }
  friend Fraction operator-(Fraction a, Fraction b) {
    return {a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator};
  }
  friend Fraction operator*(Fraction a, Fraction b) {
    return {a.numerator * b.numerator, a.denominator * b.denominator};
  }
  friend Fraction operator/(Fraction a, Fraction b) {
    return {a.numerator * b.denominator, a.denominator * b.numerator};
  }
  friend bool operator<(Fraction a, Fraction b) { return a.numerator * b.denominator < b.numerator * a.denominator; }
  friend bool operator==(Fraction a, Fraction b) {
    return a.numerator == b.numerator && a.denominator == b.denominator;
  }

  std::int64_t floor() const {
    const Wide whole = numerator / denominator;
    return static_cast<std::int64_t>(numerator % denominator < 0 ? whole - 1 : whole);
  }
  std::int64_t half_up() const { return (*this + Fraction(Wide{1}, Wide{2})).floor(); }

 private:
  void reduce() {
    if (denominator < 0) {
      numerator = -numerator;
      denominator = -denominator;
    }
    Wide a = numerator < 0 ? -numerator : numerator;
    Wide b = denominator;
    while (b != 0) {
      const Wide rest = a % b;
      a = b;
      b = rest;
    }
    if (a > 1) {
      numerator /= a;
      denominator /= a;
    }
  }
};

/// Splits a whole number in proportion: floors, then one each by largest remainder, ties to the earlier place.
inline std::vector<std::int64_t> split(std::int64_t total, const std::vector<Fraction>& weights) {
  Fraction sum;
  for (const Fraction& weight : weights) sum = sum + weight;
  std::vector<std::int64_t> parts(weights.size());
  if (sum == Fraction(0)) return parts;
  std::vector<Fraction> remainders(weights.size());
  std::int64_t left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Fraction quota = Fraction(total) * weights[i] / sum;
    parts[i] = quota.floor();
    remainders[i] = quota - Fraction(parts[i]);
    left -= parts[i];
  }
  for (; left > 0; --left) {
    std::size_t largest = 0;
    for (std::size_t i = 1; i < weights.size(); ++i)
      if (remainders[largest] < remainders[i]) largest = i;
    ++parts[largest];
    remainders[largest] = Fraction(-1);
  }
  return parts;
}

}  // namespace loyal::test
