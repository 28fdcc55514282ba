// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/base/date.hpp"

namespace loyal {

/// Where the time comes from. A command asks once, so that one command has one now.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock : public Clock {
 public:
  Instant now() const override;
};

/// A clock that stands still until it is set.
class FixedClock : public Clock {
 public:
  explicit FixedClock(Instant instant) : instant_(instant) {}
  Instant now() const override { return instant_; }
  void set(Instant instant) { instant_ = instant; }

 private:
  Instant instant_;
};

}  // namespace loyal
