// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/clock.hpp"
#include "loyal/format/cell.hpp"
#include "loyal/format/record.hpp"
#include "loyal/format/sink.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/database.hpp"

namespace loyal::cli {

/// The real world as a command sees it; tests give their own.
struct World {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::map<std::string, std::string> environment;
  const Clock& clock;
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int terminal_columns = 100;
  std::string locale_directory;  ///< where the message catalogues lie
  /// Milliseconds of a clock that only runs forward, for the progress line; empty: no progress is shown.
  std::function<std::int64_t()> milliseconds = {};
  /// Shows or hides what is typed on the terminal; empty: it cannot be hidden.
  std::function<void(bool shown)> show_typing = {};
};

/// One setting as `loyal config` shows it.
struct Setting {
  std::string name;
  std::string value;   ///< empty: not set
  std::string source;  ///< "flag", "environment", "file", "default"
  std::string origin;  ///< the flag, the variable or the file
};

/// What the global flags said, after flag, environment, configuration file and default were weighed.
struct Globals {
  std::string store_path;
  format::Form form = format::Form::table;
  bool form_given = false;
  std::string output_path;  ///< empty: stdout
  std::vector<std::string> columns;
  bool excel = false;
  bool is_windows_1251 = false;  ///< CSV in this encoding and not in UTF-8
  bool dry_run = false;
  bool yes = false;
  bool no_input = false;
  bool quiet = false;
  bool verbose = false;
  bool colour = false;
  std::string language = "en";
  std::string key;
  std::string operator_name;
  std::string till;
  std::string shop;
  std::string company;
  std::optional<Instant> now;     ///< --now / LOYAL_NOW
  std::vector<Setting> settings;  ///< what can be set outside the command line, and where it came from
};

/// One run of the program: the world, the global flags, the store, and the ways to answer.
class Session {
 public:
  /// A verb that writes opens the store for writing even where it only reads at first, so that it is opened once.
  explicit Session(World& world, bool verb_writes = false) : world_(world), verb_writes_(verb_writes) {}

  World& world() { return world_; }
  Globals& globals() { return globals_; }

  /// The one now of this command (--now, else the clock).
  Instant now();
  /// The real time, stored beside a now that was set.
  Instant wall_time() const { return world_.clock.now(); }

  /// The store opened read-only; Error{store_missing} with the way to make one.
  store::Database& store_for_reading();
  /// The store opened for writing.
  store::Database& store_for_writing();
  /// What services take: the store opened for writing with key, operator, till and now.
  service::Context writing();
  /// The same over the store opened read-only.
  service::Context reading();

  /// Whether the answer goes to a program: any form but the people's table.
  bool for_programs() const { return globals_.form != format::Form::table; }

  /// The answer of a command that changes something: `line` for people, `record` for programs.
  void answer(const std::string& line, const format::Record& record);
  /// A record shown whole, to people as well.
  void show(const format::Record& record);
  /// A list: the rows go to stdout or to the file of -o; `fill` is called once with the sink.
  void list(const std::string& title, std::vector<format::Column> columns,
            const std::function<void(format::Sink&)>& fill);
  /// The file of -o for a verb that writes it itself: the answer then goes to the standard output, in its own form.
  /// Error{usage} with these words where there is none.
  std::string take_output_path(const std::string& missing, const std::string& hint);
  /// A line of the answer for people alone.
  void say(const std::string& line);
  /// Lines laid out for people, to stdout or to the file of -o; programs are answered by list and show.
  void page(const std::string& text);
  /// To stderr: "loyal: note: …"; not with --quiet.
  void note(const std::string& text);
  /// To stderr, for people only: "next: loyal …" — what one would do now.
  void next(const std::string& command);

  /// A long work's progress line on a terminal's stderr, at most ten times a second, from half a second on.
  void progress(const std::string& what, std::int64_t done, std::int64_t total);

  /// Whether somebody sits there who can be asked.
  bool can_ask() const;
  /// Asks yes or no on a terminal; true with --yes; Error{unconfirmed} where nobody can be asked.
  bool confirm(const std::string& question);
  /// As confirm, but the name must be typed (or given by --confirm).
  void confirm_by_name(const std::string& question, const std::string& name, const std::string& given);
  /// A secret: typed unseen where somebody can be asked, else the next line of stdin. Error{unconfirmed} where there is
  /// none.
  std::string secret(const std::string& question);
  /// Lets a person choose one of several by number; nothing where nobody can be asked.
  std::optional<std::size_t> choose(const std::string& question, const std::vector<std::string>& choices);

  /// The exit code of a run that ended without an error but not whole (3: rows were rejected).
  void ends_with(int code) { exit_code_ = code; }
  int exit_code() const { return exit_code_; }

 private:
  World& world_;
  Globals globals_;
  std::optional<Instant> now_;
  std::unique_ptr<store::Database> store_;
  bool verb_writes_ = false;
  bool store_is_writable_ = false;
  int exit_code_ = 0;
  format::FormOptions form_options(const std::string& title) const;
  std::string ask(const std::string& question);
  void clear_progress();

  std::string progress_what_;
  std::int64_t progress_started_milliseconds_ = 0;
  std::int64_t progress_shown_milliseconds_ = 0;
  bool progress_is_shown_ = false;
};

}  // namespace loyal::cli
