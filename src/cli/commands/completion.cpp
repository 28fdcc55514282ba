// SPDX-License-Identifier: MIT
#include "loyal/cli/complete.hpp"

#include <ostream>

#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"

namespace loyal::cli {
namespace {

struct CompletionOptions {
  std::string shell;
};

}  // namespace

void declare_completion(Verb& verb) {
  auto& options = verb.options<CompletionOptions>();
  verb.operand(N_("SHELL"), options.shell, Value::choice, N_("the shell")).one_of({"bash", "zsh", "fish"});
  verb.describes(
      N_("The script asks loyal itself what can stand at the cursor: commands, flags, and what the store knows, such "
         "as card numbers. A package "
         "installs it; this is for a loyal that was built by hand."));
  verb.example("loyal completion bash >~/.local/share/bash-completion/completions/loyal");
  verb.example("loyal completion zsh >~/.zfunc/_loyal");
  verb.example("loyal completion fish >~/.config/fish/completions/loyal.fish");
  verb.needs_no_store();
  verb.runs([&options](Session& session) { session.world().out << completion_script(options.shell); });
}

}  // namespace loyal::cli
