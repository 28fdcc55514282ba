// SPDX-License-Identifier: MIT
#pragma once

/// Rows of operations up to one, and not undone by then; without one, rows that stand.
#define KNOWN_AT(table, operation)                                                                               \
  "(" operation " is null or " table ".operation_id <= " operation                                               \
  ") and not exists (select 1 from operation as undo where undo.undoes = " table ".operation_id and (" operation \
  " is null or undo.id <= " operation "))"
