// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/store/journal.hpp"

namespace loyal {
using CampaignId = Id<struct CampaignTag>;
using PromoBatchId = Id<struct PromoBatchTag>;
}  // namespace loyal

namespace loyal::store {

/// A promo campaign as it stands: its terms are those of its first day, with what was changed since.
struct Campaign {
  CampaignId id;
  OperationId operation;
  CompanyId company;
  ProgramId program;  ///< none: for the cards of all programs of the company
  std::string slug;
  std::string terms;  ///< format::read_promo_terms reads them
  bool is_revoked = false;
  std::optional<Date> until;         ///< the last day that it was extended to
  std::optional<std::int64_t> uses;  ///< the most uses that it was extended to
};

CampaignId add_campaign(Journal& journal, const Campaign& campaign);
std::optional<Campaign> campaign(Database& database, CampaignId id);
/// The newest live campaign of that name.
std::optional<Campaign> campaign_named(Database& database, std::string_view slug);
std::optional<Campaign> campaign_of_operation(Database& database, OperationId operation);
/// The live campaigns in the order in which they were made.
std::vector<Campaign> campaigns(Database& database);

/// A change of a campaign, or of one of its codes.
struct CampaignChange {
  CampaignId campaign;
  std::string kind;  ///< extend, revoke
  std::string code;  ///< folded; of a revoke: only this code
  std::optional<Date> until;
  std::optional<std::int64_t> uses;
  std::string reason;
};
void add_campaign_change(Journal& journal, const CampaignChange& change);
std::optional<CampaignChange> campaign_change_of_operation(Database& database, OperationId operation);
bool is_code_revoked(Database& database, CampaignId campaign, std::string_view code);

/// Codes that were made or taken in together.
struct PromoBatch {
  PromoBatchId id;
  CampaignId campaign;
  std::string pattern, alphabet;  ///< empty: codes that were not made by a pattern
  std::int64_t codes = 0;
  bool is_secret = false;  ///< the store keeps only what the codes are recognised by
  bool is_signed = false;  ///< each is printed as a voucher that can be checked without the store
};

/// A code as it is looked up.
struct PromoCode {
  std::string value;    ///< folded; of a secret one: its hash
  CustomerId customer;  ///< the only one who may use it; none: anybody
  std::string shown;    ///< as printed, where no pattern says so; empty for secret ones

  friend bool operator==(const PromoCode&, const PromoCode&) = default;
};

/// Asked for another code where one is taken.
using PromoCodeMaker = std::function<PromoCode(const PromoCode& taken)>;

/// Writes a batch with its codes, in order of their values; one that any code of the store already has is made again by
/// `another`. `codes` holds what was written when it returns.
PromoBatchId add_promo_batch(Journal& journal, const PromoBatch& batch, std::vector<PromoCode>& codes,
                             const PromoCodeMaker& another);

/// A code, and the live batch and campaign that it is of.
struct FoundPromoCode {
  PromoCode code;
  PromoBatch batch;
};
std::optional<FoundPromoCode> promo_code(Database& database, std::string_view value);
/// Whether a promo code has this value, an undone one included.
bool is_promo_code(Database& database, std::string_view value);
/// Whether anything in the store has this code: a card, or a promo code, undone ones included.
bool is_code_taken(Database& database, std::string_view value);
std::vector<PromoBatch> promo_batches(Database& database, CampaignId campaign);
/// The patterns that live batches were made by, each once.
std::vector<PromoBatch> promo_patterns(Database& database);
bool has_secret_codes(Database& database);
/// The codes of a campaign with the times that each was used, in order of batches and values.
void each_promo_code(
    Database& database, CampaignId campaign,
    const std::function<void(const PromoBatch&, const PromoCode&, std::int64_t uses, bool is_revoked)>& take);

/// What the store keeps of a secret code: slow to make, so that whoever has the file does not guess it in an evening,
/// and the same for the same code, so that it can be looked up.
std::string secret_code_value(Database& database, std::string_view folded);

/// The keys by which a company signs its vouchers.
struct SigningKey {
  CompanyId company;
  Blob public_key, secret_key;
};
std::optional<SigningKey> signing_key(Database& database, CompanyId company);
void add_signing_key(Database& database, const SigningKey& key);

/// What doctor holds a batch's codes against.
Blob promo_codes_digest(std::span<const PromoCode> codes);

}  // namespace loyal::store
