// SPDX-License-Identifier: MIT
#include "loyal/service/import_cards.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

struct Options {
  ImportFileOptions file;
  service::TableImport request;
};

format::Record record_of(const service::CardsImportReceipt& receipt, bool is_trial) {
  format::Record record = begin_record(receipt);
  record.add("taken_again", tr("Cards taken into use again"), receipt.taken_again);
  end_record(record, receipt, is_trial);
  return record;
}

std::string summary_of(const service::CardsImportReceipt& receipt, bool is_trial) {
  const service::ImportPlan& plan = receipt.plan;
  std::string text = trn("{} row read", "{} rows read", receipt.rows) + ": ";
  text += is_trial ? trn("{} card would be made", "{} cards would be made", plan.created.count)
                   : trn("{} card made", "{} cards made", plan.created.count);
  if (plan.changed.count > 0)
    text += "; " + (is_trial ? trn("{} card would be changed", "{} cards would be changed", plan.changed.count)
                             : trn("{} card changed", "{} cards changed", plan.changed.count));
  return text + passed_over_words(plan.skipped.count, receipt.rejected);
}

void import_cards(Session& session, const Options& options) {
  auto request = options.request;
  request.file = import_file(session, options.file);
  const service::Context context = session.writing();
  const auto receipt = service::import_cards(context, request, import_note(session), import_progress(session));
  const bool trial = is_trial(session, request);
  answer_import(
      session, request, receipt,
      {summary_of(receipt, trial), record_of(receipt, trial), receipt.plan.created.count > 0 ? "loyal card list" : ""});
}

}  // namespace

void declare_import_cards(Verb& verb) {
  auto& options = verb.options<Options>();
  service::TableImport& request = options.request;
  verb.describes(
      N_("Makes the cards of a table, all in one operation. A card that is there gets the holder and the state that "
         "its row "
         "says; an empty cell says nothing. Its day of issue stays. A holder is named by phone, e-mail address, #ID or "
         "the whole name, and must be there: import customers first."));
  verb.describes(
      N_("A row with replaced_by says that another card took the place of this one: all that it holds goes there, on "
         "replaced_on or today, and it is withdrawn."));
  describe_headings(verb, service::card_fields());
  declare_import_file(verb, options.file, N_("which column is which: number, program, customer, issued, state …"));
  verb.flag("--program", request.program, Value::program, N_("the cards' program, where the table names none"));
  declare_import_way(verb, request.is_plan, request.is_strict);
  verb.example("loyal import cards cards.csv --program coffee --plan");
  verb.example("loyal import cards cards.csv --map number=Код,customer=Телефон");
  verb.runs([&options](Session& session) { import_cards(session, options); });
}

}  // namespace loyal::cli
