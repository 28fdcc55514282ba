// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/store/database.hpp"
#include "support/cli_world.hpp"
#include "support/scratch.hpp"

namespace loyal::test {

/// A shop with one bonus program in a scratch directory, run by command lines; "now" is 2026-03-01.
struct ImportShop {
  explicit ImportShop(const std::string& slug = "coffee") {
    REQUIRE(run({"init"}) == 0);
    REQUIRE(run({"company", "add", "--inn", "7707083893", "--ogrn", "1027700132195", "--name", "Зерно"}) == 0);
    REQUIRE_MESSAGE(run({"program", "add", "bonus", "--slug", slug, "--earn", "5%", "--expire", "12m"}) == 0,
                    world.err.str());
  }

  int run(std::vector<std::string> words) {
    words.insert(words.end(), {"--db", store_path()});
    return world.run(words);
  }
  std::string write(std::string_view name, std::string_view text) const {
    std::ofstream(scratch.file(name), std::ios::binary) << text;
    return scratch.file(name);
  }
  /// Imports and answers with the record.
  nlohmann::json import(const char* what, const std::string& file, int code, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"import", what, file, "--json"};
    words.insert(words.end(), more.begin(), more.end());
    const int got = run(words);
    REQUIRE_MESSAGE(got == code, "exit " << got << ": " << world.err.str());
    return world.out.str().empty() ? nlohmann::json() : nlohmann::json::parse(world.out.str());
  }
  nlohmann::json import_text(std::string_view text, int code, std::vector<std::string> more = {}) {
    more.emplace_back("--create-cards");
    return import("sales", write("rows.csv", text), code, more);
  }
  std::int64_t number(const char* query) const {
    store::Database store(store_path(), store::Access::read);
    store::Statement row = store.prepare(query);
    row.rewind();
    return row.step() ? row.integer(0) : 0;
  }
  std::string text(const char* query) const {
    store::Database store(store_path(), store::Access::read);
    store::Statement row = store.prepare(query);
    std::string result;
    for (row.rewind(); row.step();) result += row.text(0) + "\n";
    return result;
  }
  std::string store_path() const { return scratch.file("shop.db"); }

  ScratchDirectory scratch;
  CliWorld world;
};

}  // namespace loyal::test
