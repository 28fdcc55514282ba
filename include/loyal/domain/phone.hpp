// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loyal::domain {

/// A telephone number in E.164 ("+79161234567") and the extension dialled after it (digits, or empty).
struct Phone {
  std::string e164;
  std::string extension;
  friend bool operator==(const Phone&, const Phone&) = default;
};

/// Reads a number as Russians write it (8 …, 7 …, or ten digits from 9) or with + and a country's code; an extension
/// follows `доб.`, `ext` or `#`. Nothing for any other text: a local number, a wrong count of digits.
std::optional<Phone> phone_e164(std::string_view text);

/// As people read it: `+7 916 123-45-67 ext 12`; numbers of other countries stay together.
std::string to_text(const Phone& phone);

}  // namespace loyal::domain
