// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/password.hpp"
#include "loyal/service/import_table.hpp"
#include "loyal/service/promo_codes.hpp"

namespace loyal::service {

/// The codes that a campaign is to have: made by a pattern, words, or one that is given.
struct PromoCodesRequest {
  std::int64_t count = 0;
  std::string pattern;                ///< empty: the campaign's name and as many symbols as it takes
  std::string alphabet;               ///< empty: code_alphabet
  std::optional<std::string> shared;  ///< one code for everybody, as given
  std::optional<domain::PasswordLanguage> password;
  bool is_secret = false;      ///< the store keeps only what the codes are recognised by
  bool is_signed = false;      ///< each can be checked by a till without the store
  std::string customer;        ///< the only one who may use them
  bool each_customer = false;  ///< one for every customer who holds a card
};

struct CampaignRequest {
  std::string name;
  std::string program;  ///< slug; empty: for all cards of the company
  std::string points;   ///< of an effect in points, as typed: read by the program's unit
  domain::PromoTerms terms;
  PromoCodesRequest codes;
};

/// A code as it was made, for whoever hands it out.
struct MadeCode {
  std::string shown;
  std::string customer;  ///< the name of the only one who may use it
};

struct CampaignReceipt {
  store::Campaign campaign;
  domain::PromoTerms terms;
  std::int64_t codes = 0;
  std::vector<MadeCode> made;  ///< not of a replayed operation: secret codes are shown once
  bool is_secret = false;
  OperationId operation;
  bool is_replayed = false;
};

/// Opens a campaign and makes its codes. Error{usage} for terms that contradict one another and for codes that could be
/// guessed, before anything is written.
CampaignReceipt create_campaign(const Context& context, const CampaignRequest& request);

/// The campaign of that name, however it is written; else Error{not_found} that tells which there are.
store::Campaign find_campaign(const Context& context, const std::string& text);

/// A campaign with what its uses come to.
struct CampaignState {
  store::Campaign campaign;
  domain::PromoTerms terms;
  domain::Unit unit;
  std::string program_slug;  ///< empty: all of the company
  std::int64_t codes = 0;
  std::int64_t uses = 0;
  Money discount;
  enum class Phase { before, running, over, used_up, revoked } phase = Phase::running;
};
CampaignState campaign_state(const Context& context, const store::Campaign& campaign);
std::vector<CampaignState> campaign_states(const Context& context);

/// Gives a campaign more time, or more uses; Error{refused} for less than it has.
struct ExtendRequest {
  std::string campaign;
  std::optional<Date> until;
  std::optional<std::int64_t> uses;
  std::string reason;
};
struct CampaignChanged {
  store::Campaign campaign;  ///< as it stands now
  std::string code;          ///< of a revoked code, as shown
  OperationId operation;
  bool is_replayed = false;
};
CampaignChanged extend_campaign(const Context& context, const ExtendRequest& request);

/// Ends a campaign, or (with `code`) one of its codes; what was used stays.
struct RevokeRequest {
  std::string campaign;  ///< may be empty with a code
  std::string code;
  std::string reason;
};
CampaignChanged revoke_campaign(const Context& context, const RevokeRequest& request);

/// Takes codes that were made elsewhere into a campaign; one that is there already is passed over.
TableReceipt import_promo_codes(const Context& context, const TableImport& request, const std::string& campaign,
                                const ImportNote& note, const ImportProgress& progress);
/// The fields of such a table and their usual headings.
const std::vector<ImportField>& promo_code_fields();

}  // namespace loyal::service
