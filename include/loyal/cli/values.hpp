// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "loyal/cli/session.hpp"
#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"

namespace loyal::cli {

/// Today in the zone of the company that the session means (the first one's where it means none).
Date today(Session& session);
/// A date as typed; nothing for an empty text.
std::optional<Date> read_date(Session& session, const std::string& text);
/// A date and time as typed; nothing for an empty text.
std::optional<LocalTime> read_time(Session& session, const std::string& text);

/// A day as people of the language write it: 01.03.2026 in Russian.
std::string date_words(Date date);

/// Cells of one kind, absent where there is nothing to show.
format::Cell text_or_absent(const std::string& text);
format::Cell date_or_absent(std::optional<Date> date);
/// A state, kind or other name out of a fixed set, which people read translated.
format::Cell name_cell(std::string_view name);
inline format::Cell money(Money amount) {
  return format::MoneyCell{amount, "RUB"};
}
inline format::Cell points(Points amount, const domain::Unit& unit) {
  return format::PointsCell{amount, unit.scale};
}

/// Bytes as hexadecimal digits.
std::string hex(const store::Blob& bytes);
/// The same in groups of four digits, as one copies them by hand.
std::string hex_groups(const store::Blob& bytes);

/// Adds active, pending and debt of a card under names that every answer uses.
void add_balance(format::Record& record, const domain::Balance& balance, const domain::Unit& unit);
/// "; 50 points of them held by a till"; empty where none are.
std::string reserved_words(Points reserved, const domain::Unit& unit);
/// "balance 120 points", with what waits and what is owed where there is any.
std::string balance_words(const domain::Balance& balance, const domain::Unit& unit);

}  // namespace loyal::cli
