// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdio>

extern char** environ;

/// Runs a command and writes what it took: bench_measure RESULT COMMAND [WORD …]. The result is one line: seconds of
/// wall clock, seconds of processor, peak memory in KiB.
///
/// A program of its own and not the driver, because a new process counts the peak of the one that it was started from
/// as its own, and because an interpreter's time to start a process would blur commands of a few milliseconds.
int main(int count, char** words) {
  if (count < 3) {
    std::fputs("usage: bench_measure RESULT COMMAND [WORD …]\n", stderr);
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawnp(&child, words[2], nullptr, nullptr, words + 2, environ) != 0) {
    std::perror(words[2]);
    return 127;
  }
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) < 0) {
    std::perror("wait4");
    return 1;
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  std::FILE* const result = std::fopen(words[1], "w");
  if (result == nullptr) {
    std::perror(words[1]);
    return 1;
  }
  std::fprintf(result, "%.6f %.6f %ld\n", wall.count(), seconds(used.ru_utime) + seconds(used.ru_stime),
               used.ru_maxrss);
  if (std::fclose(result) != 0) return 1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
