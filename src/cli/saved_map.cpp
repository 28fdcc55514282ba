// SPDX-License-Identifier: MIT
#include "loyal/cli/saved_map.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <utility>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/globals.hpp"
#include "loyal/format/config_file.hpp"
#include "loyal/service/column_map.hpp"

namespace loyal::cli {
namespace {

using service::ImportFile;

/// What of a file's reading is kept beside its columns.
constexpr std::array<std::pair<const char*, std::string ImportFile::*>, 3> ways = {
    {{"separator", &ImportFile::separator}, {"encoding", &ImportFile::encoding}, {"dates", &ImportFile::dates}}};

/// The folder of saved maps; Error{usage} where there is no place for it.
std::filesystem::path folder(Session& session) {
  const std::string config = config_path(session.world().environment);
  if (config.empty())
    throw Error(Fault::usage, tr("there is no folder for settings: neither XDG_CONFIG_HOME nor HOME is set"));
  return std::filesystem::path(config).parent_path() / "maps";
}

std::string names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(folder, problem))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void require_name(const std::string& name) {
  if (!name.empty() && slug_of(name) == name) return;
  const std::string slug = slug_of(name);
  throw Error(Fault::usage,
              tr("\"{}\" is no name for a map: small Latin letters, digits and dashes are", visible(name)),
              slug.empty() ? std::string{} : "--save-map " + slug);
}

void apply(const std::filesystem::path& folder, const std::string& name, ImportFile& file) {
  const std::filesystem::path path = folder / (name + ".toml");
  const bool is_there = slug_of(name) == name && std::filesystem::exists(path);
  if (!is_there) {
    const std::string names = names_in(folder);
    throw Error(
        Fault::not_found, tr("there is no map \"{}\"", visible(name)),
        names.empty() ? tr("write --map OURS=THEIRS, and keep it with --save-map NAME") : tr("there are: {}", names));
  }
  std::vector<std::string> kept;
  for (const auto& [key, value] : format::read_config_file(path.string())) {
    const auto way = std::find_if(ways.begin(), ways.end(), [&key = key](const auto& one) { return key == one.first; });
    if (way == ways.end())
      kept.push_back(key + "=" + value);
    else if ((file.*(way->second)).empty())
      file.*(way->second) = value;
  }
  file.mappings.insert(file.mappings.begin(), kept.begin(), kept.end());
}

}  // namespace

void apply_saved_maps(Session& session, ImportFile& file) {
  const auto is_name = [](const std::string& text) { return text.find('=') == std::string::npos; };
  std::vector<std::string> names;
  std::copy_if(file.mappings.begin(), file.mappings.end(), std::back_inserter(names), is_name);
  std::erase_if(file.mappings, is_name);
  for (const std::string& name : names) apply(folder(session), name, file);
}

void save_map(Session& session, const std::string& name, const ImportFile& file, const service::ColumnMap& columns) {
  require_name(name);
  std::vector<std::pair<std::string, std::string>> settings = columns.pairs();
  for (const auto& [key, member] : ways)
    if (!(file.*member).empty()) settings.emplace_back(key, file.*member);
  const std::filesystem::path path = folder(session) / (name + ".toml");
  format::write_config_file(path.string(), settings);
  session.note(tr("the columns are kept as {}: next time say --map {}", visible(path.string()), name));
}

}  // namespace loyal::cli
