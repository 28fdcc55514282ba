// SPDX-License-Identifier: MIT
#include "loyal/service/import_1c.hpp"

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/import_runs.hpp"
#include "loyal/cli/session.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string file, rejects, take, program;
  bool create_cards = false;
  bool is_history = false;
  bool is_plan = false;
  bool is_strict = false;
};

service::CommercePart part_of(const std::string& take) {
  if (take == "returns") return service::CommercePart::returns;
  return take == "customers" ? service::CommercePart::customers : service::CommercePart::sales;
}

template <class Request>
Request request_of(const Options& options, const service::ImportFile& file) {
  Request request;
  request.file = file;
  request.program = options.program;
  request.create_cards = options.create_cards;
  request.is_plan = options.is_plan;
  request.is_strict = options.is_strict;
  return request;
}

void import_1c(Session& session, const Options& options) {
  const service::CommercePart part = part_of(options.take);
  const service::CommerceTable table =
      service::commerce_table(session.writing(), options.file, part, options.is_history);
  if (table.documents == 0)
    throw Error(Fault::usage, tr("{} has no document of this kind", visible(options.file)),
                tr("--take sales, returns or customers"));
  session.note(trn("{} document taken", "{} documents taken", table.documents));
  if (table.passed_over > 0)
    session.note(trn("{} other document passed over", "{} other documents passed over", table.passed_over));
  service::ImportFile file;
  file.path = options.file;
  file.rejects_path = options.rejects;
  file.table = table.text;
  file.table_of = tr("CommerceML");
  if (part == service::CommercePart::customers)
    return run_customers_import(session, request_of<service::TableImport>(options, file));
  if (part == service::CommercePart::returns) {
    auto request = request_of<service::ReturnsImport>(options, file);
    request.is_history = options.is_history;
    return run_returns_import(session, request);
  }
  auto request = request_of<service::SalesImport>(options, file);
  request.is_history = options.is_history;
  run_sales_import(session, request);
}

}  // namespace

void declare_import_1c(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_(
      "Takes the sales documents of a CommerceML file (2.x and 3.x), as 1C exchanges them, all in one operation: the "
      "buyers with --take customers first, then the sales, then --take returns. A document's card is the requisite "
      "НомерДисконтнойКарты (or one like it); without it, the only card of the buyer with that phone."));
  verb.describes(
      N_("Sales are assessed by the rules, as loyal import sales does; with --as-history, discounts and points are "
         "what the "
         "documents say. Rejected rows go to a table that can be mended and imported with loyal import sales. Files "
         "with a "
         "document type, or nested too deep, are refused."));
  verb.operand("FILE", options.file, Value::file, N_("a CommerceML file"));
  verb.flag("--take", options.take, Value::text, N_("what is taken; sales unless given"))
      .one_of({"sales", "returns", "customers"});
  verb.flag("--program", options.program, Value::program, N_("the cards' program; needed where there are several"));
  verb.flag("--create-cards", options.create_cards, N_("make the cards that are not there"));
  verb.flag("--as-history", options.is_history,
            N_("take discounts and points from the documents instead of the rules"));
  verb.flag("--rejects", options.rejects, Value::file,
            N_("where rows that cannot be taken go; FILE.rejects.csv unless given"));
  declare_import_way(verb, options.is_plan, options.is_strict);
  verb.example("loyal import 1c sales.xml --take customers --program coffee --create-cards");
  verb.example("loyal import 1c sales.xml --program coffee --plan");
  verb.runs([&options](Session& session) { import_1c(session, options); });
}

}  // namespace loyal::cli
