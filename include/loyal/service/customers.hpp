// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/journal.hpp"

namespace loyal::service {

/// A person as typed.
struct CustomerRequest {
  std::string name, phone, email, birthday, tags, note;
  std::vector<std::string> consents;  ///< data, advertising, advertising:sms, sharing
  bool force = false;                 ///< take a phone that another customer has
};

/// What `customer edit` changes; an absent field stays, an empty one is emptied.
struct CustomerEdit {
  std::string customer;
  std::optional<std::string> name, phone, email, birthday, tags, note;
  bool force = false;
};

/// Checks what was typed and turns it into what is kept; Error{usage} names the field.
store::Customer checked_customer(const CustomerRequest& request, CompanyId company, Date today);

/// Reads kinds of consent as typed; Error{usage} for one that there is not. The customer is yet to be named.
std::vector<store::Consent> checked_consents(const Context& context, const std::vector<std::string>& texts);

/// Adds a checked customer; a phone that is taken is Error{conflict} unless forced.
store::Customer add_checked(store::Journal& journal, store::Customer customer, bool force);

store::Customer add_customer(const Context& context, const CustomerRequest& request);
store::Customer edit_customer(const Context& context, const CustomerEdit& edit);

/// Whether advertising may be sent: the newest word on that channel counts, else on advertising as a whole; without a
/// channel, whether any way stands open (38-FZ, article 18: only with prior consent).
bool agrees_to_advertising(const std::vector<store::Consent>& consents, const std::string& channel);

/// The customers whose name, phone or tags have the text, by name; all for an empty one. A phone is found however it is
/// written, and by a part of it.
void each_customer(store::Database& database, const std::string& text,
                   const std::function<void(const store::Customer&, std::int64_t cards)>& take);

}  // namespace loyal::service
