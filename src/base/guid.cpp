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

using Bytes = std::array<unsigned char, 16>;

Bytes parsed(std::string_view text) {
  Bytes bytes{};
  if (uuid_parse(std::string(text).c_str(), bytes.data()) != 0) throw std::logic_error("a name space that is no UUID");
  return bytes;
}

Bytes name_based(const Bytes& name_space, std::string_view name) {
  Bytes bytes{};
  uuid_generate_sha1(bytes.data(), name_space.data(), name.data(), name.size());
  return bytes;
}

std::string text_of(const Bytes& bytes) {
  std::array<char, uuid_characters + 1> text{};
  uuid_unparse_lower(bytes.data(), text.data());
  return std::string(text.data(), uuid_characters);
}

}  // namespace

std::string name_based_uuid(std::string_view name_space, std::string_view name) {
  return text_of(name_based(parsed(name_space), name));
}

Guids::Guids(std::string_view inn)
    : company_(name_based(parsed(url_name_space), std::string("urn:loyal:company:").append(inn))) {}

std::string Guids::of(std::string_view kind, std::string_view id) const {
  return text_of(name_based(company_, std::string(kind).append(":").append(id)));
}

}  // namespace loyal
