// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"

/// What the exchange formats of 1C have in common: the things that they tell of, as plain values.
namespace loyal::format {

/// The company whose documents they are.
struct Organization {
  std::string name, inn, kpp;
};

/// A buyer.
struct Counterparty {
  std::string guid, name;
  std::string phone;  ///< E.164, or empty
  std::string email;
  std::optional<Date> birthday;
  std::string note;
};

/// A program of which points pay.
struct LoyaltyProgram {
  std::string guid, title;
  Money worth;                                ///< of one whole point
  int scale = 0;                              ///< digits of a point after the comma
  std::int64_t max_share_hundredths = 10000;  ///< of a purchase, in hundredths of a percent
};

struct DiscountCard {
  std::string guid, number;
  Counterparty owner;
  const LoyaltyProgram* program = nullptr;  ///< none: its points pay nothing
  Date opened;
  bool is_active = true;
};

/// A rate of VAT in percent; none: not subject to VAT.
using VatRate = std::optional<int>;

/// A kind of goods that was sold or came back.
struct Goods {
  std::string guid, sku, name;
  Amount quantity;
  std::optional<Money> price;
  Money discount;  ///< all that was taken off, points among it
  Money paid;
  VatRate vat;
};

/// A document or an item that a text stands in: at most so many characters of it.
std::string_view first_characters(std::string_view text, std::size_t count);
/// Whether a code is a barcode of goods: 8, 12, 13 or 14 digits.
bool is_barcode(std::string_view sku);

}  // namespace loyal::format
