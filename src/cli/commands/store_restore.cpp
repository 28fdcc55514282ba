// SPDX-License-Identifier: MIT
#include <filesystem>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/service/store_file.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string file, confirm;
};

constexpr std::size_t companies_shown = 5;

std::string companies_of(const service::StoreIdentity& store) {
  if (store.companies.empty()) return tr("no company");
  std::string text;
  for (std::size_t i = 0; i < store.companies.size() && i < companies_shown; ++i)
    text += (i == 0 ? "" : ", ") + visible(store.companies[i]);
  return store.companies.size() > companies_shown ? text + ", …" : text;
}

std::string described(const service::StoreIdentity& store) {
  if (!store.last_operation) return tr("store {}, {}, no operation yet", store.uuid, companies_of(store));
  return tr("store {}, {}, last operation {} of {}", store.uuid, companies_of(store), store.last_operation.value,
            store.last_operation_at);
}

/// Says whose backup it is before anybody is asked: the file of another shop is as whole as the right one.
void tell_identity(Session& session, const std::string& path, const std::string& file) {
  const auto found = service::identity_of(file);
  if (!found) return;
  const auto present = service::identity_of(path);
  if (!present || present->uuid == found->uuid) {
    session.note(tr("{} is {}", visible(file), described(*found)));
    return;
  }
  session.note(tr("{} is a backup of another store: {}", visible(file), described(*found)));
  session.note(tr("what lies at {} now is {}", visible(path), described(*present)));
}

void restore(Session& session, const Options& options) {
  const std::string& path = session.globals().store_path;
  service::require_clean(options.file);
  tell_identity(session, path, options.file);
  if (session.globals().dry_run)
    return session.say(tr("{} is whole and would take the place of {}", visible(options.file), visible(path)));
  const std::string name = std::filesystem::path(path).filename().string();
  session.confirm_by_name(
      tr("{} will take the place of the store {}; what was recorded since is left out.", options.file, path), name,
      options.confirm);
  const service::RestoreReport report = service::restore(path, options.file);
  format::Record record;
  record.add("store", path).add("from", options.file).add("last_operation", report.operations);
  record.add("kept", report.kept.empty() ? format::Cell{} : format::Cell{report.kept});
  session.answer(tr("the store {} is that of {} again, up to operation {}", visible(path), visible(options.file),
                    report.operations),
                 record);
  if (!report.kept.empty()) session.note(tr("what was there before lies in {}", report.kept));
}

}  // namespace

void declare_store_restore(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Puts a backup in the place of the store, after all of it has been proved as by loyal doctor. What was "
         "there before is kept "
         "beside it, its name ending in .before-restore. The name of the store's file must be typed."));
  verb.operand("FILE", options.file, Value::file, N_("the backup"));
  verb.flag("--confirm", options.confirm, Value::text, N_("the name of the store's file, instead of typing it"));
  verb.example("loyal store restore loyal-2026-03-01.db --confirm loyal.db");
  verb.can_end_with({Fault::unconfirmed, Fault::store_missing, Fault::store_busy, Fault::store_broken});
  verb.runs([&options](Session& session) { restore(session, options); });
}

}  // namespace loyal::cli
