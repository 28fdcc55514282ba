// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace loyal {

/// Calls `work` once for each index below `count`, in no order: a second thread begins at once, and finish() lends a
/// hand, so that the caller can do something else meanwhile. Destroyed without finish(), it leaves the rest undone.
class SharedLoop {
 public:
  SharedLoop(std::size_t count, std::function<void(std::size_t)> work);
  ~SharedLoop();
  SharedLoop(const SharedLoop&) = delete;
  SharedLoop& operator=(const SharedLoop&) = delete;

  /// Returns when all is done; where some threw, throws the error of the lowest index that failed.
  void finish();

 private:
  void run();
  void join();

  std::size_t count_;
  std::function<void(std::size_t)> work_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex failure_lock_;
  std::exception_ptr failure_;
  std::size_t failure_index_;
  std::thread second_;
};

}  // namespace loyal
