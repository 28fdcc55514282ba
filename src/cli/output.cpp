// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/globals.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/format/atomic_file.hpp"

namespace loyal::cli {
namespace {

/// Lists hold names and phones: nobody but the owner reads the file that is made.
constexpr unsigned file_mode = 0600;

/// Passes rows on and counts them.
class CountingSink : public format::Sink {
 public:
  explicit CountingSink(format::Sink& sink) : sink_(sink) {}
  void row(std::span<const format::Cell> cells) override {
    ++count_;
    sink_.row(cells);
  }
  void finish() override {}
  long long count() const { return count_; }

 private:
  format::Sink& sink_;
  long long count_ = 0;
};

/// Calls `write` with a stream into the file of that path, which takes its place only when all is written.
void write_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
  format::AtomicStream stream(path, file_mode);
  write(stream);
  stream.commit();
}

/// A path of its own among the temporary files, gone at the end.
class ScratchFile {
 public:
  ScratchFile() : path_((std::filesystem::temp_directory_path() / "loyal-XXXXXX").string()) {
    const int descriptor = ::mkstemp(path_.data());
    if (descriptor < 0)
      throw Error(Fault::failed, tr("cannot make a file in \"{}\"", std::filesystem::temp_directory_path().string()));
    ::close(descriptor);
  }
  ~ScratchFile() {
    std::error_code problem;
    std::filesystem::remove(path_, problem);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Each line without what could drive a terminal.
void write_lines(std::ostream& out, std::string_view text) {
  while (true) {
    const std::size_t end = text.find('\n');
    out << visible(text.substr(0, end)) << '\n';
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

void refuse_unknown_ending(const Globals& globals) {
  // A name without an ending, such as /dev/stdout, asks for no form: it gets the one in force.
  if (globals.output_path.empty() || globals.form_given || !std::filesystem::path(globals.output_path).has_extension())
    return;
  throw Error(Fault::usage,
              tr("the ending of \"{}\" names no form; there are .csv, .tsv, .json, .jsonl, .xlsx and .txt",
                 globals.output_path),
              "-f csv");
}

}  // namespace

format::FormOptions Session::form_options(const std::string& title) const {
  return {.form = globals_.form,
          .columns = globals_.columns,
          .excel = globals_.excel,
          .csv_style = {},
          .is_windows_1251 = globals_.is_windows_1251,
          .colour = globals_.colour && globals_.output_path.empty(),
          .width = world_.terminal_columns,
          .title = title};
}

void Session::show(const format::Record& record) {
  clear_progress();
  refuse_unknown_ending(globals_);
  if (globals_.form == format::Form::xlsx)
    throw Error(Fault::usage, tr("this answer is no list; a workbook cannot hold it"), "-f json");
  const format::FormOptions options = form_options("");
  if (globals_.output_path.empty())
    format::write_record(world_.out, record, options);
  else
    write_file(globals_.output_path, [&](std::ostream& out) { format::write_record(out, record, options); });
}

void Session::answer(const std::string& line, const format::Record& record) {
  if (for_programs() || !globals_.output_path.empty())
    show(record);
  else
    say(line);
  if (verb_writes_ && globals_.dry_run) note(tr("dry run: nothing was written"));
}

void Session::list(const std::string& title, std::vector<format::Column> columns,
                   const std::function<void(format::Sink&)>& fill) {
  clear_progress();
  refuse_unknown_ending(globals_);
  const format::FormOptions options = form_options(title);
  const auto fill_and_finish = [&](format::Sink& sink) {
    CountingSink counting(sink);
    fill(counting);
    sink.finish();
    return counting.count();
  };
  const std::string& path = globals_.output_path;
  if (globals_.form == format::Form::xlsx && path.empty()) {
    if (world_.out_is_terminal) throw Error(Fault::usage, tr("a workbook is nothing for a terminal"), "-o list.xlsx");
    const ScratchFile scratch;
    fill_and_finish(*format::make_workbook_sink(scratch.path(), std::move(columns), options, now()));
    std::ifstream file(scratch.path(), std::ios::binary);
    world_.out << file.rdbuf();
    return;
  }
  if (path.empty()) {
    fill_and_finish(*format::make_sink(world_.out, std::move(columns), options));
    return;
  }
  long long count = 0;
  if (globals_.form == format::Form::xlsx)
    count = fill_and_finish(*format::make_workbook_sink(path, std::move(columns), options, now()));
  else
    write_file(path, [&](std::ostream& out) {
      count = fill_and_finish(*format::make_sink(out, std::move(columns), options));
    });
  note(trn("{} row written to {}", "{} rows written to {}", count, path));
}

std::string Session::take_output_path(const std::string& missing, const std::string& hint) {
  std::string path = std::exchange(globals_.output_path, {});
  if (path.empty()) throw Error(Fault::usage, missing, hint);
  if (globals_.form == format::Form::xlsx) globals_.form = format::Form::table;
  return path;
}

void Session::say(const std::string& line) {
  clear_progress();
  if (!for_programs()) write_lines(world_.out, line);
}

void Session::page(const std::string& text) {
  clear_progress();
  refuse_unknown_ending(globals_);
  const std::string& path = globals_.output_path;
  if (path.empty()) return write_lines(world_.out, text);
  write_file(path, [&text](std::ostream& out) { write_lines(out, text); });
  note(tr("written to {}", path));
}

void Session::note(const std::string& text) {
  clear_progress();
  if (!globals_.quiet) world_.err << tr("loyal: note: {}", visible(text)) << '\n';
}

void Session::next(const std::string& command) {
  clear_progress();
  if (!globals_.quiet && !for_programs()) world_.err << tr("next: {}", visible(command)) << '\n';
}

}  // namespace loyal::cli
