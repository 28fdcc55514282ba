// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/base/quantity.hpp"

namespace loyal::service {

/// "120 points" in the language of messages, in the right plural form.
std::string points_text(Points points, int scale);

}  // namespace loyal::service
