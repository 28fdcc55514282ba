// SPDX-License-Identifier: MIT
#include "loyal/cli/history_options.hpp"

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/verb.hpp"

namespace loyal::cli {

void declare_history_options(Verb& verb, HistoryOptions& options) {
  verb.flag("--as-of", options.as_of, Value::date, N_("as of the end of this day, by all that is known now"));
  declare_known_at(verb, options);
}

void declare_known_at(Verb& verb, HistoryOptions& options) {
  verb.flag("--known-at", options.known_at, Value::operation,
            N_("as this operation left it: what came later, undoing too, is not yet known"));
}

bool is_today(const HistoryOptions& options) {
  return options.as_of.empty() && !options.known_at;
}

OperationId known_at(const HistoryOptions& options) {
  if (options.known_at && *options.known_at < 1)
    throw Error(Fault::not_found, tr("there is no operation {}", *options.known_at), "loyal log");
  return {options.known_at.value_or(0)};
}

}  // namespace loyal::cli
