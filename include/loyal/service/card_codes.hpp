// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/card_code.hpp"

namespace loyal::service {

/// A code to be given to a card.
struct CodeRequest {
  std::string card, code;
  std::string symbology = {};  ///< empty: ean13 where the code is a valid one, else qr
};

/// What was given or taken away.
struct CodeReceipt {
  store::Card card;
  store::CardCode code;
  OperationId operation;
};

/// The code as it is kept: without the blanks of grouped digits. Error{usage} for what cannot be printed, typed or told
/// from a formula; Error{refused} where the symbology can't carry it.
store::CardCode checked_code(const std::string& symbology, const std::string& text);

/// Gives a card one more code, by which it is found as by its number.
CodeReceipt add_code(const Context& context, const CodeRequest& request);
/// Takes a code from its card; the card's own number stays. Nothing is found by it any more.
CodeReceipt remove_code(const Context& context, const std::string& code);

/// All codes of a card in one cell of a table, `qr:AB12 code128:77`, and back. Error{usage} for what is no such list.
std::string code_list(const std::vector<store::CardCode>& codes);
std::vector<store::CardCode> parse_code_list(std::string_view text);

}  // namespace loyal::service
