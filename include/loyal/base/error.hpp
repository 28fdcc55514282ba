// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loyal {

/// What went wrong, in the words of the exit-code table.
enum class Fault {
  failed,         ///< I/O and whatever has no better name: exit 1
  usage,          ///< the command line is wrong: exit 2
  not_found,      ///< exit 4
  conflict,       ///< the same key or receipt with other content: exit 5
  refused,        ///< a rule of the program says no: exit 6
  unconfirmed,    ///< a question, and nobody to ask: exit 7
  store_missing,  ///< exit 10
  store_busy,     ///< exit 11
  store_broken,   ///< broken, foreign or newer: exit 12
  interrupted,    ///< exit 130
};

/// The exit code that a fault ends the process with.
int exit_code(Fault fault) noexcept;

/// The fault's name in machine-readable errors ("not_found").
std::string_view name(Fault fault) noexcept;

/// Numbers and names behind an error, for programs: key and value.
using Details = std::vector<std::pair<std::string, std::string>>;

/// A failure that the user can act on. Messages are one line, lower case, already translated; the hint can be pasted.
class Error : public std::runtime_error {
 public:
  Error(Fault fault, const std::string& message, std::string hint = {}, Details details = {})
      : std::runtime_error(message), fault_(fault), hint_(std::move(hint)), details_(std::move(details)) {}

  Fault fault() const noexcept { return fault_; }
  const std::string& hint() const noexcept { return hint_; }
  const Details& details() const noexcept { return details_; }

 private:
  Fault fault_;
  std::string hint_;
  Details details_;
};

}  // namespace loyal
