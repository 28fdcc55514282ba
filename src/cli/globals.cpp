// SPDX-License-Identifier: MIT
#include "loyal/cli/globals.hpp"

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/suggest.hpp"
#include "loyal/format/config_file.hpp"

namespace loyal::cli {
namespace {

using Environment = std::map<std::string, std::string>;

const std::vector<std::string>& form_names() {
  static const std::vector<std::string> names = {"table", "json", "jsonl", "csv", "tsv", "xlsx"};
  return names;
}

std::string variable(const Environment& environment, const std::string& name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string{} : found->second;
}

std::string xdg_directory(const Environment& environment, const std::string& name, const std::string& below_home) {
  const std::string given = variable(environment, name);
  if (given.starts_with('/')) return given;
  const std::string home = variable(environment, "HOME");
  return home.empty() ? std::string{} : home + below_home;
}

std::string default_store_path(const Environment& environment) {
  const std::string data = xdg_directory(environment, "XDG_DATA_HOME", "/.local/share");
  return data.empty() ? std::string("loyal.db") : data + "/loyal/loyal.db";
}

std::string language_of_locale(const std::string& locale) {
  if (locale.starts_with("ru")) return "ru";
  if (locale.empty() || locale.starts_with("C") || locale == "POSIX") return {};
  return "en";
}

/// The language that the environment names, and the variable that names it.
std::pair<std::string, std::string> language_of_environment(const Environment& environment) {
  // As in gettext: the first that is set decides, even where it names no language.
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string locale = variable(environment, name);
    if (!locale.empty()) return {language_of_locale(locale), name};
  }
  return {};
}

/// The sources of settings, asked one after the other.
class Sources {
 public:
  explicit Sources(const Environment& environment) : environment_(environment), path_(config_path(environment)) {
    if (path_.empty()) return;
    static const std::vector<std::string> known = {"db",       "format", "color", "lang",
                                                   "operator", "till",   "shop",  "company"};
    for (auto& [key, value] : format::read_config_file(path_)) {
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        const std::string path = path_;
        const std::string text = tr("{}: unknown setting \"{}\"", path, key);
        const auto meant = nearest(key, known);
        throw Error(Fault::usage, meant ? tr("{}; did you mean \"{}\"?", text, *meant) : text);
      }
      file_[key] = value;
    }
  }

  Setting setting(const std::string& name, const std::string& flag_name, const std::optional<std::string>& flag,
                  const std::string& variable_name, const std::string& otherwise) const {
    if (flag) return {name, *flag, "flag", flag_name};
    if (const std::string value = variable(environment_, variable_name); !value.empty())
      return {name, value, "environment", variable_name};
    if (const auto found = file_.find(name); found != file_.end()) return {name, found->second, "file", path_};
    return {name, otherwise, "default", ""};
  }

 private:
  const Environment& environment_;
  std::string path_;
  std::map<std::string, std::string> file_;
};

void check_choice(const Setting& setting, const std::vector<std::string>& choices) {
  if (std::find(choices.begin(), choices.end(), setting.value) != choices.end()) return;
  std::string names;
  for (const std::string& choice : choices) names += (names.empty() ? "" : ", ") + choice;
  throw Error(Fault::usage, tr("{}: \"{}\" is none of {}", setting.origin, setting.value, names));
}

Setting colour_setting(const Sources& sources, const GlobalFlags& flags, const Environment& environment) {
  Setting setting = sources.setting("color", "--color", flags.colour, "", "auto");
  if (setting.source != "flag") {
    if (!variable(environment, "NO_COLOR").empty()) return {"color", "never", "environment", "NO_COLOR"};
    const std::string force = variable(environment, "CLICOLOR_FORCE");
    if (!force.empty() && force != "0") return {"color", "always", "environment", "CLICOLOR_FORCE"};
  }
  check_choice(setting, {"auto", "always", "never"});
  return setting;
}

std::vector<std::string> split_columns(const std::string& text) {
  std::vector<std::string> columns;
  std::string_view rest = text;
  while (true) {
    const std::size_t comma = rest.find(',');
    const std::string name(trim(rest.substr(0, comma)));
    if (name.empty()) throw Error(Fault::usage, tr("--columns: \"{}\" has an empty name", text));
    columns.push_back(name);
    if (comma == std::string_view::npos) return columns;
    rest.remove_prefix(comma + 1);
  }
}

