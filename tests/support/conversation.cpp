// SPDX-License-Identifier: MIT
#include "support/conversation.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "loyal/base/clock.hpp"
#include "support/codes.hpp"
#include "support/scratch.hpp"

namespace loyal::test {
namespace {

constexpr std::string_view any = "[*]";
constexpr std::string_view no_newline = "[no newline]";

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// A command of a script with what is expected of it.
struct Step {
  Lines before;  ///< comments and blank lines above it
  std::string command;
  Lines input;
  Lines output, errors;
  int exit_code = 0;
  std::size_t bare_blank_lines = 0;  ///< at the end of the output, as the script has them
};

struct Script {
  std::vector<Step> steps;
  Lines after;  ///< comments and blank lines at the end
  std::string language = "en";
  std::string now = "2026-03-01T09:00:00Z";
  bool terminal = false;
  int columns = 100;
  std::map<std::string, std::string> environment;
};

void read_setting(Script& script, const std::string& line) {
  const auto value_of = [&](std::string_view key) -> std::optional<std::string> {
    if (!line.starts_with(fmt::format("# {}: ", key))) return std::nullopt;
    return line.substr(key.size() + 4);
  };
  if (const auto language = value_of("lang")) script.language = *language;
  if (const auto now = value_of("now")) script.now = *now;
  if (const auto terminal = value_of("terminal")) script.terminal = *terminal == "yes";
  if (const auto columns = value_of("columns")) script.columns = std::stoi(*columns);
  if (const auto variable = value_of("env")) {
    const std::size_t equals = variable->find('=');
    if (equals == std::string::npos) throw std::runtime_error("not NAME=VALUE: " + line);
    script.environment[variable->substr(0, equals)] = variable->substr(equals + 1);
  }
}

/// Blank lines at the end of what was expected part it from the next command.
void give_back_blank_lines(Step& step, Lines& pending) {
  for (; step.bare_blank_lines > 0; --step.bare_blank_lines) {
    step.output.pop_back();
    pending.push_back("");
  }
}

void read_expectation(Step& step, const std::string& line) {
  step.bare_blank_lines = line.empty() ? step.bare_blank_lines + 1 : 0;
  if (line.starts_with(">2 ") || line == ">2")
    step.errors.push_back(line.size() > 3 ? line.substr(3) : "");
  else if (line.starts_with(">= "))
    step.exit_code = std::stoi(line.substr(3));
  else if (line.starts_with("<<< ") || line == "<<<")
    step.input.push_back(line.size() > 4 ? line.substr(4) : "");
  else if (line.starts_with(">1 ") || line == ">1")
    step.output.push_back(line.size() > 3 ? line.substr(3) : "");
  else
    step.output.push_back(line);
}

Script read_script(const std::string& text) {
  Script script;
  Lines pending;
  bool in_step = false;
  for (const std::string& line : lines_of(text)) {
    const bool is_command = line.starts_with("$ ");
    const bool is_comment = line.starts_with("# ") || line == "#";
    if ((is_command || is_comment) && in_step) give_back_blank_lines(script.steps.back(), pending);
    if (is_command) {
      script.steps.push_back({std::exchange(pending, {}), line.substr(2), {}, {}, {}, 0, 0});
      in_step = true;
    } else if (is_comment || !in_step) {
      if (script.steps.empty()) read_setting(script, line);
      pending.push_back(line);
      in_step = false;
    } else {
      read_expectation(script.steps.back(), line);
    }
  }
  if (in_step) give_back_blank_lines(script.steps.back(), pending);
  script.after = pending;
  return script;
}

/// The lines of an output; what does not end its last line is told apart.
Lines output_lines(std::string text, const std::string& scratch) {
  for (std::size_t at = 0; (at = text.find(scratch, at)) != std::string::npos;) text.replace(at, scratch.size(), "~");
  Lines lines = lines_of(text);
  if (!text.empty() && text.back() != '\n') lines.back() += no_newline;
  return lines;
}

/// Output that could be taken for the script's own marks is written behind >1.
std::string marked(const std::string& line, bool is_last) {
  constexpr std::array<std::string_view, 6> marks{"$ ", "# ", ">1", ">2", ">= ", "<<<"};
  const bool misleads =
      line == "#" || std::any_of(marks.begin(), marks.end(), [&](auto m) { return line.starts_with(m); });
  if (line.empty()) return is_last ? ">1" : "";
  return misleads ? ">1 " + line : line;
}

bool all_match(const Lines& expected, const Lines& got) {
  return std::equal(expected.begin(), expected.end(), got.begin(), got.end(), line_matches);
}

/// What came out, with the lines that hold [*] and match kept as they were expected.
Lines with_kept_placeholders(const Lines& expected, Lines got) {
  for (std::size_t i = 0; i < std::min(expected.size(), got.size()); ++i)
    if (line_matches(expected[i], got[i])) got[i] = expected[i];
  return got;
}

void write_outcome(std::string& target, const Lines& output, const Lines& errors, int exit_code) {
  for (std::size_t i = 0; i < output.size(); ++i) {
    const bool only_blank_follows = std::all_of(output.begin() + static_cast<std::ptrdiff_t>(i), output.end(),
                                                [](const std::string& line) { return line.empty(); });
    target += marked(output[i], only_blank_follows) + '\n';
  }
  for (const std::string& line : errors) target += (line.empty() ? ">2" : ">2 " + line) + '\n';
  if (exit_code != 0) target += fmt::format(">= {}\n", exit_code);
}

/// What one command answered.
struct Outcome {
  std::string output, errors;
  int exit_code = 0;
};

/// The world in which a script plays.
class Stage {
 public:
  Stage(const Script& script, const Program& program)
      : program_(program),
        terminal_(script.terminal),
        columns_(script.columns),
        home_(std::filesystem::current_path()),
        clock_(Instant{}) {
    const auto now = instant_from_iso(script.now);
    if (!now) throw std::runtime_error("not an instant: " + script.now);
    clock_.set(*now);
    const std::string home = scratch_.path().string();
    environment_ = {{"HOME", home},
                    {"LOYAL_DB", scratch_.file("loyal.db")},
                    {"XDG_DATA_HOME", scratch_.file(".local/share")},
                    {"XDG_CONFIG_HOME", scratch_.file(".config")},
                    {"XDG_STATE_HOME", scratch_.file(".local/state")},
                    {"COLUMNS", "100"},
                    {"LANG", script.language == "ru" ? "ru_RU.UTF-8" : "C.UTF-8"}};
    for (const auto& [name, value] : script.environment) environment_[name] = value;
    std::filesystem::current_path(scratch_.path());
  }
  ~Stage() {
    std::error_code ignored;
    std::filesystem::current_path(home_, ignored);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  std::string scratch() const { return scratch_.path().string(); }

  Outcome play(const Step& step) {
    const std::vector<std::string> words = split_words(step.command);
    if (words.empty()) throw std::runtime_error("an empty command");
    const std::string& verb = words.front();
    const std::string operand = words.size() > 1 ? words[1] : "";
    if (verb == "cat") return {read_file(operand), "", 0};
    if (verb == "ls") return {names(), "", 0};
    if (verb == "days") return pass_days(std::stoi(operand));
    if (verb == "write") return write_file(operand, step.input);
    if (verb == "sample") return copy_sample(operand);
    if (verb == "photograph") return photograph(words);
    return run_program(words, step.input);
  }

 private:
  static std::string read_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    if (!file) throw std::runtime_error("there is no file " + name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  static std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    return text;
  }

  static Outcome write_file(const std::string& name, const Lines& lines) {
    std::ofstream(name, std::ios::binary) << joined(lines);
    return {};
  }

  static Outcome copy_sample(const std::string& name) {
    std::filesystem::copy_file(std::filesystem::path(LOYAL_SOURCE_DIR) / "samples/programs" / name, name);
    return {};
  }

  /// photograph FILE.png SYMBOLOGY CODE…: one code under the other.
  static Outcome photograph(const std::vector<std::string>& words) {
    constexpr std::size_t codes_at = 3;
    std::vector<Picture> pictures;
    for (std::size_t at = codes_at; at < words.size(); ++at)
      pictures.push_back(draw(format::encode(format::symbology_named(words.at(2)), words[at])));
    stacked(pictures).save(words.at(1));
    return {};
  }

  std::string names() const {
    Lines found;
    for (const auto& entry : std::filesystem::directory_iterator(scratch_.path()))
      found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return joined(found);
  }

  Outcome pass_days(int days) {
    clock_.set({clock_.now().seconds + std::int64_t{days} * 86400});
    return {};
  }

  Outcome run_program(const std::vector<std::string>& words, const Lines& input) {
    auto environment = environment_;
    std::size_t at = 0;
    for (; at < words.size() && words[at] != "loyal"; ++at) {
      const std::size_t equals = words[at].find('=');
      if (equals == std::string::npos) throw std::runtime_error("not a command that a script knows: " + words[at]);
      environment[words[at].substr(0, equals)] = words[at].substr(equals + 1);
    }
    if (at == words.size()) throw std::runtime_error("there is no command after the environment");
    std::vector<std::string> arguments;
    std::string typed = joined(input), target;
    for (++at; at < words.size(); ++at) {
      const std::string& word = words[at];
      if (word.size() > 1 && word.front() == '<')
        typed = read_file(word.substr(1));
      else if (word.size() > 1 && word.front() == '>')
        target = word.substr(1);
      else
        arguments.push_back(word.starts_with("~/") ? scratch_.file(word.substr(2)) : word);
    }
    std::istringstream in(typed);
    std::ostringstream out, err;
    cli::World world{in, out, err, environment, clock_, terminal_, terminal_, terminal_, columns_, LOYAL_LOCALE_DIR};
    Outcome outcome;
    outcome.exit_code = program_(arguments, world);
    outcome.output = out.str();
    outcome.errors = err.str();
    clock_.set({clock_.now().seconds + 1});
    if (!target.empty()) std::ofstream(target, std::ios::binary) << std::exchange(outcome.output, "");
    return outcome;
  }

  const Program& program_;
  bool terminal_;
  int columns_;
  std::filesystem::path home_;
  ScratchDirectory scratch_;
  FixedClock clock_;
  std::map<std::string, std::string> environment_;
};

}  // namespace

std::vector<std::string> split_words(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote == '\0' && (c == ' ' || c == '\t')) {
      if (in_word) words.push_back(std::exchange(word, ""));
      in_word = false;
      continue;
    }
    in_word = true;
    if (c == '\\' && quote != '\'' && i + 1 < line.size())
      word += line[++i];
    else if (quote == '\0' && (c == '\'' || c == '"'))
      quote = c;
    else if (c == quote)
      quote = '\0';
    else
      word += c;
  }
  if (quote != '\0') throw std::runtime_error(fmt::format("a quote is left open: {}", line));
  if (in_word) words.push_back(word);
  return words;
}

