// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/command_table.hpp"
#include "loyal/cli/commands.hpp"

namespace loyal::cli {

const std::vector<NounEntry>& noun_table() {
  static const std::vector<NounEntry> table = {
      {"store", N_("the file that holds everything: make, look at, back up, restore"), nullptr},
      {"company", N_("the companies whose cards these are"), nullptr},
      {"shop", N_("a company's shops and their tills"), nullptr},
      {"program", N_("what a card holds, how it is earned, what it gives"), nullptr},
      {"customer", N_("the people who hold cards"), nullptr},
      {"card", N_("issue cards, give them to customers, ask for their balance"), nullptr},
      {"sale", N_("purchases: price, post, return, list"), "transaction"},
      {"points", N_("grant, correct and list points"), nullptr},
      {"reward", N_("what is given for points: list it, stock it, give it"), nullptr},
      {"tier", N_("who stands on which step, and what is missing to the next"), nullptr},
      {"fund", N_("funds that a company gives to, and the money put aside for them"), nullptr},
      {"code", N_("barcodes: on the screen, and sheets for printing"), nullptr},
      {"import", N_("take customers and sales from tables"), nullptr},
      {"export", N_("give everything to accountants and other programs"), nullptr},
      {"report", N_("what is owed to card holders, was given away, or is owed among partners"), nullptr},
  };
  return table;
}

const std::vector<VerbEntry>& verb_table() {
  static const std::vector<VerbEntry> table = {
      {"store", "init", N_("make a store"), declare_init},
      {"store", "info", N_("tell what the store holds"), declare_store_info},
      {"store", "backup", N_("copy the store to a file"), declare_store_backup},
      {"store", "restore", N_("put a backup in the place of the store"), declare_store_restore},
      {"store", "migrate", N_("bring an older store up to date"), declare_store_migrate},
      {"company", "add", N_("register a company"), declare_company_add},
      {"company", "list", N_("list the companies"), declare_company_list},
      {"company", "show", N_("show a company with its shops"), declare_company_show},
      {"company", "edit", N_("change what is kept of a company"), declare_company_edit},
      {"company", "confirm", N_("say that a registration has been checked"), declare_company_confirm},
      {"shop", "add", N_("open a shop"), declare_shop_add},
      {"shop", "list", N_("list the shops"), declare_shop_list},
      {"program", "add", N_("open a card program of a common kind"), declare_program_add},
      {"program", "apply", N_("open or change a program by its text"), declare_program_apply},
      {"program", "check", N_("run the tests in a program's text"), declare_program_check},
      {"program", "list", N_("list the card programs"), declare_program_list},
      {"program", "show", N_("show a program's rules"), declare_program_show},
      {"program", "replay", N_("make past purchases again under changed rules"), declare_program_replay},
      {"customer", "add", N_("add a customer"), declare_customer_add},
      {"customer", "list", N_("list or find customers"), declare_customer_list},
      {"customer", "show", N_("show a customer with cards and consents"), declare_customer_show},
      {"customer", "edit", N_("change what is kept of a customer"), declare_customer_edit},
      {"customer", "merge", N_("make two records of one person one"), declare_customer_merge},
      {"card", "issue", N_("issue one card or thousands"), declare_card_issue},
      {"card", "assign", N_("give a card to a customer"), declare_card_assign},
      {"card", "list", N_("list the cards"), declare_card_list},
      {"card", "show", N_("show a card with its points"), declare_card_show},
      {"card", "balance", N_("say what a card holds"), declare_card_balance},
      {"card", "explain", N_("say why a card holds what it holds"), declare_card_explain},
      {"card", "block", N_("block a lost card"), declare_card_block},
      {"card", "unblock", N_("let a blocked card earn and spend again"), declare_card_unblock},
      {"card", "choose", N_("choose a month's categories for a card"), declare_card_choose},
      {"card", "pin", N_("set or clear the PIN of a gift card"), declare_card_pin},
      {"card", "replace", N_("give another card in the place of a lost one"), declare_card_replace},
      {"card", "top-up", N_("sell visits, a ticket, paid time or money onto a card"), declare_card_top_up},
      {"card", "present", N_("show a charity card without a purchase"), declare_card_present},
      {"card", "use", N_("let the holder of a pass or a ticket in"), declare_card_use},
      {"card", "freeze", N_("put a pass aside for some days"), declare_card_freeze},
      {"card", "door", N_("list who may come in"), declare_card_door},
      {"sale", "add", N_("record a purchase"), declare_sale_add},
      {"sale", "quote", N_("say what a purchase would cost and bring"), declare_sale_quote},
      {"sale", "reserve", N_("hold what a purchase would take, for fifteen minutes"), declare_sale_reserve},
      {"sale", "commit", N_("post a purchase that was reserved"), declare_sale_commit},
      {"sale", "release", N_("give up a purchase that was reserved"), declare_sale_release},
      {"sale", "return", N_("take goods back"), declare_sale_return},
      {"sale", "void", N_("take a sale of today back whole"), declare_sale_void},
      {"sale", "list", N_("list purchases"), declare_sale_list},
      {"sale", "show", N_("show a purchase with its lines and returns"), declare_sale_show},
      {"points", "grant", N_("give points"), declare_points_grant},
      {"points", "adjust", N_("correct a balance"), declare_points_adjust},
      {"points", "transfer", N_("move points to another card"), declare_points_transfer},
      {"points", "convert", N_("change points for those of another program"), declare_points_convert},
      {"points", "list", N_("list the entries of the ledger"), declare_points_list},
      {"points", "expiring", N_("list points whose last day is near"), declare_points_expiring},
      {"reward", "list", N_("list the rewards, and which a card can take now"), declare_reward_list},
      {"reward", "stock", N_("put rewards into the stock, or take some out"), declare_reward_stock},
      {"reward", "redeem", N_("give a reward without a purchase"), declare_reward_redeem},
      {"tier", "list", N_("list the cards with their tiers"), declare_tier_list},
      {"tier", "preview", N_("say whose tier would change"), declare_tier_preview},
      {"tier", "pin", N_("give a card a tier until a day"), declare_tier_pin},
      {"fund", "add", N_("add a fund"), declare_fund_add},
      {"fund", "list", N_("list the funds with what each was given"), declare_fund_list},
      {"fund", "top-up", N_("put money aside for a charity program"), declare_fund_top_up},
      {"fund", "payout", N_("record that a fund was paid"), declare_fund_payout},
      {"code", "show", N_("show a card's symbol on the terminal"), declare_code_show},
      {"code", "sheet", N_("print labels for cards as a PDF"), declare_code_sheet},
      {"import", "customers", N_("add the people of a table"), declare_import_customers},
      {"import", "sales", N_("post the purchases of a table"), declare_import_sales},
      {"export", "all", N_("write everything into a folder of tables"), declare_export_all},
      {"export", "xlsx", N_("write the accountant's workbook"), declare_export_xlsx},
      {"export", "1c", N_("write what 1C loads: purchases, returns, cards, points"), declare_export_1c},
      {"report", "liability", N_("say what is owed to those who hold cards"), declare_report_liability},
      {"report", "discounts", N_("say what was given away in discounts"), declare_report_discounts},
      {"report", "donations", N_("say what was given away, by fund and month"), declare_report_donations},
      {"report", "settlement", N_("say who owes whom for points of a club"), declare_report_settlement},
      {"report", "partners", N_("say what each company of a club does in it"), declare_report_partners},
      {"", "init", N_("make a store"), declare_init},
      {"", "nightly", N_("do the night's work: give and expire points"), declare_nightly},
      {"", "undo", N_("take an operation back"), declare_undo},
      {"", "log", N_("list the operations: what was done, when and by whom"), declare_log},
      {"", "doctor", N_("prove that the store is whole"), declare_doctor},
      {"", "config", N_("show the settings, and where each comes from"), declare_config},
      {"", "completion", N_("print the script that completes commands in a shell"), declare_completion},
      {"", "help", N_("explain a command or a topic"), declare_help},
      {"", "version", N_("print the version"), declare_version},
  };
  return table;
}

CommandTable command_table() {
  return {noun_table(), verb_table()};
}

}  // namespace loyal::cli