/// The form: --json or --format, the ending of --output, LOYAL_FORMAT, the file, and for --excel alone CSV.
void resolve_form(Globals& globals, const GlobalFlags& flags, const Sources& sources) {
  if (flags.json && flags.form && *flags.form != "json")
    throw Error(Fault::usage, tr("--json and --format {} cannot both be", *flags.form));
  const std::optional<std::string> flag = flags.json ? std::optional<std::string>("json") : flags.form;
  const Setting setting = sources.setting("format", flags.json ? "--json" : "--format", flag, "LOYAL_FORMAT", "table");
  check_choice(setting, form_names());
  const auto place = std::find(form_names().begin(), form_names().end(), setting.value) - form_names().begin();
  globals.form = static_cast<format::Form>(place);
  globals.form_given = setting.source == "flag";
  globals.settings.push_back(setting);
  if (globals.form_given) return;
  if (const auto form = form_of_ending(globals.output_path)) {
    globals.form = *form;
    globals.form_given = true;
  } else if (globals.excel && globals.output_path.empty()) {
    globals.form = format::Form::csv;
    globals.form_given = true;
  }
}

}  // namespace

const std::vector<EnvironmentVariable>& environment_table() {
  static const std::vector<EnvironmentVariable> table = {
      {"LOYAL_DB", N_("the store, as --db")},
      {"LOYAL_FORMAT", N_("the form of answers, as --format")},
      {"LOYAL_NOW", N_("the time taken for now, as --now")},
      {"LOYAL_OPERATOR", N_("who works, as --operator")},
      {"LOYAL_TILL", N_("the till, as --till")},
      {"LOYAL_SHOP", N_("the shop, as --shop")},
      {"LOYAL_COMPANY", N_("the company, as --company")},
      {"LC_ALL, LC_MESSAGES, LANG", N_("the language of messages, as --lang")},
      {"NO_COLOR", N_("no colours, if not empty")},
      {"XDG_CONFIG_HOME", N_("where loyal/config.toml lies; else ~/.config")},
      {"XDG_DATA_HOME", N_("where loyal/loyal.db lies; else ~/.local/share")},
  };
  return table;
}

void declare_globals(Verb& verb, GlobalFlags& flags) {
  verb.flag("--db", flags.store, Value::file, N_("the store's file"));
  verb.flag("-f,--format", flags.form, Value::choice, N_("how to write the answer")).one_of(form_names());
  verb.flag("--json", flags.json, N_("the same as --format json; errors are JSON too"));
  verb.flag("-o,--output", flags.output, Value::file, N_("write the answer to this file, in the form of its ending"));
  verb.flag("--columns", flags.columns, Value::text, N_("only these columns of a list, in this order")).called("A,B");
  verb.flag("--excel", flags.excel, N_("CSV as Excel in Russia reads it"));
  verb.flag("--encoding", flags.encoding, Value::choice, N_("of CSV; utf-8 unless given"))
      .one_of({"utf-8", "windows-1251"});
  verb.flag("-n,--dry-run", flags.dry_run, N_("do everything, then take it back: shows what would be"));
  verb.flag("-y,--yes", flags.yes, N_("answer yes to questions"));
  verb.flag("--no-input", flags.no_input, N_("never ask"));
  verb.flag("--key", flags.key, Value::text, N_("a repeat with the same key changes nothing")).called(N_("KEY"));
  verb.flag("--now", flags.now, Value::time, N_("take this for the present time")).called(N_("INSTANT"));
  verb.flag("-q,--quiet", flags.quiet, N_("no notes"));
  verb.flag("-v,--verbose", flags.verbose, N_("more notes"));
  verb.flag("--color", flags.colour, Value::choice, N_("colours on a terminal")).one_of({"auto", "always", "never"});
  verb.flag("--lang", flags.language, Value::choice, N_("the language of messages")).one_of({"en", "ru"});
  verb.flag("--operator", flags.operator_name, Value::text, N_("who works")).called(N_("NAME"));
  verb.flag("--till", flags.till, Value::text, N_("the till")).called(N_("TILL"));
  verb.flag("--shop", flags.shop, Value::shop, N_("the shop, where there are several"));
  verb.flag("--company", flags.company, Value::company, N_("the company, where there are several"));
  verb.flag("-h,--help", flags.help, N_("explain the command"));
  verb.flag("--version", flags.version, N_("print the version"));
}

