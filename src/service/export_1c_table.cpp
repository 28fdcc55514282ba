// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "export_1c_parts.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/sink.hpp"

namespace loyal::service {
namespace {

using Headings = std::vector<std::pair<std::string, std::string>>;

/// The headings in order, renamed as asked; a field without a heading is left out.
Headings headings_of(const Export1cRequest& request) {
  Headings headings = table_fields(request.table_of_cards);
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
