// SPDX-License-Identifier: MIT
#include "loyal/service/import_customers.hpp"

#include <istream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/import_runs.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

struct Options {
  ImportFileOptions file;
  service::TableImport request;
};

format::Record record_of(const service::CustomersImportReceipt& receipt, bool is_trial) {
  format::Record record;
  record.add("rows", tr("Rows read"), receipt.rows);
  record.add("added", tr("Added"), receipt.added);
  record.add("known", tr("There already"), receipt.known);
  record.add("rejected", tr("Rejected"), receipt.rejected);
  record.add("conflicts", tr("Conflicts"), receipt.conflicts);
  record.add("cards_made", tr("Cards made"), receipt.cards_made);
  record.add("cards_assigned", tr("Cards assigned"), receipt.cards_assigned);
  record.add("consents", tr("Consents recorded"), receipt.consents);
  end_record(record, receipt, is_trial);
  return record;
}

std::string summary_of(const service::CustomersImportReceipt& receipt, bool is_trial) {
  std::string text = trn("{} row read", "{} rows read", receipt.rows) + ": ";
  text += is_trial ? trn("{} customer would be added", "{} customers would be added", receipt.added)
                   : trn("{} customer added", "{} customers added", receipt.added);
  if (const auto made = receipt.cards_made; made > 0)
    text += "; " + (is_trial ? trn("{} card would be made", "{} cards would be made", made)
                             : trn("{} card made", "{} cards made", made));
  if (const auto assigned = receipt.cards_assigned; assigned > 0)
    text += "; " + (is_trial ? trn("{} card would be assigned", "{} cards would be assigned", assigned)
                             : trn("{} card assigned", "{} cards assigned", assigned));
  return text + passed_over_words(receipt.known, receipt.rejected);
}

void import_customers(Session& session, const Options& options) {
  service::TableImport request = options.request;
  request.file = import_file(session, options.file);
  run_customers_import(session, request);
}

}  // namespace

void run_customers_import(Session& session, const service::TableImport& request) {
  const service::Context context = session.writing();
  const auto receipt = service::import_customers(context, request, import_note(session), import_progress(session));
  const bool trial = is_trial(session, request);
  answer_import(
      session, request, receipt,
      {summary_of(receipt, trial), record_of(receipt, trial), receipt.added > 0 ? "loyal customer list" : ""});
}

void declare_import_customers(Verb& verb) {
  auto& options = verb.options<Options>();
  service::TableImport& request = options.request;
  verb.describes(N_(
      "Adds the people of a table, all in one operation. Columns are known by their usual headings in Russian and "
      "English, or named "
      "with --map: name (or surname, given_name and patronymic), phone, email, birthday, tags, note, card, consent."));
  verb.describes(
      N_("Someone is known by phone, else by e-mail address, else by card, else by name. A row that says the same "
         "again is passed over, one "
         "that says something else is rejected; an empty cell says nothing. A card that is named is given to the "
         "customer."));
  declare_import_file(verb, options.file,
                      N_("which column is which: name, phone, email, birthday, tags, note, card, consent"));
  verb.flag("--program", request.program, Value::program, N_("the cards' program"));
  verb.flag("--create-cards", request.create_cards, N_("make the cards that are not there"));
  declare_import_way(verb, request.is_plan, request.is_strict);
  verb.example("loyal import customers people.csv --program coffee --create-cards --plan");
  verb.example("loyal import customers people.csv --map name=ФИО,phone=Телефон");
  verb.runs([&options](Session& session) { import_customers(session, options); });
}

}  // namespace loyal::cli
