// SPDX-License-Identifier: MIT
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/rewards.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string reward, program, reason;
  std::optional<std::int64_t> add, take;
};

void reward_stock(Session& session, const Options& options) {
  if (options.add.has_value() == options.take.has_value())
    throw Error(Fault::usage, tr("say --add or --take, and how many"), "loyal reward stock \"Кружка\" --add 10");
  const std::int64_t given = options.add ? *options.add : *options.take;
  if (given <= 0) throw Error(Fault::usage, tr("{} is not more than nothing", given));
  Writing writing(session);
  const service::StockReceipt receipt = service::stock_reward(
      writing.context(), {options.reward, options.program, options.add ? given : -given, options.reason});
  format::Record record;
  record.add("operation", receipt.operation.value);
  record.add("program", receipt.program_slug);
  record.add("reward", receipt.reward);
  record.add("pieces", receipt.pieces);
  record.add("left", receipt.left);
  writing.answer(tr("{}: {} in stock", receipt.reward, receipt.left), std::move(record));
}

}  // namespace

void declare_reward_stock(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Puts pieces of a reward into the stock, or takes out what broke or went missing. Who is given one takes it "
         "out by itself, and a return puts it back."));
  verb.operand(N_("REWARD"), options.reward, Value::text, N_("the reward's name"));
  verb.flag("--program", options.program, Value::program, N_("slug or title; the only one unless given"));
  verb.flag("--add", options.add, Value::number, N_("how many come in"));
  verb.flag("--take", options.take, Value::number, N_("how many go out"));
  verb.flag("--reason", options.reason, Value::text, N_("why, for the history"));
  verb.example("loyal reward stock \"Кружка\" --program coffee --add 20");
  verb.example("loyal reward stock \"Кружка\" --take 1 --reason \"разбилась\"");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { reward_stock(session, options); });
}

}  // namespace loyal::cli
