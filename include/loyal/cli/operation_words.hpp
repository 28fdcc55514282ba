// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/store/operation_subject.hpp"

namespace loyal::cli {

/// What an operation was about, for people: "receipt 12, card 2900000000018", "130 sales", "program coffee".
std::string operation_words(const store::OperationRow& row, const store::OperationSubject& subject);

}  // namespace loyal::cli
