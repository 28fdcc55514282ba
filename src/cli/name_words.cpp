// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

// What NameCell shows is looked up by these messages; they are here to be collected for translation.
[[maybe_unused]] constexpr const char* names[] = {N_("active"),
                                                  N_("pending"),
                                                  N_("closed"),
                                                  N_("blocked"),
                                                  N_("withdrawn"),
                                                  N_("retired"),
                                                  N_("merged"),
                                                  N_("erased"),
                                                  N_("bonus"),
                                                  N_("discount"),
                                                  N_("club"),
                                                  N_("charity"),
                                                  N_("stamp"),
                                                  N_("pass"),
                                                  N_("ticket"),
                                                  N_("gift"),
                                                  N_("subscription"),
                                                  N_("return"),
                                                  N_("void"),
                                                  N_("earn"),
                                                  N_("grant"),
                                                  N_("opening"),
                                                  N_("restore"),
                                                  N_("adjust"),
                                                  N_("spend"),
                                                  N_("clawback"),
                                                  N_("expire"),
                                                  N_("repay"),
                                                  N_("write_off"),
                                                  N_("reverse"),
                                                  N_("extend"),
                                                  N_("transfer"),
                                                  N_("debt"),
                                                  N_("expired"),
                                                  N_("data"),
                                                  N_("advertising"),
                                                  N_("sharing"),
                                                  N_("within_balance"),
                                                  N_("only_pending"),
                                                  N_("sale"),
                                                  N_("never"),
                                                  N_("opening_balance"),
                                                  N_("closing_balance"),
                                                  N_("deferred"),
                                                  N_("recognised"),
                                                  N_("accrued"),
                                                  N_("used"),
                                                  N_("estimate raised"),
                                                  N_("estimate lowered"),
                                                  N_("before"),
                                                  N_("running"),
                                                  N_("over"),
                                                  N_("used_up"),
                                                  N_("revoked"),
                                                  N_("with-card"),
                                                  N_("always"),
                                                  N_("mistyped"),
                                                  N_("unknown"),
                                                  N_("foreign")};

}  // namespace

format::Cell name_cell(std::string_view name) {
  return format::NameCell{std::string(name)};
}

}  // namespace loyal::cli
