// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/format/toml_file.hpp"

namespace loyal::format {

/// Collects lines, each setting with its comment in one column.
class Text {
 public:
  void table(std::string_view header) { text_ += fmt::format("\n{}\n", header); }
  void set(std::string_view key, const std::string& value, const std::string& comment = {}) {
    const std::string setting = fmt::format("{} = {}", key, value);
    text_ += comment.empty() ? setting + "\n" : fmt::format("{:<38} # {}\n", setting, comment);
  }
  void set_text(std::string_view key, std::string_view value, const std::string& comment = {}) {
    set(key, toml_string(value), comment);
  }
  template <class Values>
  void set_texts(std::string_view key, const Values& values, const std::string& comment = {}) {
    if (values.empty()) return;
    std::vector<std::string> quoted;
    for (const auto& value : values) quoted.push_back(toml_string(value));
    set(key, fmt::format("[{}]", fmt::join(quoted, ", ")), comment);
  }
  void set_decimal(std::string_view key, std::int64_t count, int scale, const std::string& comment = {}) {
    set(key, scale == 0 ? to_decimal(count, 0) : fmt::format("\"{}\"", to_decimal(count, scale)), comment);
  }
  void set_flag(std::string_view key, bool flag, const std::string& comment) {
    set(key, flag ? "true" : "false", comment);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void write_filter(Text& text, const domain::Filter& filter);
void write_points(Text& text, const domain::Program& program);
void write_tiers(Text& text, const domain::Program& program);
void write_grants(Text& text, const domain::Program& program);
void write_offers(Text& text, const domain::Program& program);

}  // namespace loyal::format
