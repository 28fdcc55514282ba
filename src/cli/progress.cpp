// SPDX-License-Identifier: MIT
#include <ostream>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/session.hpp"

namespace loyal::cli {
namespace {

constexpr std::int64_t first_shown_after_milliseconds = 500;
constexpr std::int64_t shown_every_milliseconds = 100;

std::string seconds_left(std::int64_t seconds) {
  return seconds < 60 ? tr("{} s left", seconds) : tr("{} min {} s left", seconds / 60, seconds % 60);
}

}  // namespace

void Session::progress(const std::string& what, std::int64_t done, std::int64_t total) {
  if (!world_.err_is_terminal || globals_.quiet || !world_.milliseconds) return;
  const std::int64_t now = world_.milliseconds();
  if (what != progress_what_) {
    progress_what_ = what;
    progress_started_milliseconds_ = now;
    progress_shown_milliseconds_ = now + first_shown_after_milliseconds - shown_every_milliseconds;
  }
  if (now - progress_shown_milliseconds_ < shown_every_milliseconds) return;
  progress_shown_milliseconds_ = now;
  const std::int64_t elapsed = now - progress_started_milliseconds_;
  std::string line = visible(what) + ": " + std::to_string(done);
  if (total > 0) line += tr(" of {}", total);
  const std::int64_t per_second = elapsed > 0 ? done * 1000 / elapsed : 0;
  if (per_second > 0) line += tr(", {} a second", per_second);
  if (per_second > 0 && total > done) line += ", " + seconds_left((total - done) / per_second);
  const std::size_t columns = world_.terminal_columns > 1 ? static_cast<std::size_t>(world_.terminal_columns) - 1 : 1;
  world_.err << "\r\x1b[K" << fit(line, columns);
  world_.err.flush();
  progress_is_shown_ = true;
}

void Session::clear_progress() {
  if (!progress_is_shown_) return;
  world_.err << "\r\x1b[K";
  world_.err.flush();
  progress_is_shown_ = false;
}

}  // namespace loyal::cli
