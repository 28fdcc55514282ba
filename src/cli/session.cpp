// SPDX-License-Identifier: MIT
#include "loyal/cli/session.hpp"

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::cli {

Instant Session::now() {
  if (!now_) now_ = globals_.now ? *globals_.now : world_.clock.now();
  return *now_;
}

store::Database& Session::store_for_reading() {
  if (!store_ && verb_writes_) return store_for_writing();
  if (!store_) {
    store_ = std::make_unique<store::Database>(globals_.store_path, store::Access::read);
    store_is_writable_ = false;
  }
  return *store_;
}

store::Database& Session::store_for_writing() {
  if (store_ && !store_is_writable_) store_.reset();
  if (!store_) {
    store_ = std::make_unique<store::Database>(globals_.store_path, store::Access::write);
    store_is_writable_ = true;
  }
  return *store_;
}

namespace {

service::Context context_over(store::Database& store, const Globals& globals, Instant now, Instant wall_time) {
  return {.store = store,
          .now = now,
          .wall_time = wall_time,
          .key = globals.key,
          .operator_name = globals.operator_name,
          .till = globals.till,
          .shop = globals.shop,
          .company = globals.company,
          .dry_run = globals.dry_run};
}

}  // namespace

service::Context Session::writing() {
  return context_over(store_for_writing(), globals_, now(), wall_time());
}

service::Context Session::reading() {
  return context_over(store_for_reading(), globals_, now(), wall_time());
}

}  // namespace loyal::cli
