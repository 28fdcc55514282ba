// SPDX-License-Identifier: MIT
#include "loyal/service/export_1c.hpp"

#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/export_1c_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"

namespace loyal::cli {
namespace {

format::Record record_of(const service::Export1cReport& report, const std::string& form) {
  format::Record record;
  record.add("company", report.company).add("form", form);
  record.add("counterparties", report.counterparties).add("cards", report.cards).add("programs", report.programs);
  record.add("sales", report.sales).add("returns", report.returns).add("removed", report.removed);
  record.add("paid", money(report.paid)).add("returned", money(report.returned)).add("currency", std::string("RUB"));
  record.add("parts", report.parts);
  format::Record::List files;
  for (const std::string& file : report.files) files.push_back(format::Record().add("file", file));
  record.list("files", "", std::move(files));
  record.add("operation", report.operation ? format::Cell{report.operation.value} : format::Cell{});
  return record;
}

/// "q1.xml written: 3 documents, 1,250.00 ₽; 1 return, 100.00 ₽; 2 counterparties, 2 cards".
std::string words_of(const service::Export1cReport& report, bool is_table) {
  std::string words;
  const auto add = [&words](const std::string& part) { words += (words.empty() ? "" : ", ") + part; };
  if (!is_table) {
    add(tr("{} for {}", trn("{} document of sale", "{} documents of sale", report.sales), to_text(report.paid)));
    if (report.returns > 0)
      add(tr("{} for {}", trn("{} of return", "{} of return", report.returns), to_text(report.returned)));
    if (report.removed > 0)
      add(trn("{} undone since the last export", "{} undone since the last export", report.removed));
  }
  if (report.counterparties > 0) add(trn("{} counterparty", "{} counterparties", report.counterparties));
  if (report.cards > 0) add(trn("{} card", "{} cards", report.cards));
  return words.empty() ? tr("nothing in it") : words;
}

void tell(Session& session, const service::Export1cReport& report, const Export1cOptions& options,
          const std::function<void(const std::string&, const format::Record&)>& answer) {
  const bool is_table = options.form == "table";
  std::string files;
  for (const std::string& file : report.files) files += (files.empty() ? "" : ", ") + visible(file);
  const format::Record record = record_of(report, options.form);
  if (report.is_replayed) return answer(tr("exported already, by operation {}", report.operation.value), record);
  if (options.since_last && report.is_empty()) return answer(tr("nothing new since the last export"), record);
  if (files.empty()) return answer(words_of(report, is_table), record);
  answer(tr("{} written: {}", files, words_of(report, is_table)), record);
  if (options.zip && report.parts > 1) session.note(trn("{} part", "{} parts", report.parts));
}

void export_1c(Session& session, const Export1cOptions& options) {
  const service::Export1cRequest request = export_1c_request(session, options);
  const auto progress = [&session](std::int64_t done, std::int64_t total) {
    session.progress(tr("documents"), done, total);
  };
  if (!options.since_last) {
    service::Context context = session.reading();
    context.dry_run = session.globals().dry_run;
    const auto report = service::export_1c(context, request, progress);
    return tell(session, report, options,
                [&session](const std::string& words, const format::Record& record) { session.answer(words, record); });
  }
  Writing writing(session);
  const auto report = service::export_1c(writing.context(), request, progress);
  tell(session, report, options,
       [&writing](const std::string& words, const format::Record& record) { writing.answer(words, record); });
}

}  // namespace

void declare_export_1c(Verb& verb) {
  auto& options = verb.options<Export1cOptions>();
  verb.describes(
      N_("Writes a file that 1C loads. enterprise-data: one report of retail sales for each shop and day, with goods "
         "added up, the points given and the points paid with by card, and one report of returns beside it; the cards, "
         "their programs and their holders. commerceml: a document for each purchase and each return. table: a "
         "workbook of holders or cards for loading from a file."));
  verb.describes(
      N_("Everything keeps its GUID, made from the company's INN, so that 1C knows it again when it comes a second "
         "time. A card without a holder is a counterparty of its own; a holder who has not agreed to the use of "
         "personal data goes by the card's number, without name, telephone and mail. What was undone is not there."));
  verb.describes(
      N_("--since-last takes what was recorded, or undone, since the last export that was made so, in the same form "
         "and of the same company: whole days for enterprise-data, documents for commerceml. What has been undone "
         "since is marked for removal in commerceml; a day of which nothing is left comes as an empty report. It is "
         "remembered as an operation that undo takes back."));
  verb.describes(
      N_("A part of --split-size is closed once it has reached the size; documents stay whole. The next parts are "
         "FILE-2.xml, FILE-3.xml; with --zip they stand in one archive."));
  declare_export_1c_options(verb, options);
  verb.example("loyal export 1c --from 2026-01-01 --to 2026-03-31 -o q1.xml");
  verb.example("loyal export 1c --as commerceml --since-last -o orders.xml");
  verb.example("loyal export 1c --as table --header phone=\"Мобильный телефон\" -o customers.xlsx");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { export_1c(session, options); });
}

}  // namespace loyal::cli
