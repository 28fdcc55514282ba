// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace loyal {

/// Values made by a thread of its own and taken by this one, in their order; the maker waits where it is far ahead.
/// What it throws is thrown by next(), after the values before. Destroyed early, it stops the maker at its next value.
template <class T>
class Handover {
 public:
  /// Gives one value to the other side.
  using Give = std::function<void(T)>;

  explicit Handover(std::function<void(const Give&)> make) : make_(std::move(make)), maker_([this] { run(); }) {}
  ~Handover() {
    {
      const std::lock_guard guard(lock_);
      stopped_ = true;
    }
    changed_.notify_all();
    maker_.join();
  }
  Handover(const Handover&) = delete;
  Handover& operator=(const Handover&) = delete;

  /// The next value; nothing when there are no more.
  std::optional<T> next() {
    if (place_ == taken_.size() && !take()) return std::nullopt;
    return std::move(taken_[place_++]);
  }

 private:
  struct Stopped {};
  static constexpr std::size_t batch_values = 512;
  static constexpr std::size_t batches_ahead = 8;

  void run() {
    try {
      make_([this](T value) {
        filling_.push_back(std::move(value));
        if (filling_.size() == batch_values) pass();
      });
      pass();
    } catch (const Stopped&) {
    } catch (...) {
      pass_unless_stopped();
      const std::lock_guard guard(lock_);
      failure_ = std::current_exception();
    }
    const std::lock_guard guard(lock_);
    is_done_ = true;
    changed_.notify_all();
  }

  void pass() {
    std::unique_lock guard(lock_);
    changed_.wait(guard, [this] { return stopped_ || ready_.size() < batches_ahead; });
    if (stopped_) throw Stopped{};
    ready_.push_back(std::exchange(filling_, {}));
    changed_.notify_all();
  }

  void pass_unless_stopped() noexcept {
    try {
      pass();
    } catch (const Stopped&) {
    }
  }

  bool take() {
    std::unique_lock guard(lock_);
    do {
      changed_.wait(guard, [this] { return is_done_ || !ready_.empty(); });
      if (ready_.empty()) {
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
        return false;
      }
      taken_ = std::move(ready_.front());
      place_ = 0;
      ready_.pop_front();
    } while (taken_.empty());
    changed_.notify_all();
    return true;
  }

  std::function<void(const Give&)> make_;
  std::mutex lock_;
  std::condition_variable changed_;
  std::deque<std::vector<T>> ready_;
  std::vector<T> filling_;  // the maker's alone
  std::vector<T> taken_;    // the taker's alone
  std::size_t place_ = 0;
  std::exception_ptr failure_;
  bool is_done_ = false, stopped_ = false;
  std::thread maker_;
};

}  // namespace loyal
