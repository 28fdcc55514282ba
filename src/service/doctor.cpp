// SPDX-License-Identifier: MIT
#include "loyal/service/doctor.hpp"

#include <mutex>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/parallel.hpp"

namespace loyal::service {
namespace {

// Sorts and lookups of a large store want more than SQLite's two megabytes; two such caches are all that is held.
constexpr int cache_mebibytes = 24;

}  // namespace

std::int64_t DoctorReport::problems() const {
  std::int64_t result = 0;
  for (const store::CheckReport& check : checks) result += check.problems;
  return result;
}

DoctorReport examine(const std::string& path, const Progress& progress) {
  const std::span<const store::Check> wanted = store::checks();
  DoctorReport report;
  report.checks.resize(wanted.size());
  std::mutex telling;
  std::int64_t done = 0;
  SharedLoop loop(wanted.size(), [&](std::size_t index) {
    store::Database database(path, store::Access::read);
    database.expect_bulk(cache_mebibytes);
    // One snapshot for the whole check, however others write meanwhile.
    database.execute("begin");
    report.checks[index] = store::run_check(database, wanted[index]);
    database.execute("rollback");
    const std::scoped_lock lock(telling);
    ++done;
    if (progress) progress(done, static_cast<std::int64_t>(wanted.size()));
  });
  loop.finish();
  return report;
}

std::int64_t rebuild_lots(const Context& context) {
  store::Transaction transaction(context.store);
  for (const store::Check& check : store::checks()) {
    if (std::string_view(check.name) != "chain") continue;
    const store::CheckReport chain = store::run_check(context.store, check);
    if (chain.problems > 0)
      throw Error(Fault::store_broken,
                  tr("the lots cannot be made from a broken history: {}: {}", chain.first.front().place,
                     chain.first.front().what),
                  tr("loyal store restore BACKUP"));
  }
  const std::int64_t count = store::rebuild_lots(context.store);
  if (!context.dry_run) transaction.commit();
  return count;
}

}  // namespace loyal::service
