// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>

namespace loyal {

/// Calls `work` once for each index below `count`, on this thread and one more, in no order; where some throw, the
/// error of the lowest index that failed is thrown here once both threads are done.
void for_each_on_two_threads(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace loyal
