// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/cli_world.hpp"
#include "support/sample_commands.hpp"

using loyal::cli::Session;
using loyal::test::CliWorld;
using loyal::test::sample_table;

TEST_CASE("what people read never drives the terminal") {
  CliWorld world;
  CHECK(world.run({"sale", "list"}, sample_table()) == 0);
  CHECK(world.out.str().starts_with("sales\n"));
  CHECK(world.out.str().find('\x1b') == std::string::npos);
}

TEST_CASE("an answer is a line for people and a record for programs") {
  CliWorld world;
  CHECK(world.run({"points", "adjust", "29", "7"}, sample_table()) == 0);
  CHECK(world.out.str() == "29|7|||-|\n");
  CHECK(world.run({"points", "adjust", "29", "7", "--json"}, sample_table()) == 0);
  CHECK(world.out.str().find("\"card\"") != std::string::npos);
  CHECK(world.out.str().find("29|7") == std::string::npos);
  CHECK(world.run({"points", "adjust", "29", "7", "-f", "xlsx"}, sample_table()) == 2);
}

TEST_CASE("a list goes to the file of -o in the form of its ending") {
  const auto path =
      std::filesystem::temp_directory_path() / ("loyal-session-test-" + std::to_string(::getpid()) + ".csv");
  std::filesystem::remove(path);
  CliWorld world;
  CHECK(world.run({"card", "list", "-o", path.string()}, sample_table()) == 0);
  CHECK(world.out.str() == "");
  CHECK(world.err.str() == "loyal: note: 1 row written to " + path.string() + "\n");
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  CHECK(text.str() == "number\n2900000123458\n");
  std::filesystem::remove(path);

  CHECK(world.run({"card", "list", "-q", "-o", path.string()}, sample_table()) == 0);
  CHECK(world.err.str() == "");
  std::filesystem::remove(path);

  CHECK(world.run({"card", "list", "-o", "list.pdf"}, sample_table()) == 2);
  CHECK(!std::filesystem::exists("list.pdf"));
  CHECK(world.run({"card", "list", "-o", "/nonexistent/list.csv"}, sample_table()) == 1);
}

TEST_CASE("a workbook goes into a pipe, and is refused on a terminal") {
  CliWorld world;
  CHECK(world.run({"card", "list", "-f", "xlsx"}, sample_table()) == 0);
  CHECK(world.out.str().starts_with("PK"));
  world.world.out_is_terminal = true;
  CHECK(world.run({"card", "list", "-f", "xlsx"}, sample_table()) == 2);
  CHECK(world.out.str() == "");
}

TEST_CASE("a number is chosen on a terminal, and nothing where nobody can be asked") {
  CliWorld world;
  Session session(world.world);
  CHECK(!session.choose("Which?", {"a", "b"}));
  CHECK(world.err.str() == "");

  world.world.in_is_terminal = world.world.err_is_terminal = true;
  world.in.str("3\nx\n2\n");
  CHECK(session.choose("Which?", {"a", "b"}) == 1);
  CHECK(world.out.str() == "");
  world.in.clear();
  world.in.str("\n");
  CHECK(!session.choose("Which?", {"a", "b"}));
}

TEST_CASE("a severe question takes the name itself, typed or given") {
  CliWorld world;
  Session session(world.world);
  CHECK_NOTHROW(session.confirm_by_name("Erase.", "Зерно", "Зерно"));
  session.globals().yes = true;
  CHECK_THROWS_WITH_AS(session.confirm_by_name("Erase.", "Зерно", ""), "this needs the name to be confirmed: Erase.",
                       loyal::Error);
  CHECK_THROWS_AS(session.confirm_by_name("Erase.", "Зерно", "зерно"), loyal::Error);
  world.world.in_is_terminal = world.world.err_is_terminal = true;
  world.in.str("Зерно\nno\n");
  CHECK_NOTHROW(session.confirm_by_name("Erase.", "Зерно", ""));
  CHECK_THROWS_AS(session.confirm_by_name("Erase.", "Зерно", ""), loyal::Error);
}

TEST_CASE("progress is shown on a terminal, from half a second on, ten times a second at most") {
  CliWorld world;
  std::int64_t now = 0;
  world.world.milliseconds = [&now] { return now; };
  Session session(world.world);
  session.progress("sales", 1, 100);
  now = 1000;
  session.progress("sales", 50, 100);
  CHECK(world.err.str() == "");

  world.world.err_is_terminal = true;
  Session shown(world.world);
  now = 0;
  shown.progress("sales", 1, 100);
  now = 499;
  shown.progress("sales", 2, 100);
  CHECK(world.err.str() == "");
  now = 1000;
  shown.progress("sales", 50, 100);
  CHECK(world.err.str() == "\r\x1b[Ksales: 50 of 100, 50 a second, 1 s left");
  now = 1099;
  shown.progress("sales", 60, 100);
  CHECK(world.err.str() == "\r\x1b[Ksales: 50 of 100, 50 a second, 1 s left");
  shown.say("done");
  CHECK(world.err.str().ends_with("left\r\x1b[K"));
}
