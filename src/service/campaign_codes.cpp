// SPDX-License-Identifier: MIT
#include "campaign_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/promo_pattern.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/vouchers.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/random.hpp"

namespace loyal::service {
namespace {

constexpr std::int64_t codes_max = 10'000'000;
/// A secret code takes a tenth of a second to make.
constexpr std::int64_t secret_codes_max = 10'000;
constexpr int draws_max = 10'000;

std::uint64_t guesses_for(const domain::PromoTerms& terms) {
  return terms.effect.kind == domain::PromoEffect::Kind::percent ? domain::guesses_for_percent
                                                                 : domain::guesses_for_money;
}

std::string alphabet_of(const PromoCodesRequest& request) {
  return request.alphabet.empty() ? std::string(domain::code_alphabet) : request.alphabet;
}

/// The campaign's name, where a till can type it, and as many symbols as its codes need.
std::string usual_pattern(const std::string& name, const std::string& alphabet, std::uint64_t count,
                          std::uint64_t guesses) {
  constexpr std::size_t name_longest = 10;
  const bool is_typed = name.size() <= name_longest && std::all_of(name.begin(), name.end(), [](unsigned char byte) {
                          return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z');
                        });
  std::string pattern = is_typed ? name + "-****-****" : "****-****";
  while (domain::PromoPattern(pattern, alphabet).capacity() / guesses < count &&
         pattern.size() < domain::pattern_length_max)
    pattern += '*';
  return pattern;
}

std::vector<std::pair<CustomerId, std::string>> holders(const Context& context, const PromoCodesRequest& request,
                                                        const store::Campaign& campaign) {
  std::vector<std::pair<CustomerId, std::string>> result;
  if (!request.customer.empty()) {
    const store::Customer customer = find_customer(context.store, request.customer);
    result.assign(static_cast<std::size_t>(std::max<std::int64_t>(1, request.count)), {customer.id, customer.name});
    return result;
  }
  std::set<CustomerId> seen;
  store::CardFilter filter;
  filter.program = campaign.program;
  filter.state = "active";
  store::each_card(context.store, filter, {}, [&](const store::CardListing& listing) {
    const auto customer = store::customer(context.store, listing.card.customer);
    if (customer && customer->company == campaign.company && seen.insert(customer->id).second)
      result.emplace_back(customer->id, customer->name);
  });
  if (result.empty())
    throw Error(Fault::refused, tr("no customer holds a card that the campaign is for"), "loyal card list");
  return result;
}

/// Makes codes one by one, as the store keeps them and as they are shown.
class Mint {
 public:
  Mint(const Context& context, const PromoCodesRequest& request, const store::Campaign& campaign, std::uint64_t guesses,
       std::uint64_t count)
      : context_(context), request_(request) {
    if (request.password) {
      words_ = domain::words_needed(count, guesses);
    } else if (!request.shared) {
      const std::string alphabet = alphabet_of(request);
      pattern_.emplace(
          request.pattern.empty() ? usual_pattern(campaign.slug, alphabet, count, guesses) : request.pattern, alphabet);
      domain::require_unguessable(*pattern_, count, guesses);
    }
  }

  const std::optional<domain::PromoPattern>& pattern() const { return pattern_; }

  /// A code for this customer, and what is to be told of it.
  store::PromoCode make(CustomerId customer) {
    std::string folded;
    std::string shown;
    for (int draw = 0;; ++draw) {
      if (draw == draws_max)
        throw Error(Fault::usage, tr("every code of “{}” would spell a word that no shop prints", request_.pattern),
                    tr("choose another beginning"));
      if (pattern_) {
        folded = pattern_->choose(below_);
      } else {
        shown = request_.shared ? *request_.shared : domain::choose_password(*request_.password, words_, below_);
        folded = domain::fold_code(shown);
      }
      if (domain::is_decent(folded)) break;
    }
    if (!request_.is_secret) return {folded, customer, shown};
    shown_of_secret_.emplace_back(store::secret_code_value(context_.store, folded),
                                  pattern_ ? pattern_->shown(folded) : shown);
    return {shown_of_secret_.back().first, customer, {}};
  }

  std::string shown(const store::PromoCode& code) const {
    for (const auto& [value, text] : shown_of_secret_)
      if (value == code.value) return text;
    return code.shown.empty() ? pattern_->shown(code.value) : code.shown;
  }

 private:
  const Context& context_;
  const PromoCodesRequest& request_;
  store::RandomNumbers random_;
  domain::Chooser below_ = [this](std::uint32_t bound) { return random_.below(bound); };
  std::optional<domain::PromoPattern> pattern_;
  int words_ = 0;
  std::vector<std::pair<std::string, std::string>> shown_of_secret_;
};

/// A code that people are given in so many words.
void require_free(const Context& context, const std::string& shared) {
  constexpr std::size_t longest = 40;
  const std::string folded = domain::fold_code(shared);
  if (folded.empty() || folded.size() > longest || tidy_name(shared) != shared || visible(shared) != shared)
    throw Error(Fault::usage,
                tr("\"{}\" is no code: letters and digits are, at most {} bytes", visible(shared), longest));
  if (!domain::is_decent(folded))
    throw Error(Fault::usage, tr("\"{}\" would spell a word that no shop prints", visible(shared)));
  if (store::is_code_taken(context.store, folded))
    throw Error(Fault::conflict, tr("\"{}\" is a code of this store already", visible(shared)), tr("choose another"));
}

}  // namespace

void make_codes(const Context& context, store::Journal& journal, const PromoCodesRequest& request,
                const domain::PromoTerms& terms, CampaignReceipt& receipt) {
  std::vector<std::pair<CustomerId, std::string>> people;
  if (!request.customer.empty() || request.each_customer) people = holders(context, request, receipt.campaign);
  const std::int64_t count = !people.empty() ? static_cast<std::int64_t>(people.size())
                                             : std::max<std::int64_t>(1, !request.shared ? request.count : 1);
  const std::int64_t most = request.is_secret ? secret_codes_max : codes_max;
  if (count > most) throw Error(Fault::usage, tr("{} codes are asked for; {} can be made at once", count, most));
  if (request.shared) require_free(context, *request.shared);
  if (request.is_signed && (request.is_secret || !request.customer.empty() || request.each_customer))
    throw Error(Fault::usage, tr("a voucher says by itself what it is: it is neither secret nor for one customer"));
  Mint mint(context, request, receipt.campaign, guesses_for(terms), static_cast<std::uint64_t>(count));

  std::vector<store::PromoCode> codes;
  codes.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i)
    codes.push_back(mint.make(people.empty() ? CustomerId{} : people[static_cast<std::size_t>(i)].first));
  store::PromoBatch batch;
  batch.campaign = receipt.campaign.id;
  batch.is_secret = request.is_secret;
  batch.is_signed = request.is_signed;
  if (request.is_signed) require_signing_key(context, receipt.campaign.company);
  if (mint.pattern() && !request.is_secret) {
    batch.pattern = mint.pattern()->text();
    batch.alphabet = mint.pattern()->alphabet();
  }
  store::add_promo_batch(journal, batch, codes,
                         [&mint](const store::PromoCode& taken) { return mint.make(taken.customer); });
  receipt.codes = count;
  receipt.is_secret = request.is_secret;
  constexpr std::int64_t told = 20;
  if (count > told && !request.is_secret) return;
  for (const store::PromoCode& code : codes) {
    const auto person =
        std::find_if(people.begin(), people.end(), [&code](const auto& each) { return each.first == code.customer; });
    receipt.made.push_back({mint.shown(code), person == people.end() ? std::string{} : person->second});
  }
}

}  // namespace loyal::service
