// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/format/record.hpp"
#include "loyal/service/card_codes.hpp"

namespace loyal::cli {

/// What programs are told of a code that was given or taken away.
format::Record code_record(const service::CodeReceipt& receipt);

}  // namespace loyal::cli
