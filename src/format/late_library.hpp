// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <utility>

namespace loyal::format {

/// A shared library that is loaded at the first call into it, and not when the program starts: a sale at the till
/// should not wait for what only sheets and workbooks need.
class LateLibrary {
 public:
  /// `soname` is the name the linker would have written down, such as libcairo.so.2; `package` is what to install
  /// where it is missing.
  constexpr LateLibrary(const char* soname, const char* package) : soname_(soname), package_(package) {}

  /// The address of a function; Fault::failed where there is no such library or no such function in it.
  void* find(const char* function) const;

 private:
  const char* soname_;
  const char* package_;
};

/// A C function of such a library, called as if it were linked: declare one under the function's own name in the file
/// that calls it, and it stands before the function of the library's header.
template <class Signature>
class LateFunction;

template <class Result, class... Arguments>
class LateFunction<Result(Arguments...)> {
 public:
  constexpr LateFunction(const LateLibrary& library, const char* name) : library_(&library), name_(name) {}

  Result operator()(Arguments... arguments) const {
    auto* function = found_.load(std::memory_order_acquire);
    if (function == nullptr) {
      function = reinterpret_cast<Result (*)(Arguments...)>(library_->find(name_));
      found_.store(function, std::memory_order_release);
    }
    return function(arguments...);
  }

 private:
  const LateLibrary* library_;
  const char* name_;
  mutable std::atomic<Result (*)(Arguments...)> found_ = nullptr;
};

}  // namespace loyal::format

/// Stands for `function` of the header that declares it, found in `library` at its first call.
#define LOYAL_LATE(library, function)                                                   \
  inline constinit const ::loyal::format::LateFunction<decltype(::function)> function { \
    library, #function                                                                  \
  }
