// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/choose.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card, month;
  std::vector<std::string> categories;
};

void card_choose(Session& session, const Options& options) {
  Writing writing(session);
  const service::Choice choice =
      service::choose_categories(writing.context(), options.card, options.categories, options.month);
  const std::string month = to_string(choice.month).substr(0, 7);
  std::string words;
  for (const std::string& category : choice.categories) words += (words.empty() ? "" : ", ") + category;
  format::Record record;
  record.add("card", choice.card.number).add("month", month);
  format::Record::List categories;
  for (const std::string& category : choice.categories) {
    format::Record row;
    row.add("category", category);
    categories.push_back(std::move(row));
  }
  record.list("categories", {}, std::move(categories));
  writing.answer(tr("card {}, {}: {}", choice.card.number, month, words), std::move(record));
}

}  // namespace

void declare_card_choose(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Chooses the categories that a card earns more for in a month, of those that its program offers. A choice "
         "can be changed until the card's first purchase of that month."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.operand(N_("CATEGORY"), options.categories, Value::text, N_("a category of the program"));
  verb.flag("--month", options.month, Value::text, N_("next, or a month such as 2026-04; this one unless given"))
      .called(N_("MONTH"));
  verb.example("loyal card choose 2900000000018 coffee books");
  verb.example("loyal card choose 2900000000018 books --month next");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { card_choose(session, options); });
}

}  // namespace loyal::cli
