// SPDX-License-Identifier: MIT
#include "loyal/cli/values.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {

Date today(Session& session) {
  const service::Context context = session.reading();
  std::string zone = "Europe/Moscow";
  if (!context.company.empty())
    zone = service::find_company(context.store, context.company).zone;
  else if (const auto companies = store::companies(context.store); !companies.empty())
    zone = companies.front().zone;
  return Zone(zone).local(session.now()).date;
}

std::optional<Date> read_date(Session& session, const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(parse_date(text, today(session)));
}

std::optional<LocalTime> read_time(Session& session, const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(parse_local_time(text, today(session)));
}

std::string date_words(Date date) {
  return tr("{0:04}-{1:02}-{2:02}", date.year(), date.month(), date.day());
}

format::Cell text_or_absent(const std::string& text) {
  return text.empty() ? format::Cell{} : format::Cell{text};
}

format::Cell date_or_absent(std::optional<Date> date) {
  return date ? format::Cell{*date} : format::Cell{};
}

std::string hex(const store::Blob& bytes) {
  std::string result;
  for (const unsigned char byte : bytes) result += fmt::format("{:02x}", byte);
  return result;
}

std::string hex_groups(const store::Blob& bytes) {
  std::string result;
  const std::string digits = hex(bytes);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % 4 == 0) result += ' ';
    result += digits[i];
  }
  return result;
}

void add_balance(format::Record& record, const domain::Balance& balance, const domain::Unit& unit) {
  record.add("balance", points(balance.active, unit));
  record.add("pending", points(balance.pending, unit));
  record.add("debt", points(balance.debt, unit));
  record.add("scale", std::int64_t{unit.scale});
}

std::string reserved_words(Points reserved, const domain::Unit& unit) {
  return reserved.count > 0 ? tr("; {} of them held by a till", service::points_text(reserved, unit)) : std::string{};
}

std::string balance_words(const domain::Balance& balance, const domain::Unit& unit) {
  std::string words = tr("balance {}", service::points_text(balance.active, unit));
  if (balance.pending.count > 0) words += tr(", {} pending", service::points_text(balance.pending, unit));
  if (balance.debt.count > 0) words += tr(", {} owed", service::points_text(balance.debt, unit));
  return words;
}

}  // namespace loyal::cli
