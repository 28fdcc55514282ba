// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/cli/verb.hpp"

namespace loyal::cli {

// One line per verb, in the order of the table in src/cli/verb_table.cpp.
void declare_init(Verb& verb);
void declare_company_add(Verb& verb);
void declare_sale_add(Verb& verb);
void declare_sale_quote(Verb& verb);
void declare_sale_return(Verb& verb);
void declare_sale_void(Verb& verb);
void declare_sale_list(Verb& verb);
void declare_sale_show(Verb& verb);
void declare_card_explain(Verb& verb);
void declare_points_grant(Verb& verb);
void declare_points_adjust(Verb& verb);
void declare_points_transfer(Verb& verb);
void declare_points_list(Verb& verb);
void declare_points_expiring(Verb& verb);
void declare_import_customers(Verb& verb);
void declare_import_sales(Verb& verb);
void declare_nightly(Verb& verb);
void declare_undo(Verb& verb);
void declare_company_list(Verb& verb);
void declare_company_show(Verb& verb);
void declare_company_edit(Verb& verb);
void declare_company_confirm(Verb& verb);
void declare_shop_add(Verb& verb);
void declare_shop_list(Verb& verb);
void declare_program_add(Verb& verb);
void declare_program_apply(Verb& verb);
void declare_program_check(Verb& verb);
void declare_program_list(Verb& verb);
void declare_program_show(Verb& verb);
void declare_store_info(Verb& verb);
void declare_store_backup(Verb& verb);
void declare_store_restore(Verb& verb);
void declare_store_migrate(Verb& verb);
void declare_log(Verb& verb);
void declare_doctor(Verb& verb);
void declare_customer_add(Verb& verb);
void declare_customer_list(Verb& verb);
void declare_customer_show(Verb& verb);
void declare_customer_edit(Verb& verb);
void declare_customer_merge(Verb& verb);
void declare_card_issue(Verb& verb);
void declare_card_assign(Verb& verb);
void declare_card_list(Verb& verb);
void declare_card_show(Verb& verb);
void declare_card_balance(Verb& verb);
void declare_card_block(Verb& verb);
void declare_card_unblock(Verb& verb);
void declare_card_replace(Verb& verb);
void declare_tier_list(Verb& verb);
void declare_tier_preview(Verb& verb);
void declare_tier_pin(Verb& verb);
void declare_card_top_up(Verb& verb);
void declare_card_use(Verb& verb);
void declare_card_freeze(Verb& verb);
void declare_card_door(Verb& verb);
void declare_reward_list(Verb& verb);
void declare_reward_stock(Verb& verb);
void declare_reward_redeem(Verb& verb);
void declare_card_present(Verb& verb);
void declare_points_convert(Verb& verb);
void declare_fund_add(Verb& verb);
void declare_fund_list(Verb& verb);
void declare_fund_top_up(Verb& verb);
void declare_fund_payout(Verb& verb);
void declare_report_donations(Verb& verb);
void declare_report_settlement(Verb& verb);
void declare_report_partners(Verb& verb);
void declare_code_show(Verb& verb);
void declare_code_sheet(Verb& verb);
void declare_help(Verb& verb);
void declare_completion(Verb& verb);
void declare_config(Verb& verb);
void declare_version(Verb& verb);

}  // namespace loyal::cli
