// SPDX-License-Identifier: MIT
#pragma once

/// Of a reward's use as `used`: its goods have not all come back; those of a sale without lines are counted by the
/// kopeck.
#define REWARD_KEPT                                                                                                   \
  "(used.sale_id is null or coalesce((select sum(back.quantity) from live_return join sale_return_line as back on "   \
  "back.return_id = live_return.id where live_return.sale_id = used.sale_id and back.line = used.line), 0) < "        \
  "coalesce((select quantity from sale_line where sale_line.sale_id = used.sale_id and sale_line.line = used.line), " \
  "(select max(1, total) from sale where sale.id = used.sale_id)))"
