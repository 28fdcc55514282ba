// SPDX-License-Identifier: MIT
#include "loyal/domain/program.hpp"

namespace loyal::domain {

std::int64_t minor_units(const Unit& unit) {
  std::int64_t result = 1;
  for (int digit = 0; digit < unit.scale; ++digit) result *= 10;
  return result;
}

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::bonus:
      return "bonus";
    case Kind::discount:
      return "discount";
  }
  return {};
}

std::string_view name(ReturnPolicy policy) {
  switch (policy) {
    case ReturnPolicy::only_pending:
      return "only_pending";
    case ReturnPolicy::within_balance:
      return "within_balance";
    case ReturnPolicy::debt:
      return "debt";
  }
  return {};
}

Money worth_of(const Unit& unit, Points points) {
  return {multiply_divide_floor(points.count, unit.worth.count, minor_units(unit))};
}

Points points_for(const Unit& unit, Money money) {
  if (unit.worth.count <= 0) return {0};
  return {multiply_divide_floor(money.count, minor_units(unit), unit.worth.count)};
}

}  // namespace loyal::domain
