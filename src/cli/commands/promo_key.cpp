// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/service/vouchers.hpp"

namespace loyal::cli {

void declare_promo_key(Verb& verb) {
  verb.describes(
      N_("Prints the public key by which a till without the store checks the company's vouchers. It opens nothing: "
         "whoever has it can check vouchers and make none."));
  verb.example("loyal promo key -o vouchers.key");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([](Session& session) { session.page(service::voucher_key(session.reading())); });
}

}  // namespace loyal::cli
