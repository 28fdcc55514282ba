// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/cards.hpp"

namespace loyal::cli {
namespace {

format::Record issue_record(const service::IssueReceipt& receipt) {
  format::Record record;
  record.add("program", receipt.program.slug);
  record.add("count", receipt.count);
  record.add("first_number", receipt.first_number);
  record.add("last_number", receipt.last_number);
  record.add("holder", text_or_absent(receipt.holder));
  record.add("batch", receipt.operation.value);
  return record;
}

void card_issue(Session& session, service::IssueRequest request) {
  Writing writing(session);
  if (!request.customer.empty()) request.customer = chosen_customer(session, writing.context().store, request.customer);
  const service::IssueReceipt receipt = service::issue_cards(writing.context(), request);
  const std::string& slug = receipt.program.slug;
  if (receipt.count > 1) {
    writing.answer(trn("{} card of {} issued: {} to {}, batch {}", "{} cards of {} issued: {} to {}, batch {}",
                       receipt.count, slug, receipt.first_number, receipt.last_number, receipt.operation.value),
                   issue_record(receipt));
    writing.next(fmt::format("loyal code sheet --batch {} -o cards.pdf", receipt.operation.value));
    return;
  }
  if (request.customer.empty()) {
    writing.answer(tr("card {} of {} issued", receipt.first_number, slug), issue_record(receipt));
    writing.next(fmt::format("loyal card assign {} CUSTOMER", receipt.first_number));
    return;
  }
  writing.answer(tr("card {} of {} issued to {}", receipt.first_number, slug,
                    receipt.holder.empty() ? request.customer : receipt.holder),
                 issue_record(receipt));
  writing.next(fmt::format("loyal sale add {} 1250.00", receipt.first_number));
}

}  // namespace

void declare_card_issue(Verb& verb) {
  auto& request = verb.options<service::IssueRequest>();
  verb.describes(
      N_("Issues cards of a program: EAN-13 numbers counted up within a prefix, or numbers chosen by chance by a "
         "pattern, in which * stands "
         "for a letter or digit and # for a digit. The cards of one command are a batch, under which they are listed "
         "and printed."));
  verb.operand("PROGRAM", request.program, Value::program, N_("slug or title; the only one unless given")).optional();
  verb.flag("--count", request.count, Value::number, N_("how many; 1 unless given"));
  verb.flag("--number", request.number, Value::text, N_("ean13, or a pattern such as GIFT-####-****"))
      .called(N_("ean13|PATTERN"));
  verb.flag("--prefix", request.prefix, Value::text, N_("how EAN-13 numbers begin; 29 unless given"));
  verb.flag("--sequential", request.sequential, N_("count a pattern up instead of choosing by chance"));
  verb.flag("--customer", request.customer, Value::customer, N_("who holds the card"));
  verb.flag("--referred-by", request.referred_by, Value::card, N_("card of who brought this customer"));
  verb.example("loyal card issue coffee --count 1000");
  verb.example("loyal card issue coffee --customer \"Анна Орлова\"");
  verb.example("loyal card issue coffee --count 50 --number \"CAFE-####\"");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&request](Session& session) { card_issue(session, request); });
}

}  // namespace loyal::cli
