// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/domain/program.hpp"

namespace loyal::service {

/// "120 points" in the language of messages and the right plural form; a unit that has a name of its own is called by
/// it ("5 стаканов") in every language.
std::string points_text(Points points, const domain::Unit& unit);

}  // namespace loyal::service
