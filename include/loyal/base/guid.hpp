// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace loyal {

/// The GUIDs under which a company's things are known to other programs: made from the company's INN, the kind of thing
/// and its id (UUID version 5, RFC 4122), so that the same thing has the same GUID in every export and in no other
/// company.
class Guids {
 public:
  explicit Guids(std::string_view inn);

  /// Lower case, with dashes.
  std::string of(std::string_view kind, std::int64_t id) const { return of(kind, std::to_string(id)); }
  std::string of(std::string_view kind, std::string_view id) const;

 private:
  std::array<unsigned char, 16> company_;
};

/// The UUID of version 5 of a name in the name space of another UUID; std::logic_error where that is none.
std::string name_based_uuid(std::string_view name_space, std::string_view name);

}  // namespace loyal
