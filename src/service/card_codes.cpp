// SPDX-License-Identifier: MIT
#include "loyal/service/card_codes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/format/symbology.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"

namespace loyal::service {
namespace {

constexpr std::size_t code_bytes_max = 200;

/// Digits are often typed in groups; no symbol carries the blanks.
std::string without_groups(std::string_view text) {
  std::string code(trim(text));
  if (code.find_first_not_of("0123456789 ") == std::string::npos) std::erase(code, ' ');
  return code;
}

void require_code(const std::string& code) {
  const std::string shown = visible(code);
  if (code.empty()) throw Error(Fault::usage, tr("the code is empty"));
  if (shown != code || code.find(' ') != std::string::npos)
    throw Error(Fault::usage, tr("\"{}\" holds blanks or characters that cannot be seen", shown));
  if (code.size() > code_bytes_max)
    throw Error(Fault::usage,
                tr("a code of a card has at most {} bytes; this one has {}", code_bytes_max, code.size()));
  if (std::string_view("=+-@").find(code.front()) != std::string_view::npos)
    throw Error(Fault::usage, tr("\"{}\" is no code for a card: a spreadsheet would take it for a formula", shown));
  if (code_of(code).empty()) throw Error(Fault::usage, tr("\"{}\" is no code for a card", shown));
}

CodeReceipt replayed(const Context& context, OperationId operation) {
  const store::CardCode code = store::card_codes_of_operation(context.store, operation).front();
  return {store::card(context.store, code.card).value(), code, operation};
}

}  // namespace

store::CardCode checked_code(const std::string& symbology, const std::string& text) {
  store::CardCode code;
  code.text = without_groups(text);
  require_code(code.text);
  code.symbology = !symbology.empty() ? symbology : domain::is_ean13(code.text) ? "ean13" : "qr";
  const auto& known = format::traits(format::symbology_named(code.symbology));
  if (const auto reason = known.why_not(code.text); !reason.empty())
    format::refuse_code(known.symbology, code.text, reason);
  code.value = code_of(code.text);
  return code;
}

CodeReceipt add_code(const Context& context, const CodeRequest& request) {
  Operation operation(context, "code add",
                      InputDigest(context).add(request.card, request.code, request.symbology).finish());
  if (operation.replayed()) return replayed(context, operation.replayed());
  const store::Card card = find_card(context.store, request.card);
  if (card.state == "withdrawn") refuse_withdrawn(context.store, card);
  const store::CardCode wanted = checked_code(request.symbology, request.code);
  CodeReceipt receipt{card, {}, operation.id()};
  if (const auto standing = store::card_code(context.store, wanted.value);
      standing && standing->card == card.id && standing->symbology == wanted.symbology) {
    receipt.code = *standing;
    return receipt;
  }
  receipt.code = store::give_card_code(operation.journal(), card.id, wanted.symbology, wanted.text, wanted.value);
  operation.commit();
  return receipt;
}

CodeReceipt remove_code(const Context& context, const std::string& text) {
  Operation operation(context, "code remove", InputDigest(context).add(text).finish());
  if (operation.replayed()) return replayed(context, operation.replayed());
  const std::string value = code_of(text);
  const auto code = store::card_code(context.store, value);
  if (!code) {
    const auto owner = store::code_owner(context.store, value);
    if (!owner) throw Error(Fault::not_found, tr("no card has the code \"{}\"", visible(text)), "loyal code list");
    const std::string number = store::card(context.store, owner->card).value().number;
    if (owner->is_removed)
      throw Error(Fault::refused, tr("code {} was taken off card {} already", visible(text), number),
                  fmt::format("loyal code list {}", number));
    throw Error(Fault::refused, tr("{} is the number of the card itself", number),
                fmt::format("loyal card replace {}", number));
  }
  store::remove_card_code(operation.journal(), *code);
  const CodeReceipt receipt{store::card(context.store, code->card).value(), *code, operation.id()};
  operation.commit();
  return receipt;
}

std::string code_list(const std::vector<store::CardCode>& codes) {
  std::string text;
  for (const auto& code : codes) text += fmt::format("{}{}:{}", text.empty() ? "" : " ", code.symbology, code.text);
  return text;
}

std::vector<store::CardCode> parse_code_list(std::string_view text) {
  std::vector<store::CardCode> codes;
  for (std::size_t at = text.find_first_not_of(' '); at < text.size(); at = text.find_first_not_of(' ', at)) {
    const auto end = std::min(text.find(' ', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    const auto colon = part.find(':');
    if (colon == std::string_view::npos)
      throw Error(Fault::usage, tr("\"{}\" is no code with its symbology, such as {}", visible(part), "qr:AB12"));
    codes.push_back(checked_code(std::string(part.substr(0, colon)), std::string(part.substr(colon + 1))));
    at = end;
  }
  return codes;
}

}  // namespace loyal::service
