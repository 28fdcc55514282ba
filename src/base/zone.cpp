// SPDX-License-Identifier: MIT
#include "loyal/base/zone.hpp"

#include <date/tz.h>

#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal {
namespace {

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    throw Error(Fault::usage, tr("there is no time zone \"{}\"", name), tr("use a name such as Europe/Moscow"));
  }
}

}  // namespace

Zone::Zone(std::string_view name) : name_(name), zone_(find_zone(name_)) {}

LocalTime Zone::local(Instant instant) const {
  const date::sys_seconds at{std::chrono::seconds(instant.seconds)};
  const auto local = zone_->to_local(at).time_since_epoch();
  const auto days = std::chrono::floor<date::days>(local);
  return {{static_cast<std::int32_t>(days.count())}, static_cast<std::int32_t>((local - days).count())};
}

Instant Zone::instant(LocalTime time) const {
  const date::local_seconds local{date::days(time.date.day_number) + std::chrono::seconds(time.second_of_day)};
  return {zone_->to_sys(local, date::choose::earliest).time_since_epoch().count()};
}

}  // namespace loyal
