// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/funds.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string program, fund, reason;
  Money amount;
};

format::Record record_of(const service::FundReceipt& receipt) {
  format::Record record;
  record.add("operation", tr("Operation"), receipt.operation.value);
  record.add("program", tr("Program"), receipt.program.slug);
  record.add("fund", tr("Fund"), text_or_absent(receipt.fund.slug));
  record.add("amount", tr("Amount"), money(receipt.amount));
  record.add("account", tr("Account"), money(receipt.account));
  record.add("left", tr("To pay out"), money(receipt.left));
  record.add("currency", std::string("RUB"));
  return record;
}

void fund_top_up(Session& session, const Options& options) {
  Writing writing(session);
  const auto receipt = service::top_up_account(writing.context(), options.program, options.amount, options.reason);
  writing.answer(tr("{} put aside for {}; the account holds {}", to_text(receipt.amount), receipt.program.slug,
                    to_text(receipt.account)),
                 record_of(receipt));
}

void fund_payout(Session& session, const Options& options) {
  Writing writing(session);
  const auto receipt =
      service::pay_fund(writing.context(), options.fund, options.amount, options.program, options.reason);
  writing.answer(tr("{} paid to {} for {}; {} left to pay", to_text(receipt.amount), receipt.fund.slug,
                    receipt.program.slug, to_text(receipt.left)),
                 record_of(receipt));
}

}  // namespace

void declare_fund_top_up(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Puts money onto the company's account of a charity program. What the cards give is taken from it; when it is "
         "empty, presentations are still counted, and give nothing."));
  verb.operand("AMOUNT", options.amount, Value::money, N_("how much"));
  verb.flag("--program", options.program, Value::program, N_("slug or title; the only charity program unless given"));
  verb.flag("--reason", options.reason, Value::text, N_("why, for the history"));
  verb.example("loyal fund top-up 10000 --program kind");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { fund_top_up(session, options); });
}

void declare_fund_payout(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Records that the company has paid a fund what its cards gave. After that the purchases whose donations were "
         "paid cannot be undone; a return leaves donations where they are in any case."));
  verb.operand("FUND", options.fund, Value::text, N_("slug or name of the fund"));
  verb.operand("AMOUNT", options.amount, Value::money, N_("how much"));
  verb.flag("--program", options.program, Value::program, N_("slug or title; the only charity program unless given"));
  verb.flag("--reason", options.reason, Value::text, N_("the payment order, for the history")).required();
  verb.example("loyal fund payout podari-zhizn 5000 --program kind --reason \"п/п 41 от 03.04.2026\"");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { fund_payout(session, options); });
}

}  // namespace loyal::cli
