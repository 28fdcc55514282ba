// SPDX-License-Identifier: MIT
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "loyal/cli/run.hpp"
#include "loyal/format/temporary_file.hpp"

extern char** environ;

namespace {

std::map<std::string, std::string> environment() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (const std::size_t equals = text.find('='); equals != std::string_view::npos)
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

int terminal_columns() {
  winsize size{};
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
    if (::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const char* columns = std::getenv("COLUMNS");
  const int width = columns == nullptr ? 0 : std::atoi(columns);
  return width > 0 ? width : 100;
}

std::string locale_directory() {
  if (const char* given = std::getenv("LOYAL_LOCALE_DIR"); given != nullptr && *given != '\0') return given;
  std::error_code problem;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", problem);
  const std::filesystem::path installed = program.parent_path().parent_path() / "share" / "locale";
  if (!problem && std::filesystem::exists(installed / "ru/LC_MESSAGES/loyal.mo", problem)) return installed.string();
  return LOYAL_BUILD_LOCALE_DIR;
}

std::int64_t milliseconds() {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_start).count();
}

/// Half-written files go; SQLite rolls back what was not committed when the store is opened next.
void stop(int number) {
  loyal::format::remove_temporary_files();
  if (number == SIGINT) ::_exit(130);
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void show_typing(bool shown) {
  termios terminal{};
  if (::tcgetattr(STDIN_FILENO, &terminal) != 0) return;
  const tcflag_t echo = ECHO;
  terminal.c_lflag = shown ? terminal.c_lflag | echo : terminal.c_lflag & ~echo;
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal);
}

}  // namespace

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_DFL);
  for (const int number : {SIGINT, SIGTERM}) std::signal(number, stop);
  // Who starts it under nohup wants it to outlive the terminal.
  if (std::signal(SIGHUP, stop) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);

  const std::vector<std::string> arguments(words + std::min(count, 1), words + count);
  const loyal::SystemClock clock;
  loyal::cli::World world{.in = std::cin,
                          .out = std::cout,
                          .err = std::cerr,
                          .environment = environment(),
                          .clock = clock,
                          .locale_directory = locale_directory()};
  world.in_is_terminal = ::isatty(STDIN_FILENO) == 1;
  world.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  world.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  world.terminal_columns = terminal_columns();
  world.milliseconds = milliseconds;
  world.show_typing = show_typing;
  return loyal::cli::run(arguments, world);
}
