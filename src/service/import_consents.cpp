// SPDX-License-Identifier: MIT
#include "loyal/service/import_consents.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/import_people.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/company.hpp"

namespace loyal::service {
namespace {

constexpr std::array<const char*, 1> date_fields = {"at"};

/// Kinds as files have them, in folded form.
const std::map<std::string, std::string>& kinds() {
  static const std::map<std::string, std::string> words = {
      {"data", "data"},
      {"personal data", "data"},
      {"персональные данные", "data"},
      {"обработка персональных данных", "data"},
      {"пдн", "data"},
      {"advertising", "advertising"},
      {"ads", "advertising"},
      {"marketing", "advertising"},
      {"реклама", "advertising"},
      {"рассылка", "advertising"},
      {"рекламная рассылка", "advertising"},
      {"sharing", "sharing"},
      {"передача", "sharing"},
      {"передача партнёрам", "sharing"},
      {"передача партнерам", "sharing"},
      {"передача третьим лицам", "sharing"},
  };
  return words;
}

std::optional<bool> answer_of(const std::string& text) {
  const std::string folded = fold_name(text);
  for (const char* yes : {"", "yes", "да", "1", "true", "+", "given", "дано", "согласен", "согласна"})
    if (folded == yes) return true;
  for (const char* no : {"no", "нет", "0", "false", "-", "withdrawn", "отозвано", "отказ"})
    if (folded == no) return false;
  return std::nullopt;
}

class ConsentTaker {
 public:
  ConsentTaker(const TableRun& run, const store::Company& company, Operation& operation, ImportPlan& plan)
      : run_(run),
        zone_(company.zone),
        journal_(operation.journal()),
        plan_(plan),
        finder_(run.context().store, company.id) {}

  void take(const TableRow& row) {
    const bool says_time = !row.text("at").empty();
    const store::Consent consent = read(row);
    store::Database& database = run_.context().store;
    const std::string words = words_of(row, consent);
    const store::Consent* newest = nullptr;
    const auto stored = store::consents(database, consent.customer);
    for (const store::Consent& other : stored) {
      if (other.kind != consent.kind || other.channel != consent.channel) continue;
      const bool is_same = other.given == consent.given && (!says_time || other.at == consent.at);
      if (says_time && is_same) return plan_.skipped.take(row.line(), [&] { return words; });
      newest = &other;
    }
    if (!says_time && newest != nullptr && newest->given == consent.given)
      return plan_.skipped.take(row.line(), [&] { return words; });
    store::add_consent(journal_, consent);
    (newest == nullptr ? plan_.created : plan_.changed).take(row.line(), [&] { return words; });
  }

 private:
  static std::string words_of(const TableRow& row, const store::Consent& consent) {
    const std::string kind = consent.channel.empty() ? consent.kind : consent.kind + ":" + consent.channel;
    return visible(row.text("customer")) + ": " + kind + (consent.given ? "" : " " + tr("withdrawn"));
  }

  store::Consent read(const TableRow& row) {
    store::Consent consent;
    const std::string customer = row.text("customer");
    if (customer.empty()) throw BadRow{tr("no customer"), "customer"};
    consent.customer = finder_.find(customer, "customer").id;
    read_kind(row, consent);
    const auto given = answer_of(row.text("given"));
    if (!given) throw BadRow{tr("\"{}\" is neither yes nor no", visible(row.text("given"))), "given"};
    consent.given = *given;
    consent.at = time_of(row);
    consent.place = row.text("place").empty() ? run_.context().shop : tidy_name(row.text("place"));
    consent.operator_name = run_.context().operator_name;
    return consent;
  }

  static void read_kind(const TableRow& row, store::Consent& consent) {
    const std::string text = row.text("kind");
    const std::size_t colon = text.find(':');
    const auto kind = kinds().find(fold_name(std::string_view(text).substr(0, colon)));
    if (kind == kinds().end())
      throw BadRow{tr("\"{}\" is no kind of consent: data, advertising and sharing are", visible(text)), "kind"};
    consent.kind = kind->second;
    consent.channel = colon == std::string::npos ? fold_name(row.text("channel")) : fold_name(text.substr(colon + 1));
    if (!consent.channel.empty() && consent.kind != "advertising")
      throw BadRow{tr("only a consent to advertising has a channel; \"{}\" is one", visible(consent.channel)), "kind"};
  }

  std::string time_of(const TableRow& row) const {
    const std::string text = row.text("at");
    if (text.empty()) return to_string(run_.context().now);
    if (const auto instant = instant_from_iso(text)) return checked(*instant);
    try {
      return checked(zone_.instant(parse_local_time(run_.dates().tidy(text), zone_.local(run_.context().now).date)));
    } catch (const Error& error) {
      throw BadRow{error.what(), "at"};
    }
  }

  std::string checked(Instant instant) const {
    if (instant > run_.context().now) throw BadRow{tr("{} has not come yet", to_string(instant)), "at"};
    return to_string(instant);
  }

  const TableRun& run_;
  Zone zone_;
  store::Journal& journal_;
  ImportPlan& plan_;
  PeopleFinder finder_;
};

}  // namespace

const std::vector<ImportField>& consent_fields() {
  static const std::vector<ImportField> fields = {
      {"customer",
       {"customer", "phone", "email", "client", "телефон", "номер телефона", "почта", "электронная почта", "e mail",
        "клиент", "покупатель", "фио", "name"},
       true},
      {"kind", {"kind", "consent", "consent kind", "согласие", "вид согласия", "вид"}, true},
      {"channel", {"channel", "канал"}, false},
      {"given", {"given", "answer", "дано", "ответ", "да нет", "действует"}, false},
      {"at", {"at", "date", "datetime", "date time", "time", "дата", "дата и время", "дата согласия"}, false},
      {"place", {"place", "source", "место", "где получено", "источник"}, false},
  };
  return fields;
}

TableReceipt import_consents(const Context& given, const TableImport& request, const ImportNote& note,
                             const ImportProgress& progress) {
  const store::Company company = find_company(given.store, given.company);
  TableRun run(given, request, consent_fields(), date_fields, "loyal import consents", note, progress);
  Operation operation(run.context(), "import consents", run.digest());
  if (operation.replayed()) {
    TableReceipt receipt;
    receipt.operation = operation.replayed();
    receipt.is_replayed = true;
    return receipt;
  }
  ConsentTaker taker(run, company, operation, run.receipt().plan);
  run.each_row(tr("adding"), [&taker](const TableRow& row) { taker.take(row); });
  return run.finish(operation);
}

}  // namespace loyal::service
