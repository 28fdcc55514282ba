// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/scanning.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/format/photograph.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/scan.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::vector<std::string> files;
};

struct Sight {
  std::string file;
  format::Found found;
};

/// The pictures of a folder by name: what a file is, its first bytes tell.
std::vector<std::string> pictures_in(const std::string& folder) {
  constexpr std::size_t start_bytes = 16;
  std::vector<std::string> paths;
  std::error_code closed;
  const std::filesystem::directory_iterator entries(folder, closed);
  if (closed) throw Error(Fault::failed, tr("\"{}\" cannot be read: {}", visible(folder), closed.message()));
  for (const auto& entry : entries) {
    std::error_code gone;
    if (!entry.is_regular_file(gone) || gone) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string start(start_bytes, '\0');
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    if (format::is_photograph(start)) paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

std::vector<std::string> all_pictures(const std::vector<std::string>& files) {
  std::vector<std::string> paths;
  for (const std::string& file : files) {
    std::error_code absent;
    if (file != "-" && std::filesystem::is_directory(file, absent))
      std::ranges::copy(pictures_in(file), std::back_inserter(paths));
    else
      paths.push_back(file);
  }
  return paths;
}

/// One picture that cannot be read fails by itself; of several the others are read, and the run ends as done in part.
std::vector<Sight> look_at(Session& session, const std::vector<std::string>& paths) {
  std::vector<Sight> sights;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    session.progress(tr("pictures"), static_cast<std::int64_t>(i), static_cast<std::int64_t>(paths.size()));
    try {
      for (auto& found : scanned(session, paths[i])) sights.push_back({paths[i], std::move(found)});
    } catch (const Error& error) {
      if (paths.size() == 1) throw;
      session.note(error.what());
      session.ends_with(3);
    }
  }
  return sights;
}

std::vector<Cell> cells_of(const service::Context& context, service::CustomerSight& names, const Sight& sight) {
  const Cell none;
  std::vector<Cell> cells{sight.file, symbology_name(sight.found), sight.found.text};
  const auto card = service::card_of_scan(context.store, sight.found);
  if (!card) {
    cells.insert(cells.end(), {none, none, none, none, none, none});
    return cells;
  }
  const service::CardState state = service::card_state(context, card->number, std::nullopt);
  const auto holder = store::customer(context.store, card->customer);
  const auto program = store::program(context.store, card->program).value();
  cells.insert(cells.end(),
               {card->number, text_or_absent(holder ? names.name_of(card->customer, holder->name) : ""), program.slug,
                name_cell(card->state), points(state.balance.active, state.unit), std::int64_t{state.unit.scale}});
  return cells;
}

void code_scan(Session& session, const Options& options) {
  const auto paths = all_pictures(options.files);
  if (paths.empty())
    throw Error(Fault::not_found, tr("there are no pictures in {}", visible(options.files.front())),
                tr("PNG, JPEG and WebP are read"));
  const auto sights = look_at(session, paths);
  if (sights.empty())
    throw Error(Fault::not_found,
                trn("no code was found in {} picture", "no code was found in {} pictures",
                    static_cast<std::int64_t>(paths.size())),
                tr("hold the camera straight and near, in even light"));
  const service::Context context = session.reading();
  session.list(tr("Codes"),
               {{"file", tr("File"), Kind::name},
                {"symbology", tr("Symbology"), Kind::identifier},
                {"code", tr("Code"), Kind::identifier},
                {"number", tr("Card"), Kind::identifier},
                {"holder", tr("Holder"), Kind::name},
                {"program", tr("Program"), Kind::identifier, Shown::wide_only},
                {"state", tr("State")},
                {"balance", tr("Balance"), Kind::points},
                {"scale", "", Kind::integer, Shown::to_programs}},
               [&](format::Sink& sink) {
                 service::CustomerSight names(context);
                 for (const Sight& sight : sights) sink.row(cells_of(context, names, sight));
               });
}

}  // namespace

void declare_code_scan(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_(
      "Reads the codes in photographs: PNG, JPEG or WebP files, folders of them, or stdin. Of each code it says what "
      "it is, and whose card it opens, with the balance. A picture has at most 40 million pixels and 64 MB."));
  verb.operand("FILE", options.files, Value::file, N_("a picture or a folder; - is stdin"));
  verb.example("loyal code scan photo.jpg");
  verb.example("loyal code scan photos/ --json");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.can_be_partial();
  verb.runs([&options](Session& session) { code_scan(session, options); });
}

}  // namespace loyal::cli
