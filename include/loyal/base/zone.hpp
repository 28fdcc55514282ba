// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "loyal/base/date.hpp"

namespace date {
class time_zone;
}

namespace loyal {

/// An IANA time zone ("Europe/Moscow").
class Zone {
 public:
  /// Error{usage} for a name that the system's zone table has not.
  explicit Zone(std::string_view name);

  const std::string& name() const { return name_; }
  LocalTime local(Instant instant) const;
  /// The instant of a wall-clock time: the earlier one where the clock shows it twice, the moment of the jump where it
  /// never shows it.
  Instant instant(LocalTime time) const;

 private:
  std::string name_;
  const date::time_zone* zone_;
};

}  // namespace loyal
