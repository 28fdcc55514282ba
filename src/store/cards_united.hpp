// SPDX-License-Identifier: MIT
#pragma once

/// Begins a query whose $1 is a card: `united` holds it and the cards whose place it took.
#define CARDS_UNITED                                                                                               \
  "with recursive united (id) as (select $1 union select link.card_id from live_card_link as link join united on " \
  "link.into_card_id = united.id) "
