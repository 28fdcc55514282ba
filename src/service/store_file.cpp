// SPDX-License-Identifier: MIT
#include "loyal/service/store_file.hpp"

#include <filesystem>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/format/atomic_file.hpp"
#include "loyal/service/doctor.hpp"
#include "loyal/store/backup.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

namespace fs = std::filesystem;

constexpr unsigned owner_only = 0600;
// Any command of a till is over by then; who has the store open for longer is told of.
constexpr int restore_waits_milliseconds = 2000;

/// Answers with the last operation in the copy.
OperationId copy_to_file(store::Database& database, const std::string& path) {
  OperationId last;
  format::AtomicFile file(path, owner_only);
  if (file.is_direct()) throw Error(Fault::usage, tr("a store cannot be copied to {}: it is no file", path));
  {
    store::Database copy = store::Database::open_unchecked(file.temporary_path(), store::Access::write);
    store::copy(database, copy);
  }
  {
    store::Database copy = store::Database::open_older(file.temporary_path());
    store::require_sound_pages(copy);
    if (const auto operation = store::last_operation(copy)) last = operation->id;
  }
  file.commit();
  return last;
}

/// A name beside the store that nothing has yet.
std::string place_for_replaced(const std::string& path) {
  std::string place = path + ".before-restore";
  for (int number = 2; fs::exists(place); ++number) place = path + ".before-restore-" + std::to_string(number);
  return place;
}

/// Takes a store that cannot be read aside, with what belongs to it.
void move_aside(const std::string& path, const std::string& place) {
  std::error_code problem;
  fs::rename(path, place, problem);
  if (problem) throw Error(Fault::failed, tr("cannot move {} to {}: {}", path, place, problem.message()));
  for (const char* ending : {"-wal", "-shm"})
    if (fs::exists(path + ending)) fs::rename(path + ending, place + ending, problem);
}

/// Whether the store at `path` could be read and has been replaced in its place.
bool replace_in_place(const std::string& path, const std::string& place, store::Database& source) {
  try {
    store::Database target = store::Database::open_older(path);
    // Keeps everybody else away from the first copy to the end of the second, so that no sale falls between them.
    target.set_busy_timeout(restore_waits_milliseconds);
    target.lock_out_others();
    copy_to_file(target, place);
    store::copy(source, target);
    return true;
  } catch (const Error& error) {
    if (error.fault() != Fault::store_broken) throw;
    return false;
  }
}

}  // namespace

OperationId backup(store::Database& database, const std::string& path, bool force) {
  std::error_code problem;
  if (fs::exists(path, problem)) {
    if (fs::equivalent(path, database.path(), problem)) throw Error(Fault::usage, tr("{} is the store itself", path));
    if (!force)
      throw Error(Fault::conflict, tr("there is already a file {}", path), tr("take another name, or --force"));
  }
  return copy_to_file(database, path);
}

void require_clean(const std::string& path) {
  const DoctorReport report = examine(path);
  for (const store::CheckReport& check : report.checks)
    if (check.problems > 0)
      throw Error(Fault::store_broken,
                  tr("{} is not whole: {}: {}", path, check.first.front().place, check.first.front().what),
                  tr("look for another backup; see all of it: {}", "loyal doctor --db " + path));
}

std::optional<StoreIdentity> identity_of(const std::string& path) {
  try {
    store::Database database(path, store::Access::read);
    StoreIdentity identity;
    identity.uuid = store::store_uuid(database);
    for (const store::Company& company : store::companies(database)) identity.companies.push_back(company.name);
    if (const auto last = store::last_operation(database)) {
      identity.last_operation = last->id;
      identity.last_operation_at = last->at;
    }
    return identity;
  } catch (const Error& error) {
    // What cannot be read is what a restore mends.
    if (error.fault() != Fault::store_missing && error.fault() != Fault::store_broken) throw;
    return std::nullopt;
  }
}

RestoreReport restore(const std::string& path, const std::string& from) {
  std::error_code problem;
  if (fs::equivalent(path, from, problem)) throw Error(Fault::usage, tr("{} is the store itself", from));
  store::Database source(from, store::Access::read);
  RestoreReport report;
  const auto last = store::last_operation(source);
  report.operations = last ? last->id.value : 0;
  if (!fs::exists(path)) {
    copy_to_file(source, path);
    return report;
  }
  report.kept = place_for_replaced(path);
  if (replace_in_place(path, report.kept, source)) return report;
  move_aside(path, report.kept);
  copy_to_file(source, path);
  return report;
}

}  // namespace loyal::service
