// SPDX-License-Identifier: MIT
#include "loyal/service/rules.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/format/program_file.hpp"

namespace loyal::service {
namespace {

/// A text means the same whichever store holds it, and reading it costs more than a sale: a till that sells all day
/// reads each once.
const domain::Program& program_of(const store::VersionRow& row) {
  constexpr std::size_t texts_max = 64;
  thread_local std::unordered_map<std::string, domain::Program> read;
  const auto found = read.find(row.rules);
  if (found != read.end()) return found->second;
  domain::Program program = format::read_program(row.rules, fmt::format("version {}", row.number));
  if (read.size() >= texts_max) read.clear();
  return read.emplace(row.rules, std::move(program)).first->second;
}

Rules::Version parsed(const store::VersionRow& row) {
  try {
    return {row.id, row.number, row.applies_from, program_of(row)};
  } catch (const Error& error) {
    // The text was read before it was stored: it is the store that has changed.
    throw Error(Fault::store_broken, tr("the store holds rules that cannot be read: {}", error.what()), "loyal doctor");
  }
}

}  // namespace

const std::vector<Rules::Version>& Rules::all(ProgramId program) {
  auto& versions = by_program_[program];
  if (versions.empty())
    for (const store::VersionRow& row : store::versions(database_, program, known_at_)) versions.push_back(parsed(row));
  if (versions.empty()) throw std::logic_error("a program without a version");
  return versions;
}

const Rules::Version& Rules::on(ProgramId program, Date points_date) {
  const auto& versions = all(program);
  for (auto version = versions.rbegin(); version != versions.rend(); ++version)
    if (version->applies_from <= points_date) return *version;
  return versions.front();
}

const Rules::Version& Rules::newest(ProgramId program) {
  return all(program).back();
}

std::optional<ProgramId> Rules::find(const std::string& slug) {
  for (const store::ProgramRow& row : store::programs(database_))
    if (row.slug == slug) return row.id;
  return std::nullopt;
}

const domain::Program& Rules::as_sold(const Version& version, Date on) {
  if (!version.program.subscription || version.program.subscription->of.empty()) return version.program;
  const auto of = find(version.program.subscription->of);
  if (!of) return version.program;
  const Version& given = this->on(*of, on);
  const auto [place, is_new] = as_sold_.try_emplace({version.id, given.id}, version.program);
  if (is_new) place->second.discount = given.program.discount;
  return place->second;
}

const Rules::Version& Rules::version(VersionId id) {
  if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
  const auto row = store::version(database_, id);
  if (!row) throw std::logic_error("a sale without its program version");
  return by_id_.emplace(id, parsed(*row)).first->second;
}

}  // namespace loyal::service
