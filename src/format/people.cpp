// SPDX-License-Identifier: MIT
#include "people.hpp"

#include <algorithm>
#include <utility>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return byte >= 0x20 && byte < 0x7f; });
}

void set_text(ShownText& shown, std::string_view text) {
  if (is_printable_ascii(text)) {
    shown.text = text;
    shown.columns = text.size();
    return;
  }
  shown.text = visible(text);
  shown.columns = display_width(shown.text);
}

/// Our own words and numbers: nothing in them is wide or drives a terminal.
void set_own_text(ShownText& shown, std::string text) {
  shown.text = std::move(text);
  shown.columns = static_cast<std::size_t>(
      std::count_if(shown.text.begin(), shown.text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

bool is_currency_code(std::string_view currency) {
  return currency.size() == 3 &&
         std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// As people read it: a blank for the T, and no seconds where there are none.
std::string local_time_text(LocalTime time) {
  std::string text = to_string(time);
  std::replace(text.begin(), text.end(), 'T', ' ');
  if (text.ends_with(":00")) text.resize(text.size() - 3);
  return text;
}

}  // namespace

ShownText shown_text(std::string_view text) {
  ShownText shown;
  set_text(shown, text);
  return shown;
}

ShownText cut(const ShownText& shown, std::size_t columns) {
  std::string text = fit(shown.text, columns);
  const std::size_t taken = display_width(text);
  return {std::move(text), taken};
}

bool is_right_aligned(Kind kind) {
  return kind == Kind::integer || kind == Kind::money || kind == Kind::points || kind == Kind::percent ||
         kind == Kind::amount;
}

PeopleWriter::PeopleWriter() : yes_(tr("yes")), no_(tr("no")) {}

void PeopleWriter::show(ShownText& shown, const Cell& cell) const {
  struct Writer {
    const PeopleWriter& words;
    ShownText& shown;
    void operator()(std::monostate) const { set_text(shown, {}); }
    void operator()(const std::string& text) const { set_text(shown, text); }
    // Not grouped: a number such as an operation's is pasted back.
    void operator()(std::int64_t count) const { set_own_text(shown, std::to_string(count)); }
    void operator()(bool truth) const { set_own_text(shown, truth ? words.yes_ : words.no_); }
    void operator()(Date date) const { set_own_text(shown, to_string(date)); }
    void operator()(LocalTime time) const { set_own_text(shown, local_time_text(time)); }
    void operator()(Instant instant) const { set_own_text(shown, to_string(instant)); }
    void operator()(const MoneyCell& cell) const {
      std::string text = to_text(cell.money, cell.currency);
      return is_currency_code(cell.currency) ? set_own_text(shown, std::move(text)) : set_text(shown, text);
    }
    void operator()(const PointsCell& cell) const { set_own_text(shown, to_text(cell.points.count, cell.scale)); }
    void operator()(const PercentCell& cell) const { set_own_text(shown, to_text(cell.hundredths, 2) + " %"); }
    void operator()(Amount amount) const { set_own_text(shown, to_text(amount)); }
    void operator()(const NameCell& cell) const { set_text(shown, translate(cell.name.c_str())); }
  };
  std::visit(Writer{*this, shown}, cell);
}

}  // namespace loyal::format