Globals resolve_globals(const GlobalFlags& flags, const World& world) {
  const Environment& environment = world.environment;
  const Sources sources(environment);
  Globals globals;
  globals.excel = flags.excel;
  globals.dry_run = flags.dry_run;
  globals.yes = flags.yes;
  globals.no_input = flags.no_input;
  globals.quiet = flags.quiet;
  globals.verbose = flags.verbose;
  globals.key = flags.key.value_or("");
  if (flags.output && *flags.output != "-") globals.output_path = *flags.output;
  if (flags.columns) globals.columns = split_columns(*flags.columns);

  const auto take = [&](std::string& target, const Setting& setting) {
    target = setting.value;
    globals.settings.push_back(setting);
  };
  take(globals.store_path, sources.setting("db", "--db", flags.store, "LOYAL_DB", default_store_path(environment)));
  if (globals.store_path.starts_with("~/")) globals.store_path.replace(0, 1, variable(environment, "HOME"));
  resolve_form(globals, flags, sources);
  if (globals.excel && globals.form != format::Form::csv && globals.form != format::Form::tsv)
    throw Error(Fault::usage, tr("--excel goes with CSV; a workbook needs no flag"), "-f xlsx -o list.xlsx");
  globals.is_windows_1251 = flags.encoding == "windows-1251";
  if (globals.is_windows_1251 && globals.form != format::Form::csv && globals.form != format::Form::tsv)
    throw Error(Fault::usage, tr("--encoding goes with CSV; everything else is in UTF-8"),
                "-f csv --encoding windows-1251");

  const Setting colour = colour_setting(sources, flags, environment);
  globals.settings.push_back(colour);
  globals.colour = colour.value == "always" ||
                   (colour.value == "auto" && world.out_is_terminal && variable(environment, "TERM") != "dumb");

  Setting language = sources.setting("lang", "--lang", flags.language, "", "en");
  const auto [named, variable_name] = language_of_environment(environment);
  if (language.source != "flag" && !named.empty()) language = {"lang", named, "environment", variable_name};
  check_choice(language, {"en", "ru"});
  take(globals.language, language);

  take(globals.operator_name, sources.setting("operator", "--operator", flags.operator_name, "LOYAL_OPERATOR", ""));
  take(globals.till, sources.setting("till", "--till", flags.till, "LOYAL_TILL", ""));
  take(globals.shop, sources.setting("shop", "--shop", flags.shop, "LOYAL_SHOP", ""));
  take(globals.company, sources.setting("company", "--company", flags.company, "LOYAL_COMPANY", ""));

  const Setting now = sources.setting("now", "--now", flags.now, "LOYAL_NOW", "");
  globals.settings.push_back(now);
  if (!now.value.empty()) {
    globals.now = instant_from_iso(now.value);
    if (!globals.now)
      throw Error(Fault::usage, tr("{}: \"{}\" is no time; it needs a zone", now.origin, now.value),
                  "--now 2026-03-01T12:00:00+03:00");
  }
  return globals;
}

std::string early_language(std::span<const std::string> words, const World& world) {
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (words[i].starts_with("--lang=")) return words[i].substr(7);
    if (words[i] == "--lang" && i + 1 < words.size()) return words[i + 1];
  }
  if (const auto [language, name] = language_of_environment(world.environment); !language.empty()) return language;
  try {
    if (const std::string path = config_path(world.environment); !path.empty())
      for (const auto& [key, value] : format::read_config_file(path))
        if (key == "lang") return value;
  } catch (const Error&) {
    // resolve_globals meets the same error where it can be told.
  }
  return {};
}

bool early_json(std::span<const std::string> words, const World& world) {
  const auto is_json = [](std::string_view form) { return form == "json" || form == "jsonl"; };
  std::string form = variable(world.environment, "LOYAL_FORMAT");
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    const std::string& word = words[i];
    if (word == "--json") return true;
    if ((word == "-f" || word == "--format") && i + 1 < words.size())
      form = words[i + 1];
    else if (word.starts_with("--format="))
      form = word.substr(9);
    else if (word.starts_with("-f") && word.size() > 2)
      form = word.substr(2);
  }
  return is_json(form);
}

std::string config_path(const Environment& environment) {
  const std::string directory = xdg_directory(environment, "XDG_CONFIG_HOME", "/.config");
  return directory.empty() ? directory : directory + "/loyal/config.toml";
}

std::optional<format::Form> form_of_ending(const std::string& path) {
  static const std::map<std::string_view, format::Form> endings = {
      {"txt", format::Form::table}, {"json", format::Form::json}, {"jsonl", format::Form::jsonl},
      {"csv", format::Form::csv},   {"tsv", format::Form::tsv},   {"xlsx", format::Form::xlsx}};
  const std::size_t dot = path.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  const auto found = endings.find(std::string_view(path).substr(dot + 1));
  return found == endings.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace loyal::cli
