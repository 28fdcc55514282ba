// SPDX-License-Identifier: MIT
#include "loyal/base/parallel.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace loyal {

void for_each_on_two_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex failure_lock;
  std::exception_ptr failure;
  std::size_t failure_index = count;
  // Indices are handed out in order, so all below a failed one are done or under way and the lowest failure is always
  // the same.
  const auto run = [&] {
    while (!failed) {
      const auto index = next++;
      if (index >= count) return;
      try {
        work(index);
      } catch (...) {
        const std::scoped_lock lock(failure_lock);
        failed = true;
        if (index >= failure_index) continue;
        failure_index = index;
        failure = std::current_exception();
      }
    }
  };
  std::thread second;
  try {
    if (count > 1) second = std::thread(run);
  } catch (const std::system_error&) {
    // Without a second thread the first does it all.
  }
  run();
  if (second.joinable()) second.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace loyal
