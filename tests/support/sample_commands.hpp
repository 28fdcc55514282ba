// SPDX-License-Identifier: MIT
#pragma once

#include <new>
#include <stdexcept>

#include "loyal/base/message.hpp"
#include "loyal/cli/command_table.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"

namespace loyal::test {

struct PointsOptions {
  std::string card;
  std::string amount;
  std::string reason;
  std::vector<std::string> lines;
  std::optional<std::int64_t> days;
};

/// Commands that do nothing but tell what they were given, so that the frame can be tested without a store.
inline void declare_points_adjust(cli::Verb& verb) {
  auto& options = verb.options<PointsOptions>();
  verb.operand("CARD", options.card, cli::Value::card, "the card");
  verb.operand("POINTS", options.amount, cli::Value::points, "how many");
  verb.flag("--reason", options.reason, cli::Value::text, "why");
  verb.flag("--line", options.lines, cli::Value::text, "a line");
  verb.flag("--days", options.days, cli::Value::number, "for how long");
  verb.example("loyal points adjust 2900000123458 -50 --reason mistake");
  verb.describes("Corrects what a card holds.");
  verb.can_end_with({Fault::not_found, Fault::refused}).writes();
  verb.runs([&options](cli::Session& session) {
    format::Record record;
    record.add("card", options.card).add("points", options.amount);
    std::string lines;
    for (const std::string& line : options.lines) lines += "<" + line + ">";
    session.answer(options.card + "|" + options.amount + "|" + options.reason + "|" + lines + "|" +
                       (options.days ? std::to_string(*options.days) : "-") + "|" + session.globals().till +
                       (session.globals().dry_run ? "|dry" : ""),
                   record);
  });
}

inline void declare_card_list(cli::Verb& verb) {
  verb.example("loyal card list");
  verb.runs([](cli::Session& session) {
    session.list("Cards", {{"number", "Number", format::Kind::identifier}}, [](format::Sink& sink) {
      const format::Cell cells[] = {std::string("2900000123458")};
      sink.row(cells);
    });
  });
}

inline void declare_sale_list(cli::Verb& verb) {
  verb.example("loyal sale list");
  verb.runs([](cli::Session& session) { session.say("sales\n\x1b[31mred"); });
}

/// Ends as its operand says.
inline void declare_fail(cli::Verb& verb) {
  auto& how = verb.options<std::string>();
  verb.operand("HOW", how, cli::Value::text, "how");
  verb.example("loyal fail bug").needs_no_store();
  verb.runs([&how](cli::Session& session) {
    if (how == "memory") throw std::bad_alloc();
    if (how == "bug") throw std::logic_error("a lot is negative");
    if (how == "partial") return session.ends_with(3);
    if (how == "store") session.store_for_reading();
    if (how == "confirm" && session.confirm("Really?")) return session.say("confirmed");
    throw Error(Fault::refused, "card 29 has 120 points; 200 asked for", "loyal sale add 29 1250 --spend max",
                {{"available", "120"}});
  });
}

inline cli::CommandTable sample_table() {
  static const std::vector<cli::NounEntry> nouns = {{"shop", "shops", nullptr},
                                                    {"card", "cards", nullptr},
                                                    {"sale", "sales", "transaction"},
                                                    {"points", "points", nullptr}};
  static const std::vector<cli::VerbEntry> verbs = {
      {"card", "list", "list cards", declare_card_list},
      {"sale", "list", "list sales", declare_sale_list},
      {"points", "adjust", "correct points", declare_points_adjust},
      {"", "fail", "fail", declare_fail},
      {"", "help", "explain", cli::declare_help},
  };
  return {nouns, verbs};
}

}  // namespace loyal::test
