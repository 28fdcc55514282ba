// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "loyal/store/card.hpp"

namespace loyal::cli {

class Verb;

/// Which cards a list or a sheet is about.
struct CardOptions {
  std::string program, state;
  bool unassigned = false;
  std::optional<std::int64_t> batch;
  std::string from, to;  ///< the first and the last card, in the order of issue; declared by those who offer them
};

void declare_card_options(Verb& verb, CardOptions& options);

/// Error{not_found} for a program or a batch that is not there.
store::CardFilter card_filter(store::Database& database, const CardOptions& options);

}  // namespace loyal::cli
