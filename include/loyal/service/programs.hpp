// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

/// What adding or applying a program did.
struct ProgramReceipt {
  store::ProgramRow program;
  std::int64_t version = 0;
  Date applies_from;
  bool is_new = false;        ///< the program, not only a version of it
  bool is_unchanged = false;  ///< the text says what the newest version says
  bool is_replayed = false;
};

/// Opens a program of the context's company; Error{conflict} for a slug that is there.
ProgramReceipt add_program(const Context& context, domain::Program program);

/// Points that stand on a card and would end sooner under changed rules.
struct ExpiryLoss {
  std::string card_number, holder;
  Points points;
  std::optional<Date> end_before;  ///< nothing: never
  Date end_after;
};

/// What a change of the rules about expiry would take from points that are out: only points that end by inactivity
/// have no day of their own, and so can lose one. Empty for a program that is new.
std::vector<ExpiryLoss> expiry_losses(const Context& context, const domain::Program& changed);

/// Opens the program that the text describes, or makes a new version of the one with its slug, which applies from a
/// date (today unless said). The text is kept as written. Where points that are out would end sooner, so many of them
/// must have been accepted, or Error{refused}.
ProgramReceipt apply_program(const Context& context, const std::string& text, const std::string& file_name,
                             std::optional<Date> from, std::optional<Points> accepted_loss = {});

}  // namespace loyal::service
