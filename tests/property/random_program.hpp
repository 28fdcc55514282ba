// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>

#include "loyal/domain/program.hpp"

namespace loyal::test {

/// SplitMix64: small, and the same everywhere, which the standard distributions are not.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t bound) {
    std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15U);
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<std::int64_t>((mixed ^ (mixed >> 31U)) % static_cast<std::uint64_t>(bound));
  }
  bool one_in(std::int64_t count) { return below(count) == 0; }
  template <class T>
  T of(std::initializer_list<T> values) {
    return *(values.begin() + below(static_cast<std::int64_t>(values.size())));
  }

 private:
  std::uint64_t state_;
};

/// Rules of any kind, as the reader of a program's text would take them.
domain::Program random_program(Chance& chance);
/// Rules of gift cards.
domain::Program random_gift(Chance& chance);

}  // namespace loyal::test
