// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "export_1c_parts.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/sink.hpp"
#include "loyal/format/xlsx_reader.hpp"

namespace loyal::service {
namespace {

using Headings = std::vector<std::pair<std::string, std::string>>;

/// Headings under which configurations of 1C know a field, folded; beside the usual one.
const std::multimap<std::string, std::string>& other_headings() {
  static const std::multimap<std::string, std::string> known = {
      {"name", "рабочее наименование"},
      {"name", "фио"},
      {"full_name", "наименование полное"},
      {"full_name", "официальное наименование"},
      {"kind", "юридическое/физическое лицо"},
      {"kind", "юр./физ. лицо"},
      {"kind", "вид карты"},
      {"phone", "номер телефона"},
      {"phone", "контактный телефон"},
      {"phone", "мобильный телефон"},
      {"email", "e-mail"},
      {"email", "электронная почта"},
      {"email", "адрес электронной почты"},
      {"card", "дисконтная карта"},
      {"card", "код карты"},
      {"owner", "владелец"},
      {"barcode", "код карты (штрихкод)"},
      {"barcode", "код карты"},
      {"opened", "дата выдачи"},
      {"comment", "примечание"},
  };
  return known;
}

bool is_heading_of(const std::string& field, const std::string& usual, const std::string& text) {
  const std::string folded = fold_name(text);
  if (folded == fold_name(usual)) return true;
  const auto [first, last] = other_headings().equal_range(field);
  return std::any_of(first, last, [&folded](const auto& known) { return folded == fold_name(known.second); });
}

/// What of a blank's headings the table can fill, in the blank's order and as they are written there.
Headings headings_of_blank(const Export1cRequest& request) {
  format::XlsxReader reader(request.headers_from);
  std::vector<std::string> cells;
  std::size_t number = 0;
  std::string seen;
  // Above grouped columns stands a row of the groups.
  while (number < 2 && reader.next(cells, number)) {
    Headings headings;
    for (const std::string& text : cells) {
      for (const auto& [field, usual] : table_fields(request.table_of_cards)) {
        const bool is_taken = std::any_of(headings.begin(), headings.end(),
                                          [&field = field](const auto& other) { return other.first == field; });
        if (!is_taken && is_heading_of(field, usual, text)) {
          headings.emplace_back(field, text);
          break;
        }
      }
      if (!text.empty()) seen += (seen.empty() ? "" : ", ") + text;
    }
    if (!headings.empty()) return headings;
  }
  throw Error(Fault::usage, tr("none of the headings of {} is known: {}", visible(request.headers_from), visible(seen)),
              "--header phone=\"…\"");
}

/// The headings in order, renamed as asked; a field without a heading is left out.
Headings headings_of(const Export1cRequest& request) {
  Headings headings = request.headers_from.empty() ? table_fields(request.table_of_cards) : headings_of_blank(request);
  for (const auto& [field, usual] : table_fields(request.table_of_cards)) {
    const bool is_named = std::any_of(request.headers.begin(), request.headers.end(),
                                      [&field = field](const auto& named) { return named.first == field; });
    const bool is_there = std::any_of(headings.begin(), headings.end(),
                                      [&field = field](const auto& known) { return known.first == field; });
    if (is_named && !is_there) headings.emplace_back(field, usual);
  }
  for (const auto& [field, heading] : request.headers) {
    const auto found = std::find_if(headings.begin(), headings.end(),
                                    [&field = field](const auto& known) { return known.first == field; });
    if (found == headings.end()) {
      std::string known;
      for (const auto& [name, usual] : table_fields(request.table_of_cards))
        known += (known.empty() ? "" : ", ") + name;
      throw Error(Fault::usage, tr("the table has no field \"{}\"", visible(field)), tr("there are: {}", known));
    }
    found->second = heading;
  }
  std::erase_if(headings, [](const auto& known) { return known.second.empty(); });
  if (headings.empty()) throw Error(Fault::usage, tr("no column is left in the table"));
  return headings;
}

/// As 1C shows and reads a day: 01.03.2026.
std::string russian_date(Date date) {
  return fmt::format("{:02}.{:02}.{:04}", date.day(), date.month(), date.year());
}

std::map<std::string, std::string> fields_of(const AccountBook& book, const store::CardOwner& owner, bool of_cards) {
  const format::Counterparty holder = book.counterparty(owner);
  if (of_cards)
    return {{"name", owner.number},
            {"kind", book.program_title(owner.program)},
            {"owner", holder.name},
            {"barcode", owner.number},
            {"opened", russian_date(owner.issued)}};
  return {{"name", holder.name},        {"full_name", holder.name},
          {"kind", "Физическое лицо"},  {"phone", holder.phone},
          {"email", holder.email},      {"birthday", holder.birthday ? russian_date(*holder.birthday) : ""},
          {"card", owner.first_number}, {"comment", holder.note}};
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& table_fields(bool of_cards) {
  // What 1C calls them, and as it must find them: not translated.
  static const Headings customers = {{"name", "Наименование"},
                                     {"full_name", "Полное наименование"},
                                     {"inn", "ИНН"},
                                     {"kpp", "КПП"},
                                     {"kind", "Вид контрагента"},
                                     {"phone", "Телефон"},
                                     {"email", "Email"},
                                     {"birthday", "Дата рождения"},
                                     {"card", "Номер карты"},
                                     {"comment", "Комментарий"}};
  static const Headings cards = {{"name", "Наименование"},
                                 {"kind", "Вид дисконтной карты"},
                                 {"owner", "Владелец карты"},
                                 {"barcode", "Штрихкод"},
                                 {"opened", "Дата открытия"}};
  return of_cards ? cards : customers;
}

std::function<void()> write_loading_table(const Export1cWork& work, Export1cReport& report) {
  const bool of_cards = work.request.table_of_cards;
  const Headings headings = headings_of(work.request);
  std::vector<format::Column> columns;
  for (const auto& [field, heading] : headings) columns.push_back({field, heading, format::Kind::text});
  format::FormOptions options;
  options.title = of_cards ? "Карты" : "Контрагенты";
  std::shared_ptr<format::Sink> sink;
  if (!work.context.dry_run) sink = format::make_workbook_sink(work.request.path, columns, options, work.context.now);
  CustomerId last;
  std::vector<format::Cell> cells(headings.size());
  store::each_card_in_use(work.context.store, work.filter, [&](const store::CardOwner& owner) {
    const bool is_known = owner.customer && owner.customer == last;
    last = owner.customer;
    if (!of_cards && is_known) return;
    const auto fields = fields_of(work.book, owner, of_cards);
    for (std::size_t place = 0; place < headings.size(); ++place) {
      const auto field = fields.find(headings[place].first);
      cells[place] = field == fields.end() || field->second.empty() ? format::Cell{} : format::Cell{field->second};
    }
    if (sink) sink->row(cells);
    ++(of_cards ? report.cards : report.counterparties);
    work.progress(report.cards + report.counterparties, 0);
  });
  const std::string path = work.request.path;
  return [sink, path, &report] {
    if (sink) sink->finish();
    report.files = {path};
    report.parts = 1;
  };
}

}  // namespace loyal::service
