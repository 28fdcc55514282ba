// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "loyal/service/context.hpp"
#include "loyal/store/journal.hpp"

namespace loyal::service {

/// A digest over what was typed, keyed by the store's own key, so that it tells nothing to who has only the digest.
class InputDigest {
 public:
  explicit InputDigest(const Context& context);
  template <class... Values>
  InputDigest& add(const Values&... values) {
    (digest_.add(values), ...);
    return *this;
  }
  store::Blob finish() { return digest_.finish(); }

 private:
  store::Digest digest_;
};

/// One operation: everything that a changing command does, in one transaction.
class Operation {
 public:
  /// Takes the write lock. With a key that an earlier operation has: replayed() if verb and input are the same, else
  /// Error{conflict}.
  Operation(const Context& context, std::string verb, store::Blob input_digest = {}, OperationId undoes = {});

  /// The earlier operation with this key; nothing more is to be done.
  OperationId replayed() const { return replayed_; }
  /// Says, before anything is written, which operation this one undoes.
  void undoes(OperationId undone);
  /// Writes another operation of the same command in front of this one, in the same transaction; it has no key. Nothing
  /// may have been written by this one yet.
  OperationId write_before(OperationId undone, const std::function<void(store::Journal&)>& write);
  OperationId id() const { return journal_->id(); }
  store::Journal& journal() { return *journal_; }
  /// Writes the operation and commits; with a dry run takes everything back. An operation that wrote no row is not
  /// recorded, unless it undoes another.
  void commit();

 private:
  const Context& context_;
  bool is_undo_;
  store::OperationHeader header_;
  std::optional<store::Transaction> transaction_;
  std::optional<store::Journal> journal_;
  OperationId replayed_;
};

}  // namespace loyal::service
