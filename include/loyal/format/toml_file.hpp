// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace loyal::format {

/// Where something stands in a text: both count from one, columns by characters.
struct Place {
  unsigned line = 1;
  unsigned column = 1;
};

struct TomlMember;

/// A value of a TOML file and where it stands.
struct TomlNode {
  using Array = std::vector<TomlNode>;
  using Table = std::vector<TomlMember>;
  /// A date without time as ISO text, so that it is not taken for a string.
  struct LocalDate {
    std::string iso;
  };
  /// What no file of ours uses: fractions and times.
  struct Unused {
    std::string type;
  };

  Place place;
  std::variant<std::string, std::int64_t, bool, LocalDate, Unused, Array, Table> value;
};

/// A key and its value; the members of a table come in the order of the file.
struct TomlMember {
  std::string key;
  Place place;
  TomlNode node;
};

/// Error{usage} about a place in a file: `coffee.toml:12:5: message`.
[[noreturn]] void refuse_at(const std::string& file_name, Place place, const std::string& message,
                            std::string hint = {});

/// Reads a text of at most 64 KiB into its top table; Error{usage} says where it is no TOML.
TomlNode parse_toml(std::string_view text, const std::string& file_name);

/// The text as a TOML string in double quotes.
std::string toml_string(std::string_view text);

}  // namespace loyal::format
