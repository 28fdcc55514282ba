// SPDX-License-Identifier: MIT
#include "loyal/format/temporary_file.hpp"

#include <unistd.h>

#include <array>
#include <utility>

namespace loyal::format {
namespace {

// More than are open at once, but for an export in very many parts, whose last ones an interrupted run leaves behind.
constexpr std::size_t places_max = 1024;

/// The paths of the files in being, which a signal handler may read at any moment.
std::array<std::atomic<const char*>, places_max> places{};
static_assert(std::atomic<const char*>::is_always_lock_free);

std::atomic<const char*>* take_place(const char* path) {
  for (std::atomic<const char*>& place : places) {
    const char* none = nullptr;
    if (place.compare_exchange_strong(none, path)) return &place;
  }
  return nullptr;
}

}  // namespace

TemporaryFile::TemporaryFile(std::string path) {
  own(std::move(path));
}

TemporaryFile::~TemporaryFile() {
  if (is_owned_) ::unlink(path_.c_str());
  release();
}

void TemporaryFile::own(std::string path) {
  path_ = std::move(path);
  is_owned_ = true;
  place_ = take_place(path_.c_str());
}

void TemporaryFile::release() {
  is_owned_ = false;
  if (place_ != nullptr) std::exchange(place_, nullptr)->store(nullptr);
}

void remove_temporary_files() noexcept {
  for (const std::atomic<const char*>& place : places)
    if (const char* const path = place.load(); path != nullptr) ::unlink(path);
}

}  // namespace loyal::format
