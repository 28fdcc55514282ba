// SPDX-License-Identifier: MIT
#include "plain.hpp"

#include <fmt/format.h>

#include "loyal/base/money.hpp"

namespace loyal::format {

void append_integer(std::string& out, std::int64_t count) {
  const fmt::format_int digits(count);
  out.append(digits.data(), digits.size());
}

void append_decimal(std::string& out, std::int64_t count, int scale, char mark) {
  std::string decimal = to_decimal(count, scale);
  if (mark != '.' && scale > 0) decimal[decimal.size() - static_cast<std::size_t>(scale) - 1] = mark;
  out += decimal;
}

void append_amount(std::string& out, Amount amount, char mark) {
  append_decimal(out, amount.count, 3, mark);
  while (out.back() == '0') out.pop_back();
  if (out.back() == mark) out.pop_back();
}

void append_plain(std::string& out, const Cell& cell) {
  struct Writer {
    std::string& out;
    void operator()(std::monostate) const {}
    void operator()(const std::string& text) const { out += text; }
    void operator()(std::int64_t count) const { append_integer(out, count); }
    void operator()(bool truth) const { out += truth ? "true" : "false"; }
    void operator()(Date date) const { out += to_string(date); }
    void operator()(LocalTime time) const { out += to_string(time); }
    void operator()(Instant instant) const { out += to_string(instant); }
    void operator()(const MoneyCell& cell) const { append_integer(out, cell.money.count); }
    void operator()(const PointsCell& cell) const { append_integer(out, cell.points.count); }
    void operator()(const PercentCell& cell) const { append_decimal(out, cell.hundredths, 2, '.'); }
    void operator()(Amount amount) const { append_amount(out, amount, '.'); }
    void operator()(const NameCell& cell) const { out += cell.name; }
  };
  std::visit(Writer{out}, cell);
}

}  // namespace loyal::format
