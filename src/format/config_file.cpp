// SPDX-License-Identifier: MIT
#include "loyal/format/config_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/format/atomic_file.hpp"
#include "loyal/format/toml_file.hpp"

namespace loyal::format {
namespace {

std::string setting_text(const std::string& path, const TomlMember& member) {
  if (const auto* text = std::get_if<std::string>(&member.node.value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&member.node.value)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&member.node.value)) return *truth ? "true" : "false";
  refuse_at(path, member.place, tr("\"{}\" is neither text nor a number", member.key));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> read_config_file(const std::string& path) {
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) return {};
  if (!std::filesystem::is_regular_file(path, problem)) throw Error(Fault::failed, tr("\"{}\" is not a file", path));
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(Fault::failed, tr("cannot read \"{}\"", path));
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const TomlNode top = parse_toml(text, path);
  std::vector<std::pair<std::string, std::string>> settings;
  for (const TomlMember& member : std::get<TomlNode::Table>(top.value))
    settings.emplace_back(member.key, setting_text(path, member));
  return settings;
}

void write_config_file(const std::string& path, const std::vector<std::pair<std::string, std::string>>& settings) {
  std::error_code problem;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), problem);
  AtomicFile file(path, 0600);
  for (const auto& [key, value] : settings) file.write(fmt::format("{} = {}\n", key, toml_string(value)));
  file.commit();
}

}  // namespace loyal::format
