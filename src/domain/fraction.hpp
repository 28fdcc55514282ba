// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "loyal/base/quantity.hpp"

namespace loyal::domain {

__extension__ using Wide = __int128;

/// An exact rational ≥ 0, small enough for what receipts hold.
struct Fraction {
  Wide numerator = 0;
  Wide denominator = 1;
};

inline Wide greatest_common(Wide a, Wide b) {
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

inline Fraction in_lowest_terms(Fraction value) {
  const Wide common = greatest_common(value.numerator, value.denominator);
  if (common > 1) {
    value.numerator /= common;
    value.denominator /= common;
  }
  return value;
}

inline Fraction sum(Fraction a, Fraction b) {
  if (a.denominator == b.denominator) return in_lowest_terms({a.numerator + b.numerator, a.denominator});
  const Wide common = greatest_common(a.denominator, b.denominator);
  return in_lowest_terms({a.numerator * (b.denominator / common) + b.numerator * (a.denominator / common),
                          a.denominator / common * b.denominator});
}

inline Fraction product(Fraction a, Fraction b) {
  // Cross-wise first, so that the products stay small.
  const Wide left = greatest_common(a.numerator, b.denominator);
  const Wide right = greatest_common(b.numerator, a.denominator);
  if (left > 1) {
    a.numerator /= left;
    b.denominator /= left;
  }
  if (right > 1) {
    b.numerator /= right;
    a.denominator /= right;
  }
  return {a.numerator * b.numerator, a.denominator * b.denominator};
}

inline bool is_less(Fraction a, Fraction b) {
  return a.numerator * b.denominator < b.numerator * a.denominator;
}

inline std::int64_t floor_of(Fraction value) {
  const Wide whole = value.numerator / value.denominator;
  if (whole > INT64_MAX) throw_overflow();
  return static_cast<std::int64_t>(whole);
}

}  // namespace loyal::domain
