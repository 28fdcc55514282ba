// SPDX-License-Identifier: MIT
#include "loyal/cli/export_1c_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

const std::vector<std::string> vat_rates = {"none", "0", "5", "7", "10", "20", "22"};

/// The operations of a sale that 1C knows, by the words of the command line.
struct Operation {
  const char* word;
  const char* name;
};
constexpr std::array<Operation, 4> operations = {
    {{"sale", "Отпуск товара"}, {"order", "Заказ товара"}, {"invoice", "Счет на оплату"}, {"other", "Прочие"}}};

std::string operation_named(const std::string& word) {
  for (const Operation& operation : operations)
    if (word == operation.word) return operation.name;
  return operations.front().name;
}

format::VatRate vat_rate(const std::string& text) {
  if (text == "none") return std::nullopt;
  if (std::find(vat_rates.begin(), vat_rates.end(), text) == vat_rates.end())
    throw Error(Fault::usage, tr("\"{}\" is no VAT rate", visible(text)), tr("there are: none, 0, 5, 7, 10, 20, 22"));
  return std::stoi(text);
}

/// "НАЗВАНИЕ=VALUE" in two; `what` says how it is written.
std::pair<std::string, std::string> divided(const std::string& text, const char* what) {
  const std::size_t sign = text.find('=');
  if (sign == std::string::npos || sign == 0)
    throw Error(Fault::usage, tr("\"{}\" is not {}", visible(text), translate(what)));
  return {text.substr(0, sign), text.substr(sign + 1)};
}

/// "500K", "50M", "2G", or a number of bytes.
std::int64_t size_in_bytes(const std::string& text) {
  if (text.empty()) return 0;
  constexpr std::int64_t smallest = 64 * 1024;
  constexpr std::int64_t largest_number = 1 << 20;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const int shift = unit == "K" || unit == "k"   ? 10
                    : unit == "M" || unit == "m" ? 20
                    : unit == "G" || unit == "g" ? 30
                                                 : 0;
  const bool is_understood = error == std::errc{} && number > 0 && (shift > 0 || unit.empty());
  if (!is_understood || (shift > 0 && number > largest_number))
    throw Error(Fault::usage, tr("\"{}\" is no size of a file", visible(text)), "--split-size 50M");
  if ((number << shift) < smallest)
    throw Error(Fault::usage, tr("parts of {} bytes are too small: at least 64K", number << shift), "--split-size 50M");
  return number << shift;
}

}  // namespace

void declare_export_1c_options(Verb& verb, Export1cOptions& options) {
  verb.flag("--as", options.form, Value::choice, N_("form of the file; enterprise-data unless given"))
      .one_of({"enterprise-data", "commerceml", "table"});
  verb.flag("--from", options.from, Value::date, N_("first day"));
  verb.flag("--to", options.to, Value::date, N_("last day"));
  verb.flag("--since-last", options.since_last, N_("only what is new since the last export made with this flag"));
  verb.flag("--ed-version", options.version, Value::choice,
            N_("of EnterpriseData; 1.8 unless given; 1.20 has all VAT rates"))
      .one_of({"1.8", "1.20"});
  verb.flag("--vat", options.vat, Value::choice, N_("rate of VAT in percent, with EnterpriseData; none unless given"))
      .one_of(vat_rates);
  verb.flag("--vat-of", options.category_vat, Value::text, N_("another rate for a category of goods; again for more"))
      .called(N_("CATEGORY=RATE"));
  verb.flag("--operation", options.operation, Value::choice, N_("what a sale is in CommerceML; sale unless given"))
      .one_of({"sale", "order", "invoice", "other"});
  verb.flag("--container", options.container, N_("put each document of CommerceML into a container"));
  verb.flag("--of", options.of, Value::choice, N_("what the table lists; customers unless given"))
      .one_of({"customers", "cards"});
  verb.flag("--headers-from", options.headers_from, Value::file,
            N_("a blank that 1C saved (.xlsx): the table gets its headings, in its order"));
  verb.flag("--header", options.headers, Value::text,
            N_("another heading of the table, or none to leave the column out"))
      .called(N_("FIELD=HEADING"));
  verb.flag("--encoding", options.encoding, Value::choice,
            N_("of the XML; utf-8, or utf-8-bom for commerceml, unless given"))
      .one_of({"utf-8-bom", "utf-8", "windows-1251"});
  verb.flag("--split-size", options.split, Value::text, N_("begin another part after so many bytes: 50M"))
      .called(N_("SIZE"));
  verb.flag("--zip", options.zip, N_("write a ZIP archive that holds the XML"));
}

service::Export1cRequest export_1c_request(Session& session, const Export1cOptions& options) {
  service::Export1cRequest request;
  request.form = options.form == "commerceml" ? service::AccountingForm::commerceml
                 : options.form == "table"    ? service::AccountingForm::table
                                              : service::AccountingForm::enterprise_data;
  const bool is_commerceml = request.form == service::AccountingForm::commerceml;
  if (!is_commerceml && (options.container || !options.operation.empty()))
    throw Error(Fault::usage, tr("--operation and --container go with --as commerceml"));
  if (request.form != service::AccountingForm::table &&
      (!options.headers.empty() || !options.of.empty() || !options.headers_from.empty()))
    throw Error(Fault::usage, tr("--header, --headers-from and --of go with --as table"));
  request.path = session.take_output_path(tr("the file for the export is missing"), "loyal export 1c -o q1.xml");
  request.from = read_date(session, options.from);
  request.to = read_date(session, options.to);
  request.since_last = options.since_last;
  if (options.version == "1.20") request.version = format::EnterpriseDataVersion::v1_20;
  // The exchange of orders with sites has been seen to want the mark; messages never had it.
  const std::string encoding = !options.encoding.empty() ? options.encoding : is_commerceml ? "utf-8-bom" : "utf-8";
  request.encoding = encoding == "windows-1251" ? format::XmlEncoding::windows_1251
                     : encoding == "utf-8-bom"  ? format::XmlEncoding::utf_8_bom
                                                : format::XmlEncoding::utf_8;
  request.operation = operation_named(options.operation);
  request.with_container = options.container;
  request.vat = vat_rate(options.vat);
  for (const std::string& text : options.category_vat) {
    const auto [category, rate] = divided(text, "CATEGORY=RATE");
    request.vat_of_category[category] = vat_rate(rate);
  }
  for (const std::string& text : options.headers) request.headers.push_back(divided(text, "FIELD=HEADING"));
  request.headers_from = options.headers_from;
  request.table_of_cards = options.of == "cards";
  request.split_bytes = size_in_bytes(options.split);
  request.zip = options.zip;
  return request;
}

}  // namespace loyal::cli
