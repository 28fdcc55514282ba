// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/export_folder.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

void export_all(Session& session, const std::string& folder) {
  // Here --excel is about the folder's tables, and not about the answer.
  if (session.globals().excel) session.globals().form = format::Form::table;
  const service::Context context = session.reading();
  const store::Company company = service::find_company(context.store, context.company);
  const FolderReceipt receipt = write_folder(context, company, folder, session.globals().excel);
  format::Record record;
  record.add("folder", folder);
  record.add("company", company.slug);
  record.add("unnamed_holders", receipt.unnamed_holders);
  format::Record::List files;
  std::int64_t rows = 0;
  for (const ExportedFile& file : receipt.files) {
    files.push_back(format::Record().add("file", tr("File"), file.name).add("rows", tr("Rows"), file.rows));
    rows += file.rows;
  }
  const auto count = static_cast<std::int64_t>(receipt.files.size());
  record.list("files", {}, std::move(files));
  session.answer(trn("{} file with {} rows written to {}", "{} files with {} rows written to {}", count, rows, folder),
                 record);
  if (receipt.unnamed_holders > 0)
    session.note(trn("{} card stands without its holder: neither phone, e-mail nor name tells them from others",
                     "{} cards stand without their holders: neither phone, e-mail nor name tells them from others",
                     receipt.unnamed_holders));
  session.note(tr("how to make a store of it again is said in {}", file_in_folder(folder, "commands.txt")));
}

}  // namespace

void declare_export_all(Verb& verb) {
  auto& folder = verb.options<std::string>();
  verb.describes(N_(
      "Writes everything of one company into a folder, in the columns that the imports read: customers, consents, "
      "cards, purchases with their lines, returns, the points that stand with their days, balances, and the texts of "
      "the programs. commands.txt holds the commands that make a store of it again."));
  verb.describes(N_(
      "It holds names and phones, and is for the owner alone. Amounts are in roubles with a point, or with --excel as "
      "Excel in Russia takes them. History by hand is not in it: store backup keeps that."));
  verb.operand("FOLDER", folder, Value::directory, N_("the folder to write to; made where it is not there"));
  verb.example("loyal export all export-2026-03");
  verb.can_end_with({Fault::not_found, Fault::conflict});
  verb.runs([&folder](Session& session) { export_all(session, folder); });
}

}  // namespace loyal::cli
