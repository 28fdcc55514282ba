// SPDX-License-Identifier: MIT
#include "late_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::format {

void* LateLibrary::find(const char* function) const {
  // Asked for again it is the same one; it stays until the process ends.
  void* library = dlopen(soname_, RTLD_NOW | RTLD_LOCAL);
  void* found = library == nullptr ? nullptr : dlsym(library, function);
  if (found == nullptr)
    throw Error(Fault::failed, tr("{} is not there or of another version: {}", soname_, dlerror()),
                fmt::format("sudo apt install {}", package_));
  return found;
}

}  // namespace loyal::format
