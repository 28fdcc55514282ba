// SPDX-License-Identifier: MIT
#include "loyal/store/promo.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "loyal/store/operation.hpp"

namespace loyal::store {
namespace {

#define CAMPAIGN_COLUMNS                                                                                           \
  "campaign.id, campaign.operation_id, campaign.company_id, campaign.program_id, campaign.slug, campaign.terms, "  \
  "exists (select 1 from live_campaign_change as change where change.campaign_id = campaign.id and change.kind = " \
  "'revoke' and change.code = ''), (select until from live_campaign_change as change where change.campaign_id = "  \
  "campaign.id and until is not null order by change.id desc limit 1), (select uses from live_campaign_change as " \
  "change where change.campaign_id = campaign.id and uses is not null order by change.id desc limit 1)"

Campaign read_campaign(const Statement& row) {
  Campaign result{
      row.id<CampaignId>(0), row.id<OperationId>(1), row.id<CompanyId>(2), row.id<ProgramId>(3), row.text(4),
      row.text(5),           row.boolean(6),         row.optional_date(7), std::nullopt};
  if (!row.is_null(8)) result.uses = row.integer(8);
  return result;
}

#define BATCH_COLUMNS \
  "batch.id, batch.campaign_id, batch.pattern, batch.alphabet, batch.codes, batch.secret, batch.signed"

PromoBatch read_batch(const Statement& row, int first = 0) {
  return {row.id<PromoBatchId>(first), row.id<CampaignId>(first + 1), row.text(first + 2),   row.text(first + 3),
          row.integer(first + 4),      row.boolean(first + 5),        row.boolean(first + 6)};
}

CampaignChange read_change(const Statement& row) {
  CampaignChange result{row.id<CampaignId>(0), row.text(1),  row.text(2),
                        row.optional_date(3),  std::nullopt, row.text(5)};
  if (!row.is_null(4)) result.uses = row.integer(4);
  return result;
}

/// The values of cards' codes that stand among these, which are in order.
std::set<std::string> cards_codes_among(Database& database, std::span<const PromoCode> codes) {
  std::set<std::string> result;
  Statement rows = database.prepare("select value from code where value between $1 and $2");
  rows.bind(codes.front().value, codes.back().value);
  while (rows.step()) {
    const auto place = std::ranges::lower_bound(codes, rows.text_view(0), {}, &PromoCode::value);
    if (place != codes.end() && place->value == rows.text_view(0)) result.insert(place->value);
  }
  return result;
}

}  // namespace

CampaignId add_campaign(Journal& journal, const Campaign& campaign) {
  return {journal.insert(History::campaign,
                         "insert into campaign (id, operation_id, company_id, program_id, slug, terms) values ($1, $2, "
                         "$3, $4, $5, $6)",
                         journal.id(), campaign.company, campaign.program, campaign.slug, campaign.terms)};
}

std::optional<Campaign> campaign(Database& database, CampaignId id) {
  Statement row = database.prepare("select " CAMPAIGN_COLUMNS " from live_campaign as campaign where campaign.id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_campaign(row)) : std::nullopt;
}

std::optional<Campaign> campaign_named(Database& database, std::string_view slug) {
  Statement row = database.prepare("select " CAMPAIGN_COLUMNS
                                   " from live_campaign as campaign where slug = $1 order by id desc limit 1");
  row.bind(slug);
  return row.step() ? std::optional(read_campaign(row)) : std::nullopt;
}

std::optional<Campaign> campaign_of_operation(Database& database, OperationId operation) {
  Statement row = database.prepare("select " CAMPAIGN_COLUMNS " from campaign where operation_id = $1");
  row.bind(operation);
  return row.step() ? std::optional(read_campaign(row)) : std::nullopt;
}

std::vector<Campaign> campaigns(Database& database) {
  std::vector<Campaign> result;
  Statement rows = database.prepare("select " CAMPAIGN_COLUMNS " from live_campaign as campaign order by id");
  rows.rewind();
  while (rows.step()) result.push_back(read_campaign(rows));
  return result;
}

void add_campaign_change(Journal& journal, const CampaignChange& change) {
  journal.insert(History::campaign_change,
                 "insert into campaign_change (id, operation_id, campaign_id, kind, code, until, uses, reason) values "
                 "($1, $2, $3, $4, $5, $6, $7, $8)",
                 journal.id(), change.campaign, change.kind, change.code, change.until, change.uses, change.reason);
}

std::optional<CampaignChange> campaign_change_of_operation(Database& database, OperationId operation) {
  Statement row = database.prepare(
      "select campaign_id, kind, code, until, uses, reason from campaign_change where operation_id = $1");
  row.bind(operation);
  return row.step() ? std::optional(read_change(row)) : std::nullopt;
}

bool is_code_revoked(Database& database, CampaignId campaign, std::string_view code) {
  Statement row = database.prepare(
      "select 1 from live_campaign_change where campaign_id = $1 and kind = 'revoke' and code = $2 limit 1");
  row.bind(campaign, code);
  return row.step();
}

Blob promo_codes_digest(std::span<const PromoCode> codes) {
  Digest digest;
  for (const PromoCode& code : codes) {
    digest.add(code.value);
    digest.add(code.customer);
    digest.add(code.shown);
  }
  return digest.finish();
}

PromoBatchId add_promo_batch(Journal& journal, const PromoBatch& batch, std::vector<PromoCode>& codes,
                             const PromoCodeMaker& another) {
  Database& database = journal.database();
  // In order of the key, so that the tree grows at one place and not at a random one for each code.
  std::ranges::sort(codes, {}, &PromoCode::value);
  const PromoBatchId id{journal.next_id(History::promo_batch)};
  std::set<std::string> of_cards = cards_codes_among(database, codes);
  std::vector<std::size_t> taken;
  Statement insert = database.prepare(
      "insert into promo_code (value, batch_id, customer_id, shown) values ($1, $2, $3, $4) on conflict do nothing");
  const auto write = [&](const PromoCode& code) {
    insert.bind(code.value, id, code.customer, code.shown);
    insert.run();
    return database.changes() > 0;
  };
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (of_cards.contains(codes[i].value) || !write(codes[i])) taken.push_back(i);
  for (const std::size_t i : taken) {
    do codes[i] = another(codes[i]);
    while (is_code_taken(database, codes[i].value) || !write(codes[i]));
  }
  if (!taken.empty()) std::ranges::sort(codes, {}, &PromoCode::value);
  journal.insert(
      History::promo_batch,
      "insert into promo_batch (id, operation_id, campaign_id, pattern, alphabet, codes, secret, signed, digest) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      journal.id(), batch.campaign, batch.pattern, batch.alphabet, static_cast<std::int64_t>(codes.size()),
      batch.is_secret, batch.is_signed, promo_codes_digest(codes));
  return id;
}

std::optional<FoundPromoCode> promo_code(Database& database, std::string_view value) {
  Statement row = database.prepare("select promo_code.value, customer_id, shown, " BATCH_COLUMNS
                                   " from promo_code join live_promo_batch as batch on batch.id = promo_code.batch_id "
                                   "where promo_code.value = $1");
  row.bind(value);
  if (!row.step()) return std::nullopt;
  return FoundPromoCode{{row.text(0), row.id<CustomerId>(1), row.text(2)}, read_batch(row, 3)};
}

bool is_promo_code(Database& database, std::string_view value) {
  Statement row = database.prepare("select 1 from promo_code where value = $1");
  row.bind(value);
  return row.step();
}

bool is_code_taken(Database& database, std::string_view value) {
  Statement row = database.prepare(
      "select 1 from code where value = $1 union all select 1 from promo_code where value = $1 limit 1");
  row.bind(value);
  return row.step();
}

std::string secret_code_value(Database& database, std::string_view folded) {
  std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
  const Blob key = digest_key(database);
  crypto_generichash(salt.data(), salt.size(), key.data(), key.size(), nullptr, 0);
  std::array<unsigned char, 16> hash{};
  constexpr std::size_t memory_bytes = std::size_t{8} << 20;
  if (crypto_pwhash(hash.data(), hash.size(), folded.data(), folded.size(), salt.data(),
                    crypto_pwhash_OPSLIMIT_MODERATE, memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::runtime_error("no memory for the hash of a code");
  std::string value = "#";
  for (const unsigned char byte : hash) value += fmt::format("{:02x}", byte);
  return value;
}

std::vector<PromoBatch> promo_batches(Database& database, CampaignId campaign) {
  std::vector<PromoBatch> result;
  Statement rows =
      database.prepare("select " BATCH_COLUMNS " from live_promo_batch as batch where campaign_id = $1 order by id");
  rows.bind(campaign);
  while (rows.step()) result.push_back(read_batch(rows));
  return result;
}

std::vector<PromoBatch> promo_patterns(Database& database) {
  std::vector<PromoBatch> result;
  Statement rows = database.prepare("select " BATCH_COLUMNS
                                    " from live_promo_batch as batch where pattern <> '' group by pattern, alphabet");
  rows.rewind();
  while (rows.step()) result.push_back(read_batch(rows));
  return result;
}

bool has_secret_codes(Database& database) {
  Statement row = database.prepare("select 1 from live_promo_batch where secret = 1 limit 1");
  row.rewind();
  return row.step();
}

void each_promo_code(
    Database& database, CampaignId campaign,
    const std::function<void(const PromoBatch&, const PromoCode&, std::int64_t uses, bool is_revoked)>& take) {
  for (const PromoBatch& batch : promo_batches(database, campaign)) {
    Statement rows = database.prepare(
        "select value, customer_id, shown, (select count(*) from standing_promo_use as used where used.code = "
        "promo_code.value), exists (select 1 from live_campaign_change as change where change.campaign_id = $1 and "
        "change.kind = 'revoke' and change.code = promo_code.value) from promo_code where batch_id = $2 order by "
        "value");
    rows.bind(campaign, batch.id);
    while (rows.step())
      take(batch, {rows.text(0), rows.id<CustomerId>(1), rows.text(2)}, rows.integer(3), rows.boolean(4));
  }
}

std::optional<SigningKey> signing_key(Database& database, CompanyId company) {
  Statement row = database.prepare("select public_key, secret_key from signing_key where company_id = $1");
  row.bind(company);
  return row.step() ? std::optional(SigningKey{company, row.blob(0), row.blob(1)}) : std::nullopt;
}

void add_signing_key(Database& database, const SigningKey& key) {
  database.prepare("insert into signing_key (company_id, public_key, secret_key) values ($1, $2, $3)")
      .bind(key.company, key.public_key, key.secret_key)
      .run();
}

}  // namespace loyal::store
