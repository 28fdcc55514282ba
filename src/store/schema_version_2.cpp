// SPDX-License-Identifier: MIT
#include "schema_version_2.hpp"

namespace loyal::store {

// What a history table of a later version adds to an operation has a default, so that older operations stay as they
// were hashed.
const char* const version_2 = R"sql(
create table card_link (
  id integer primary key,
  operation_id integer not null,
  card_id integer not null references card (id),
  into_card_id integer not null references card (id),
  kind text not null check (kind in ('replace', 'merge')),
  date text not null,
  check (card_id <> into_card_id)
) strict;
create index card_link_card on card_link (card_id);
create index card_link_into on card_link (into_card_id);
alter table operation add column card_link_to integer not null default 0;

create table sale_context (
  id integer primary key,
  operation_id integer not null,
  sale_id integer not null unique references sale (id),
  tier text not null default '',
  member text not null default '',
  offer text not null default '',
  first_purchase integer not null check (first_purchase in (0, 1)),
  chosen_categories text not null default '',
  subscriptions text not null default ''
) strict;

create table gift_payment (
  id integer primary key,
  operation_id integer not null,
  sale_id integer not null references sale (id),
  return_id integer references sale_return (id),
  line integer not null check (line > 0),
  card_id integer not null references card (id),
  amount integer not null check (amount <> 0 and (amount > 0) = (return_id is null))
) strict;
create index gift_payment_sale on gift_payment (sale_id);

create table reward_use (
  id integer primary key,
  operation_id integer not null,
  card_id integer not null references card (id),
  program_id integer not null references program (id),
  sale_id integer references sale (id),
  line integer,
  reward text not null check (reward <> ''),
  points integer not null check (points >= 0),
  value integer not null check (value >= 0),
  date text not null
) strict;
create index reward_use_card on reward_use (card_id);
create index reward_use_sale on reward_use (sale_id);
create index reward_use_reward on reward_use (program_id, reward);

create table reward_stock (
  id integer primary key,
  operation_id integer not null,
  program_id integer not null references program (id),
  reward text not null check (reward <> ''),
  pieces integer not null check (pieces <> 0),
  reason text not null default ''
) strict;
create index reward_stock_reward on reward_stock (program_id, reward);

create table visit (
  id integer primary key,
  operation_id integer not null,
  card_id integer not null references card (id),
  shop_id integer not null references shop (id),
  kind text not null check (kind in ('use', 'present', 'check_in')),
  list text not null default '',
  date text not null,
  time text not null,
  sale_id integer references sale (id)
) strict;
create index visit_card on visit (card_id);
create index visit_sale on visit (sale_id);

create table card_freeze (
  id integer primary key,
  operation_id integer not null,
  card_id integer not null references card (id),
  lot_id integer not null,
  ends integer references card_freeze (id),
  from_date text not null,
  through_date text not null,
  check (from_date <= through_date)
) strict;
create index card_freeze_card on card_freeze (card_id);

create table tier_pin (
  id integer primary key,
  operation_id integer not null,
  card_id integer not null references card (id),
  tier text not null,
  from_date text not null,
  until_date text not null,
  reason text not null default '',
  check (from_date <= until_date)
) strict;
create index tier_pin_card on tier_pin (card_id);

create table category_choice (
  id integer primary key,
  operation_id integer not null,
  card_id integer not null references card (id),
  month text not null,
  categories text not null check (categories <> '')
) strict;
create index category_choice_card on category_choice (card_id);

create table referral (
  id integer primary key,
  operation_id integer not null,
  card_id integer not null references card (id),
  by_card_id integer not null references card (id),
  date text not null,
  check (card_id <> by_card_id)
) strict;
create index referral_card on referral (card_id);
create index referral_by on referral (by_card_id);

create table reservation (
  id integer primary key,
  operation_id integer not null,
  kind text not null check (kind in ('reserve', 'commit', 'release')),
  reserves integer references reservation (id),
  held_with integer references reservation (id),
  card_id integer not null references card (id),
  points integer not null check (points >= 0),
  until text not null default '',
  request text not null default '',
  sale_id integer references sale (id),
  check ((reserves is null) = (kind = 'reserve'))
) strict;
create index reservation_card on reservation (card_id);
create index reservation_reserves on reservation (reserves) where reserves is not null;

create table account (
  id integer primary key,
  operation_id integer not null,
  program_id integer not null references program (id),
  fund_id integer,
  card_id integer not null unique references card (id)
) strict;
create index account_program on account (program_id);

create table settlement (
  id integer primary key,
  operation_id integer not null,
  program_id integer not null references program (id),
  from_entry integer not null,
  through_entry integer not null,
  through_date text not null
) strict;
create index settlement_program on settlement (program_id);

create table donation (
  id integer primary key,
  operation_id integer not null,
  program_id integer not null references program (id),
  fund_id integer not null references fund (id),
  card_id integer not null references card (id),
  sale_id integer references sale (id),
  date text not null,
  asked integer not null check (asked >= 0),
  amount integer not null check (amount between 0 and asked),
  cap integer check (cap > 0),
  short text not null check (short in ('', 'month_cap', 'empty_account'))
) strict;
create index donation_program on donation (program_id, date);
create index donation_card on donation (card_id);
create index donation_sale on donation (sale_id) where sale_id is not null;

create table export_mark (
  id integer primary key,
  operation_id integer not null,
  company_id integer not null references company (id),
  form text not null check (form <> ''),
  through_operation integer not null
) strict;

create table campaign (
  id integer primary key,
  operation_id integer not null,
  company_id integer not null references company (id),
  program_id integer references program (id),
  slug text not null check (slug <> ''),
  terms text not null check (terms <> '')
) strict;
create index campaign_slug on campaign (slug);

create table campaign_change (
  id integer primary key,
  operation_id integer not null,
  campaign_id integer not null references campaign (id),
  kind text not null check (kind in ('extend', 'revoke')),
  code text not null default '',
  until text,
  uses integer check (uses > 0),
  reason text not null default ''
) strict;
create index campaign_change_campaign on campaign_change (campaign_id);

create table promo_batch (
  id integer primary key,
  operation_id integer not null,
  campaign_id integer not null references campaign (id),
  pattern text not null default '',
  alphabet text not null default '',
  codes integer not null check (codes > 0),
  secret integer not null check (secret in (0, 1)),
  signed integer not null check (signed in (0, 1)),
  digest blob not null
) strict;
create index promo_batch_campaign on promo_batch (campaign_id);

create table promo_code (
  value text primary key check (value <> ''),
  batch_id integer not null,
  customer_id integer,
  shown text not null
) strict, without rowid;
create index promo_code_batch on promo_code (batch_id);
create index promo_code_customer on promo_code (customer_id) where customer_id is not null;

create table promo_use (
  id integer primary key,
  operation_id integer not null,
  campaign_id integer not null references campaign (id),
  code text not null check (code <> ''),
  kind text not null check (kind in ('use', 'hold', 'release')),
  releases integer references promo_use (id),
  card_id integer references card (id),
  customer_id integer,
  sale_id integer references sale (id),
  return_id integer,
  reservation_id integer references reservation (id),
  discount integer not null check (discount >= 0),
  points integer not null check (points >= 0),
  date text not null,
  check ((releases is null) = (kind <> 'release')),
  check ((reservation_id is null) = (kind <> 'hold'))
) strict;
create index promo_use_campaign on promo_use (campaign_id, date);
create index promo_use_code on promo_use (code);
create index promo_use_sale on promo_use (sale_id) where sale_id is not null;
create index promo_use_releases on promo_use (releases) where releases is not null;

create table signing_key (
  company_id integer primary key references company (id),
  public_key blob not null,
  secret_key blob not null
) strict;

create table promo_attempt (
  id integer primary key,
  at text not null,
  till text not null,
  operator text not null default '',
  typed text not null,
  outcome text not null check (outcome in ('mistyped', 'unknown', 'revoked', 'foreign'))
) strict;
create index promo_attempt_till on promo_attempt (till, at);
create table card_code (
  id integer primary key,
  operation_id integer not null,
  card_id integer not null references card (id),
  removes integer references card_code (id),
  symbology text not null default '',
  text text not null check (text <> ''),
  value text not null check (value <> '')
) strict;
create index card_code_card on card_code (card_id);
create index card_code_value on card_code (value);
create index card_code_removes on card_code (removes) where removes is not null;
alter table code add column state text not null default 'active' check (state in ('active', 'removed'));

create table fund (
  id integer primary key,
  company_id integer not null references company (id),
  slug text not null check (slug <> ''),
  name text not null check (name <> ''),
  name_key text not null,
  inn text not null default '',
  state text not null check (state in ('active', 'closed')),
  salt blob not null,
  unique (company_id, slug)
) strict;

create table card_pin (
  card_id integer primary key references card (id),
  hash text not null,
  wrong_tries integer not null default 0,
  locked_until text not null default ''
) strict;

create table company_look (
  company_id integer primary key references company (id),
  logo blob not null,
  color text not null,
  background text not null
) strict;

create table night (
  id integer primary key check (id = 1),
  earliest_end text
) strict;
insert into night (id) values (1);

alter table operation add column sale_context_to integer not null default 0;
alter table operation add column gift_payment_to integer not null default 0;
alter table operation add column reward_use_to integer not null default 0;
alter table operation add column reward_stock_to integer not null default 0;
alter table operation add column visit_to integer not null default 0;
alter table operation add column card_freeze_to integer not null default 0;
alter table operation add column tier_pin_to integer not null default 0;
alter table operation add column category_choice_to integer not null default 0;
alter table operation add column referral_to integer not null default 0;
alter table operation add column reservation_to integer not null default 0;
alter table operation add column account_to integer not null default 0;
alter table operation add column settlement_to integer not null default 0;
alter table operation add column donation_to integer not null default 0;
alter table operation add column export_mark_to integer not null default 0;
alter table operation add column campaign_to integer not null default 0;
alter table operation add column campaign_change_to integer not null default 0;
alter table operation add column promo_batch_to integer not null default 0;
alter table operation add column promo_use_to integer not null default 0;
alter table operation add column card_code_to integer not null default 0;

create index customer_birthday on customer (substr(birthday, 6)) where birthday is not null;
create index card_issued on card (program_id, issued_date);

create view live_card_link as
  select * from card_link where not exists (select 1 from operation as undo where undo.undoes = card_link.operation_id);
create view live_reward_use as
  select * from reward_use where not exists (select 1 from operation as undo where undo.undoes = reward_use.operation_id);
create view live_reward_stock as
  select * from reward_stock where not exists (select 1 from operation as undo where undo.undoes = reward_stock.operation_id);
create view live_visit as
  select * from visit where not exists (select 1 from operation as undo where undo.undoes = visit.operation_id);
create view live_card_freeze as
  select * from card_freeze where not exists (select 1 from operation as undo where undo.undoes = card_freeze.operation_id);
create view live_tier_pin as
  select * from tier_pin where not exists (select 1 from operation as undo where undo.undoes = tier_pin.operation_id);
create view live_category_choice as
  select * from category_choice where not exists (select 1 from operation as undo where undo.undoes = category_choice.operation_id);
create view live_referral as
  select * from referral where not exists (select 1 from operation as undo where undo.undoes = referral.operation_id);
create view live_reservation as
  select * from reservation where not exists (select 1 from operation as undo where undo.undoes = reservation.operation_id);
create view live_gift_payment as
  select * from gift_payment where not exists (select 1 from operation as undo where undo.undoes = gift_payment.operation_id);
create view live_account as
  select * from account where not exists (select 1 from operation as undo where undo.undoes = account.operation_id);
create view live_donation as
  select * from donation where not exists (select 1 from operation as undo where undo.undoes = donation.operation_id);
create view live_settlement as
  select * from settlement where not exists (select 1 from operation as undo where undo.undoes = settlement.operation_id);
create view live_card_code as
  select * from card_code where not exists (select 1 from operation as undo where undo.undoes = card_code.operation_id);
create view live_export_mark as
  select * from export_mark where not exists (select 1 from operation as undo where undo.undoes = export_mark.operation_id);
create view live_campaign as
  select * from campaign where not exists (select 1 from operation as undo where undo.undoes = campaign.operation_id);
create view live_campaign_change as
  select * from campaign_change where not exists (select 1 from operation as undo where undo.undoes = campaign_change.operation_id);
create view live_promo_batch as
  select * from promo_batch where not exists (select 1 from operation as undo where undo.undoes = promo_batch.operation_id);
create view live_promo_use as
  select * from promo_use where not exists (select 1 from operation as undo where undo.undoes = promo_use.operation_id);
create view standing_promo_use as
  select * from live_promo_use as used where kind = 'use'
    and not exists (select 1 from live_promo_use as back where back.releases = used.id);
)sql";

}  // namespace loyal::store
