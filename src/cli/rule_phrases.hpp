// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/program.hpp"

namespace loyal::cli {

/// What a rule asks for, a phrase each: "on weekdays Mon, Tue", "from 500,00 ₽".
std::vector<std::string> conditions(const domain::Filter& filter);
/// The sentence with its conditions behind it, where there are some.
std::string with_conditions(const std::string& sentence, const domain::Filter& filter);
/// "12 months".
std::string term_words(domain::Term term);
/// "a day", "a month" …
std::string period_words(std::optional<Period> period);
/// Texts in quotes, with commas.
std::string quoted_list(const std::vector<std::string>& texts);

}  // namespace loyal::cli
