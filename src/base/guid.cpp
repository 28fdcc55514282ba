// SPDX-License-Identifier: MIT
#include "loyal/base/guid.hpp"

#include <uuid/uuid.h>

#include <array>
#include <stdexcept>

namespace loyal {
namespace {

/// RFC 4122, appendix C: names that are URLs.
constexpr std::string_view url_name_space = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
constexpr std::size_t uuid_characters = 36;

}  // namespace

std::string name_based_uuid(std::string_view name_space, std::string_view name) {
  uuid_t outer{};
  if (uuid_parse(std::string(name_space).c_str(), outer) != 0) throw std::logic_error("a name space that is no UUID");
  uuid_t inner{};
  uuid_generate_sha1(inner, outer, name.data(), name.size());
  std::array<char, uuid_characters + 1> text{};
  uuid_unparse_lower(inner, text.data());
  return std::string(text.data(), uuid_characters);
}

Guids::Guids(std::string_view inn)
    : company_(name_based_uuid(url_name_space, std::string("urn:loyal:company:").append(inn))) {}

std::string Guids::of(std::string_view kind, std::string_view id) const {
  return name_based_uuid(company_, std::string(kind).append(":").append(id));
}

}  // namespace loyal
