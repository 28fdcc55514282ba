// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "loyal/base/money.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/service/promo_codes.hpp"
#include "loyal/store/journal.hpp"

namespace {

constexpr const char* rules = R"(
slug = "coffee"
title = "Coffee"
kind = "bonus"
[[earn]]
rate = "5%"
[spend]
max_share = "50%"
[expiry]
after = "12m"
)";

void parse_an_amount(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(loyal::parse_money("1250.50"));
}
BENCHMARK(parse_an_amount);

void read_a_local_time(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(loyal::local_time_from_iso("2026-03-01T12:00:30"));
}
BENCHMARK(read_a_local_time);

void write_a_local_time(benchmark::State& state) {
  const loyal::LocalTime time{loyal::Date::of(2026, 3, 1), 43230};
  for (auto _ : state) benchmark::DoNotOptimize(loyal::to_string(time));
}
BENCHMARK(write_a_local_time);

void assess_a_receipt(benchmark::State& state) {
  const loyal::domain::Program program = loyal::format::read_program(rules, "rules.toml");
  loyal::domain::Receipt receipt;
  receipt.at = {loyal::Date::of(2026, 3, 1), 43230};
  receipt.lines.emplace_back();
  receipt.lines.front().amount = receipt.lines.front().price = loyal::Money{125050};
  for (auto _ : state) benchmark::DoNotOptimize(loyal::domain::assess(program, receipt, {}, {}));
}
BENCHMARK(assess_a_receipt);

/// The rules of the file that LOYAL_BENCH_RULES names, or the plain ones.
std::string bench_rules() {
  const char* path = std::getenv("LOYAL_BENCH_RULES");
  if (path == nullptr) return rules;
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void assess_fifty_lines(benchmark::State& state) {
  const loyal::domain::Program program = loyal::format::read_program(bench_rules(), "rules.toml");
  loyal::domain::Receipt receipt;
  receipt.at = {loyal::Date::of(2026, 3, 2), 43230};
  for (int i = 0; i < 50; ++i) {
    loyal::domain::ReceiptLine line;
    line.sku = "sku" + std::to_string(i);
    line.category = "c" + std::to_string(i % 12);
    line.amount = line.price = {19900 + i};
    receipt.lines.push_back(line);
  }
  loyal::domain::CardFacts card;
  card.lots = {{{1}, {500000}, {1}, receipt.at.date, receipt.at.date, std::nullopt}};
  const loyal::domain::SpendWish wish{loyal::domain::SpendWish::Mode::max, {}};
  for (auto _ : state) benchmark::DoNotOptimize(loyal::domain::assess(program, receipt, wish, card));
}
BENCHMARK(assess_fifty_lines);

/// Needs LOYAL_BENCH_STORE, a store with many codes, and LOYAL_BENCH_CODE, one of them.
void find_promo(benchmark::State& state) {
  const char* store = std::getenv("LOYAL_BENCH_STORE");
  const char* code = std::getenv("LOYAL_BENCH_CODE");
  if (store == nullptr || code == nullptr)
    return state.SkipWithError("LOYAL_BENCH_STORE and LOYAL_BENCH_CODE are not set");
  loyal::store::Database database(store, loyal::store::Access::read);
  const loyal::service::Context context{database, {1'772'366'400}, {1'772'366'400}, {}, {}, {}, {}, {}, false};
  for (auto _ : state) {
    loyal::service::Rules rules(database);
    benchmark::DoNotOptimize(loyal::service::find_promo(context, rules, code));
  }
}
BENCHMARK(find_promo);

void digest_a_row(benchmark::State& state) {
  loyal::store::Digest digest;
  const loyal::Date date = loyal::Date::of(2026, 3, 1);
  std::int64_t id = 0;
  for (auto _ : state) {
    for (int column = 0; column < 6; ++column) digest.add(++id);
    digest.add("earn");
    digest.add(date);
    digest.add(date);
    digest.add(nullptr);
  }
  benchmark::DoNotOptimize(digest.finish());
}
BENCHMARK(digest_a_row);

}  // namespace

BENCHMARK_MAIN();
