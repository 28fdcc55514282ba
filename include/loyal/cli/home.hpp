// SPDX-License-Identifier: MIT
#pragma once

namespace loyal::cli {

class Session;

/// What `loyal` alone shows: the store in five lines and the next step; without a store, how to make one.
void show_home(Session& session);

}  // namespace loyal::cli
