// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>

namespace loyal {

/// Throws the error of a sum that does not fit into 64 bits.
[[noreturn]] void throw_overflow();

/// A whole number of minor units with a meaning; two quantities with different tags never mix, and overflow is an
/// error.
template <class Tag>
struct Quantity {
  std::int64_t count = 0;

  friend constexpr auto operator<=>(Quantity, Quantity) = default;

  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.count, b.count, &sum)) throw_overflow();
    return {sum};
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a.count, b.count, &difference)) throw_overflow();
    return {difference};
  }
  constexpr Quantity operator-() const { return Quantity{} - *this; }
  constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
  constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }
};

/// Money in minor units of the company's currency: kopecks.
using Money = Quantity<struct MoneyTag>;
/// Points (stamps, visits …) in minor units of the program's unit; its scale says how many digits stand after the
/// comma.
using Points = Quantity<struct PointsTag>;
/// A number of pieces, litres or kilograms in thousandths.
using Amount = Quantity<struct AmountTag>;

/// The key of a row; ids of different tables never mix. Zero is no row.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
  explicit constexpr operator bool() const { return value != 0; }
};

using CompanyId = Id<struct CompanyTag>;
using ShopId = Id<struct ShopTag>;
using ProgramId = Id<struct ProgramTag>;
using VersionId = Id<struct VersionTag>;  ///< a program_version
using CustomerId = Id<struct CustomerTag>;
using CardId = Id<struct CardTag>;
using SaleId = Id<struct SaleTag>;
using ReturnId = Id<struct ReturnTag>;  ///< a sale_return
using EntryId = Id<struct EntryTag>;    ///< also the id of the lot that the entry opened
using OperationId = Id<struct OperationTag>;

/// floor(a × b ÷ c) without intermediate overflow, for any sign of a × b; c > 0.
std::int64_t multiply_divide_floor(std::int64_t a, std::int64_t b, std::int64_t c);

/// a × b ÷ c rounded half up (towards plus infinity at the half); c > 0.
std::int64_t multiply_divide_half_up(std::int64_t a, std::int64_t b, std::int64_t c);

}  // namespace loyal
