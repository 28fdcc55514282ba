// SPDX-License-Identifier: MIT
#include "loyal/base/parallel.hpp"

#include <system_error>
#include <utility>

namespace loyal {

SharedLoop::SharedLoop(std::size_t count, std::function<void(std::size_t)> work)
    : count_(count), work_(std::move(work)), failure_index_(count) {
  if (count == 0) return;
  try {
    second_ = std::thread([this] { run(); });
  } catch (const std::system_error&) {
    // Without a second thread, finish() does it all.
  }
}

SharedLoop::~SharedLoop() {
  stopped_ = true;
  join();
}

void SharedLoop::finish() {
  run();
  join();
  if (failure_) std::rethrow_exception(failure_);
}

void SharedLoop::run() {
  // Indices are handed out in order, so all below a failed one are done or under way, and the lowest failure is always
  // the same.
  while (!stopped_) {
    const auto index = next_++;
    if (index >= count_) return;
    try {
      work_(index);
    } catch (...) {
      stopped_ = true;
      const std::scoped_lock lock(failure_lock_);
      if (index >= failure_index_) continue;
      failure_index_ = index;
      failure_ = std::current_exception();
    }
  }
}

void SharedLoop::join() {
  if (second_.joinable()) second_.join();
}

}  // namespace loyal
