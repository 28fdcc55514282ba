// SPDX-License-Identifier: MIT
#include "loyal/format/config_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/format/toml_file.hpp"

namespace loyal::format {

std::vector<std::pair<std::string, std::string>> read_config_file(const std::string& path) {
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) return {};
  std::ifstream file(path, std::ios::binary);
  if (!file || !std::filesystem::is_regular_file(path, problem)) throw Error(Fault::failed, tr("\"{}\" cannot be read", path));
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const TomlNode top = parse_toml(text, path);
  std::vector<std::pair<std::string, std::string>> settings;
  for (const TomlMember& member : std::get<TomlNode::Table>(top.value)) {
    if (const auto* words = std::get_if<std::string>(&member.node.value))
      settings.emplace_back(member.key, *words);
    else if (const auto* number = std::get_if<std::int64_t>(&member.node.value))
      settings.emplace_back(member.key, std::to_string(*number));
    else if (const auto* truth = std::get_if<bool>(&member.node.value))
      settings.emplace_back(member.key, *truth ? "true" : "false");
    else
      refuse_at(path, member.node.place, tr("\"{}\" is neither text nor a number", member.key));
  }
  return settings;
}

}  // namespace loyal::format
