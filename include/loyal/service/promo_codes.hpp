// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/domain/promo.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/promo.hpp"
#include "loyal/store/promo_use.hpp"

namespace loyal::service {

/// A code that is not accepted. What is unknown, revoked, or for somebody else is answered alike, so that nobody learns
/// codes by trying; the store keeps which it was.
class PromoRefused : public Error {
 public:
  PromoRefused(std::string typed, std::string outcome);
  const std::string& typed() const { return typed_; }
  const std::string& outcome() const { return outcome_; }

 private:
  std::string typed_, outcome_;
};

/// A promo code that was found.
struct PromoInUse {
  store::Campaign campaign;
  store::PromoBatch batch;
  std::string value;       ///< as promo_code has it
  CustomerId customer;     ///< the only one who may use it
  domain::PromoCode code;  ///< as it is shown, and what it does
};

/// The terms of a campaign as they stand: with what it was extended to.
domain::PromoTerms terms_of(Rules& rules, const store::Campaign& campaign);
/// A code as people see it: with its pattern's dashes; of a secret one, the campaign's name.
std::string shown_code(const store::Campaign& campaign, const store::PromoBatch& batch, const store::PromoCode& code);

/// How a code is given: typed by somebody, or as the store itself kept it.
enum class CodeForm { typed, stored };

/// The code that was typed, however it was; nothing where the store has none like it.
std::optional<store::FoundPromoCode> look_up_promo(store::Database& database, const std::string& text,
                                                   CodeForm form = CodeForm::typed);
/// The same with its campaign; PromoRefused for one that is mistyped, unknown or revoked.
PromoInUse find_promo(const Context& context, Rules& rules, const std::string& text, CodeForm form = CodeForm::typed);
/// PromoRefused for a code of another company, another program, or another customer.
void require_own(const PromoInUse& promo, const std::string& typed, CompanyId company, ProgramId program,
                 CustomerId customer);

/// Error{refused} while a till that gave many wrong codes has to wait.
void require_tries_left(const Context& context, const std::string& till);
/// Writes a refused code down, in a transaction of its own: nothing of the command that it was given to stays.
void note_attempt(const Context& context, const std::string& till, const PromoRefused& refused);

/// Does what takes a code from outside: not while the till has to wait, and with a wrong code written down.
template <class Work>
auto with_attempts(const Context& context, const std::string& till, Work&& work) {
  require_tries_left(context, till);
  try {
    return std::forward<Work>(work)();
  } catch (const PromoRefused& refused) {
    note_attempt(context, till, refused);
    throw;
  }
}

}  // namespace loyal::service
