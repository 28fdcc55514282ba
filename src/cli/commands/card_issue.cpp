// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/format/delimited.hpp"
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

struct Options {
  service::IssueRequest request;
  std::optional<std::int64_t> count;
  std::string numbers;
};

/// The first field of each line of a file, whatever table it is.
std::vector<std::string> listed_numbers(Session& session, const std::string& path) {
  format::DelimitedOptions options;
  options.has_heading = false;
  auto reader = path == "-" ? format::DelimitedReader(session.world().in, "stdin", options)
                            : format::DelimitedReader(path, options);
  std::vector<std::string> numbers;
  for (format::Row row; reader.next(row);)
    if (!row.fields.empty() && !row.fields.front().empty()) numbers.emplace_back(row.fields.front());
  if (numbers.empty()) throw Error(Fault::usage, tr("there are no numbers in {}", visible(path)));
  return numbers;
}

service::IssueRequest request_of(Session& session, const Options& options) {
  service::IssueRequest request = options.request;
  request.count = options.count.value_or(1);
  if (request.random && request.sequential)
    throw Error(Fault::usage, tr("--random and --sequential contradict one another"));
  const bool is_pattern = request.number != "ean13" && request.number != "ean8" && request.number != "luhn";
  if (request.has_check && (!is_pattern || !options.numbers.empty()))
    throw Error(Fault::usage, tr("--check is for a pattern; the other numbers have check digits of their own"));
  if (options.numbers.empty()) return request;
  request.numbers = listed_numbers(session, options.numbers);
  const auto listed = static_cast<std::int64_t>(request.numbers.size());
  if (options.count && *options.count != listed)
    throw Error(Fault::usage, tr("{} lists {} numbers; {} asked for", visible(options.numbers), listed, *options.count),
                tr("leave --count out"));
  request.count = listed;
  return request;
}

void card_issue(Session& session, const Options& options) {
  service::IssueRequest request = request_of(session, options);
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
  auto& options = verb.options<Options>();
  auto& request = options.request;
  verb.describes(
      N_("Issues cards of a program: EAN-13, EAN-8 or Luhn numbers counted up or chosen by chance within a prefix, "
         "numbers chosen by chance by a pattern, in which * stands for a letter or digit and # for a digit, or numbers "
         "that were printed already. The cards of one command are a batch, under which they are listed and printed."));
  verb.operand("PROGRAM", request.program, Value::program, N_("slug or title; the only one unless given")).optional();
  verb.flag("--count", options.count, Value::number, N_("how many; 1 unless given"));
  verb.flag("--number", request.number, Value::text, N_("ean13, ean8, luhn, or a pattern such as GIFT-####-****"))
      .called(N_("ean13|ean8|luhn|PATTERN"));
  verb.flag("--prefix", request.prefix, Value::text, N_("how EAN and Luhn numbers begin; 29 unless given"));
  verb.flag("--own-prefix", request.own_prefix,
            N_("the prefix was given to the company by GS1, and is not one for use inside a shop"));
  verb.flag("--digits", request.digits, Value::number, N_("how many digits Luhn numbers have; 16 unless given"));
  verb.flag("--random", request.random, N_("choose EAN and Luhn numbers by chance, so that nobody guesses the next"));
  verb.flag("--sequential", request.sequential, N_("count a pattern up instead of choosing by chance"));
  verb.flag("--check", request.has_check,
            N_("the last * of a pattern is a check symbol: a slip of the fingers is no card"));
  verb.flag("--numbers", options.numbers, Value::file, N_("a list with these very numbers, one a line; - is stdin"));
  verb.flag("--customer", request.customer, Value::customer, N_("who holds the card"));
  verb.flag("--referred-by", request.referred_by, Value::card, N_("card of who brought this customer"));
  verb.example("loyal card issue coffee --count 1000");
  verb.example("loyal card issue coffee --customer \"Анна Орлова\"");
  verb.example("loyal card issue coffee --count 50 --number \"CAFE-####\"");
  verb.example("loyal card issue coffee --count 500 --number ean8 --random");
  verb.example("loyal card issue coffee --numbers printed.csv");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { card_issue(session, options); });
}

}  // namespace loyal::cli
