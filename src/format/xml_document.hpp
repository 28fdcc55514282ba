// SPDX-License-Identifier: MIT
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace loyal::format {

/// Reads XML of whatever encoding it declares. From outside, and so: no document type (nothing is declared, nothing is
/// expanded, nothing is fetched), and no more than 64 elements in one another. Error{usage} names file and line.
void load_xml(pugi::xml_document& document, std::string bytes, const std::string& name);

/// The element's name without a prefix.
std::string_view local_name(const pugi::xml_node& node);
/// The first child element of that name, whatever its prefix; an empty node where there is none.
pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name);
/// The text of such a child, without blanks at its ends.
std::string text_of(const pugi::xml_node& node, std::string_view name);

}  // namespace loyal::format
