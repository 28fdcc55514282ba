// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <istream>
#include <ostream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/suggest.hpp"

namespace loyal::cli {

// stdout may well be a file: whether somebody can be asked is a matter of stdin and stderr.
bool Session::can_ask() const {
  return world_.in_is_terminal && world_.err_is_terminal && !globals_.no_input;
}

std::string Session::ask(const std::string& question) {
  clear_progress();
  world_.err << visible(question) << ' ';
  world_.err.flush();
  std::string answer;
  if (!std::getline(world_.in, answer)) {
    world_.err << '\n';
    throw Error(Fault::unconfirmed, tr("no answer to: {}", question));
  }
  return std::string(trim(answer));
}

std::string Session::secret(const std::string& question) {
  if (can_ask()) {
    const auto& show_typing = world_.show_typing;
    if (show_typing) show_typing(false);
    std::string answer;
    try {
      answer = ask(question);
    } catch (const Error&) {
      if (show_typing) show_typing(true);
      throw;
    }
    if (!show_typing) return answer;
    show_typing(true);
    world_.err << '\n';
    return answer;
  }
  std::string line;
  if (!std::getline(world_.in, line)) throw Error(Fault::unconfirmed, tr("no answer to: {}", question));
  return std::string(trim(line));
}

bool Session::confirm(const std::string& question) {
  if (globals_.yes) return true;
  if (!can_ask())
    throw Error(Fault::unconfirmed, tr("this needs a yes: {}", question), tr("say --yes to go on without being asked"));
  const std::string answer = fold_name(ask(question + " [y/N]"));
  return answer == "y" || answer == "yes" || answer == "д" || answer == "да";
}

void Session::confirm_by_name(const std::string& question, const std::string& name, const std::string& given) {
  const std::vector<std::string> flag = {"--confirm", name};
  const std::string hint = shell_line(flag).substr(sizeof "loyal");
  if (given == name) return;
  if (!given.empty()) throw Error(Fault::usage, tr("--confirm \"{}\" is not \"{}\"", given, name), hint);
  if (!can_ask()) throw Error(Fault::unconfirmed, tr("this needs the name to be confirmed: {}", question), hint);
  const std::string typed = ask(tr("{} Type \"{}\" to go on:", question, name));
  if (typed != name) throw Error(Fault::unconfirmed, tr("\"{}\" is not \"{}\"; nothing was changed", typed, name));
}

std::optional<std::size_t> Session::choose(const std::string& question, const std::vector<std::string>& choices) {
  if (!can_ask() || choices.empty()) return std::nullopt;
  clear_progress();
  for (std::size_t i = 0; i < choices.size(); ++i) world_.err << "  " << i + 1 << "  " << visible(choices[i]) << '\n';
  while (true) {
    const std::string answer = ask(tr("{} [1-{}, empty: none]", question, choices.size()));
    if (answer.empty()) return std::nullopt;
    std::size_t number = 0;
    const auto [stopped, problem] = std::from_chars(answer.data(), answer.data() + answer.size(), number);
    if (problem == std::errc{} && stopped == answer.data() + answer.size() && number >= 1 && number <= choices.size())
      return number - 1;
    world_.err << tr("a number from 1 to {}, please", choices.size()) << '\n';
  }
}

}  // namespace loyal::cli
