// SPDX-License-Identifier: MIT
#include "loyal/service/operation.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {

InputDigest::InputDigest(const Context& context) : digest_(store::digest_key(context.store)) {}

Operation::Operation(const Context& context, std::string verb, store::Blob input_digest, OperationId undoes)
    : context_(context), is_undo_(undoes) {
  transaction_.emplace(context.store);
  if (visible(context.key) != context.key || context.key.size() > domain::document_text_max)
    throw Error(Fault::usage, tr("a key is at most {} bytes of visible characters", domain::document_text_max));
  if (!context.key.empty()) {
    if (const auto earlier = store::operation_by_key(context.store, context.key)) {
      if (earlier->verb != verb || earlier->input_digest != input_digest)
        throw Error(Fault::conflict,
                    tr("key \"{}\" already belongs to operation {} ({}, {}) with other content", visible(context.key),
                       earlier->id.value, earlier->verb, earlier->at),
                    tr("use a new key for new content, or look at it: {}",
                       fmt::format("loyal log --operation {}", earlier->id.value)));
      if (earlier->undone_by)
        throw Error(
            Fault::conflict,
            tr("key \"{}\" belongs to operation {}, which was undone since", visible(context.key), earlier->id.value),
            tr("use a new key"));
      replayed_ = earlier->id;
      return;
    }
  }
  header_ = {context.now,           context.wall_time, std::move(verb), context.key, std::move(input_digest),
             context.operator_name, context.till,      undoes};
  journal_.emplace(context.store, header_);
}

void Operation::undoes(OperationId undone) {
  if (!journal_->is_empty()) throw std::logic_error("an operation that has written already");
  is_undo_ = true;
  header_.undoes = undone;
  journal_.emplace(context_.store, header_);
}

OperationId Operation::write_before(OperationId undone, const std::function<void(store::Journal&)>& write) {
  if (!journal_->is_empty()) throw std::logic_error("an operation that has written already");
  store::OperationHeader header = header_;
  header.key.clear();
  header.undoes = undone;
  store::Journal journal(context_.store, std::move(header));
  write(journal);
  journal.finish();
  journal_.emplace(context_.store, header_);
  return journal.id();
}

void Operation::commit() {
  if (context_.dry_run) {
    transaction_.reset();
    return;
  }
  // An undo takes back documents too, which may have moved no points.
  if (!journal_->is_empty() || is_undo_) journal_->finish();
  transaction_->commit();
}

}  // namespace loyal::service
