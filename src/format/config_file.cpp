// SPDX-License-Identifier: MIT
#include "loyal/format/config_file.hpp"

#include <toml++/toml.h>

#include <filesystem>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::format {
namespace {

[[noreturn]] void refuse(const std::string& path, const toml::source_region& place, const std::string& reason) {
  throw Error(Fault::usage, fmt::format("{}:{}:{}: {}", path, place.begin.line, place.begin.column, reason));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> read_config_file(const std::string& path) {
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) return {};
  if (!std::filesystem::is_regular_file(path, problem)) throw Error(Fault::failed, tr("\"{}\" is not a file", path));
  std::vector<std::pair<std::string, std::string>> settings;
  try {
    const toml::table table = toml::parse_file(path);
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (const auto* text = node.as_string())
        settings.emplace_back(name, text->get());
      else if (const auto* number = node.as_integer())
        settings.emplace_back(name, std::to_string(number->get()));
      else if (const auto* truth = node.as_boolean())
        settings.emplace_back(name, truth->get() ? "true" : "false");
      else
        refuse(path, node.source(), tr("\"{}\" is neither text nor a number", name));
    }
  } catch (const toml::parse_error& error) {
    refuse(path, error.source(), std::string(error.description()));
  }
  return settings;
}

}  // namespace loyal::format
