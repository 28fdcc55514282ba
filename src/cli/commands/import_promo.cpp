// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/service/campaigns.hpp"

namespace loyal::cli {
namespace {

struct Options {
  ImportFileOptions file;
  service::TableImport request;
  std::string campaign;
};

void import_promo(Session& session, const Options& options) {
  auto request = options.request;
  request.file = import_file(session, options.file);
  const service::Context context = session.writing();
  const auto receipt =
      service::import_promo_codes(context, request, options.campaign, import_note(session), import_progress(session));
  const bool trial = is_trial(session, request);
  const std::int64_t taken = receipt.plan.created.count;
  format::Record record = begin_record(receipt);
  end_record(record, receipt, trial);
  answer_import(session, request, receipt,
                {trn("{} row read", "{} rows read", receipt.rows) + ": " +
                     (trial ? trn("{} code would be added", "{} codes would be added", taken)
                            : trn("{} code added", "{} codes added", taken)) +
                     passed_over_words(receipt.plan.skipped.count, receipt.rejected),
                 std::move(record), "loyal promo show " + shell_word(options.campaign)});
}

}  // namespace

void declare_import_promo(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Takes promo codes that were made elsewhere into a campaign, all in one operation. What they give is the "
         "campaign's to say; a code that the store has already, whatever of, is rejected."));
  describe_headings(verb, service::promo_code_fields());
  declare_import_file(verb, options.file, N_("which column is which: code, customer"));
  verb.flag("--campaign", options.campaign, Value::campaign, N_("the campaign that they are of")).required();
  declare_import_way(verb, options.request.is_plan, options.request.is_strict);
  verb.example("loyal import promo codes.csv --campaign SPRING --plan");
  verb.example("loyal import promo codes.csv --campaign SPRING --map code=Купон");
  verb.runs([&options](Session& session) { import_promo(session, options); });
}

}  // namespace loyal::cli
