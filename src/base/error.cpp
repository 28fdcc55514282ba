// SPDX-License-Identifier: MIT
#include "loyal/base/error.hpp"

namespace loyal {

int exit_code(Fault fault) noexcept {
  switch (fault) {
    case Fault::failed:
      return 1;
    case Fault::usage:
      return 2;
    case Fault::not_found:
      return 4;
    case Fault::conflict:
      return 5;
    case Fault::refused:
      return 6;
    case Fault::unconfirmed:
      return 7;
    case Fault::store_missing:
      return 10;
    case Fault::store_busy:
      return 11;
    case Fault::store_broken:
      return 12;
    case Fault::interrupted:
      return 130;
  }
  return 70;
}

std::string_view name(Fault fault) noexcept {
  switch (fault) {
    case Fault::failed:
      return "failed";
    case Fault::usage:
      return "usage";
    case Fault::not_found:
      return "not_found";
    case Fault::conflict:
      return "conflict";
    case Fault::refused:
      return "refused";
    case Fault::unconfirmed:
      return "unconfirmed";
    case Fault::store_missing:
      return "store_missing";
    case Fault::store_busy:
      return "store_busy";
    case Fault::store_broken:
      return "store_broken";
    case Fault::interrupted:
      return "interrupted";
  }
  return "bug";
}

}  // namespace loyal