bool line_matches(std::string_view expected, std::string_view line) {
  const std::size_t placeholder = expected.find(any);
  if (placeholder == std::string_view::npos) return expected == line;
  if (!line.starts_with(expected.substr(0, placeholder))) return false;
  line.remove_prefix(placeholder);
  const std::string_view rest = expected.substr(placeholder + any.size());
  for (std::size_t skipped = 0; skipped <= line.size(); ++skipped)
    if (line_matches(rest, line.substr(skipped))) return true;
  return false;
}

Verdict converse(const std::string& script_text, const Program& program) {
  const Script script = read_script(script_text);
  Stage stage(script, program);
  Verdict verdict;
  for (const Step& step : script.steps) {
    const Outcome outcome = stage.play(step);
    const Lines output = output_lines(outcome.output, stage.scratch());
    const Lines errors = output_lines(outcome.errors, stage.scratch());
    if (!all_match(step.output, output) || !all_match(step.errors, errors) || step.exit_code != outcome.exit_code) {
      std::string& text = verdict.difference;
      text += fmt::format("$ {}\n--- expected\n", step.command);
      write_outcome(text, step.output, step.errors, step.exit_code);
      text += "+++ got\n";
      write_outcome(text, output, errors, outcome.exit_code);
    }
    for (const std::string& line : step.before) verdict.transcript += line + '\n';
    verdict.transcript += "$ " + step.command + '\n';
    for (const std::string& line : step.input) verdict.transcript += (line.empty() ? "<<<" : "<<< " + line) + '\n';
    write_outcome(verdict.transcript, with_kept_placeholders(step.output, output),
                  with_kept_placeholders(step.errors, errors), outcome.exit_code);
  }
  for (const std::string& line : script.after) verdict.transcript += line + '\n';
  verdict.holds = verdict.difference.empty();
  return verdict;
}

void check_session(const std::filesystem::path& file, const Program& program) {
  INFO("session " << file.filename().string());
  std::ifstream stream(file, std::ios::binary);
  REQUIRE(stream.is_open());
  const std::string script{std::istreambuf_iterator<char>(stream), {}};
  Verdict verdict;
  try {
    verdict = converse(script, program);
  } catch (const std::exception& error) {
    FAIL_CHECK("the script cannot be played: " << error.what());
    return;
  }
  const char* update = std::getenv("LOYAL_TEST_UPDATE");
  if (update != nullptr && std::string_view(update) == "1") {
    if (verdict.transcript != script) std::ofstream(file, std::ios::binary) << verdict.transcript;
    return;
  }
  CHECK_MESSAGE(verdict.holds, verdict.difference);
}

}  // namespace loyal::test
