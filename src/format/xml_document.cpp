// SPDX-License-Identifier: MIT
#include "xml_document.hpp"

#include <algorithm>
#include <sstream>

#include "decoder.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

constexpr int depth_max = 64;
constexpr std::size_t declaration_bytes_max = 200;

/// The encoding that the XML declaration names; empty where there is none.
std::string declared_encoding(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, declaration_bytes_max);
  const std::string_view declaration = start.substr(0, start.find("?>"));
  const std::size_t place = declaration.find("encoding");
  if (!declaration.starts_with("<?xml") || place == std::string_view::npos) return {};
  const std::size_t open = declaration.find_first_of("\"'", place);
  if (open == std::string_view::npos) return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  return close == std::string_view::npos ? std::string{} : std::string(declaration.substr(open + 1, close - open - 1));
}

std::string in_utf8(std::string bytes, const std::string& name) {
  const std::string encoding = declared_encoding(bytes);
  std::istringstream in(std::move(bytes));
  Decoder decoder(in, name, encoding);
  std::string text;
  for (std::string piece; decoder.read(piece);) text += piece;
  return text;
}

/// Walks without recursion, as the parser does.
class DepthWalker : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    has_type = has_type || node.type() == pugi::node_doctype;
    is_deep = is_deep || depth() > depth_max;
    return !is_deep && !has_type;
  }
  bool is_deep = false;
  bool has_type = false;
};

}  // namespace

void load_xml(pugi::xml_document& document, std::string bytes, const std::string& name) {
  const std::string text = in_utf8(std::move(bytes), name);
  const auto refuse = [&name](const std::string& what) {
    throw Error(Fault::usage, fmt::format("{}: {}", visible(name), what));
  };
  if (!is_utf8(text)) refuse(tr("the text is not in the encoding that it declares"));
  const auto result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!result) {
    const auto end = text.begin() + std::clamp<std::ptrdiff_t>(result.offset, 0, std::ssize(text));
    throw Error(Fault::usage, tr("{}:{}: the XML is broken: {}", visible(name), 1 + std::count(text.begin(), end, '\n'),
                                 result.description()));
  }
  DepthWalker walker;
  document.traverse(walker);
  if (walker.has_type) refuse(tr("an XML file with a document type is refused"));
  if (walker.is_deep) refuse(tr("more than {} elements stand in one another", depth_max));
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children())
    if (local_name(child) == name) return child;
  return {};
}

std::string text_of(const pugi::xml_node& node, std::string_view name) {
  return std::string(trim(child_of(node, name).text().get()));
}

}  // namespace loyal::format
