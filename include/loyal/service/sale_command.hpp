// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/service/sell.hpp"

namespace loyal::service {

/// The command that posts the same purchase with another wish to spend ("max"; empty: none), to be pasted; in words
/// where the purchase holds what only a JSON line can say.
std::string sale_command(const Context& context, const SaleRequest& request, const std::string& card,
                         const std::string& spend);

}  // namespace loyal::service
