// SPDX-License-Identifier: MIT
#include "loyal/service/export_1c.hpp"

#include <fmt/format.h>

#include "export_1c_parts.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

constexpr const char* verb = "export 1c";
/// Sorting takes as much again, and a message sorts five tables side by side; all shall stay below 64 megabytes.
constexpr int cache_mebibytes = 16;
constexpr int cache_of_message_mebibytes = 5;

/// What stands for goods of which only the sum is known. In Russian whatever the language: 1C reads it.
constexpr const char* unknown_goods = "Розничная продажа";

void check(const Export1cRequest& request) {
  if (request.from && request.to && *request.to < *request.from)
    throw Error(Fault::usage, tr("{} is before {}", to_string(*request.to), to_string(*request.from)));
  if (request.since_last && request.to)
    throw Error(Fault::usage, tr("--since-last takes all up to now: leave --to out"));
  if (request.form == AccountingForm::table) {
    if (request.zip || request.split_bytes > 0)
      throw Error(Fault::usage, tr("a table is one file: leave --zip and --split-size out"));
    if (!request.path.empty() && !request.path.ends_with(".xlsx") && !request.path.starts_with("/dev/"))
      throw Error(Fault::usage, tr("the table is a workbook; \"{}\" does not end in .xlsx", request.path),
                  "loyal export 1c --as table -o customers.xlsx");
    return;
  }
  if (request.form != AccountingForm::enterprise_data) return;
  std::vector<format::VatRate> rates = {request.vat};
  for (const auto& [category, rate] : request.vat_of_category) rates.push_back(rate);
  for (const format::VatRate& rate : rates)
    if (!format::has_vat_rate(request.version, rate))
      throw Error(Fault::refused, tr("EnterpriseData 1.8 has no VAT rate of {} %", *rate), "--ed-version 1.20");
}

store::Blob digest(const Context& context, const Export1cRequest& request, const store::Company& company) {
  return InputDigest(context).add(company.id, name(request.form), request.from, request.path).finish();
}

/// The first export of this key: nothing is to be written again.
std::optional<Export1cReport> earlier(const Context& context, const Export1cRequest& request,
                                      const store::Company& company) {
  if (!request.since_last || context.key.empty()) return std::nullopt;
  const Operation operation(context, verb, digest(context, request, company));
  if (!operation.replayed()) return std::nullopt;
  Export1cReport report;
  report.company = company.slug;
  report.operation = operation.replayed();
  report.is_replayed = true;
  return report;
}

void remember(const Context& context, const Export1cRequest& request, const store::Company& company,
              OperationId through, Export1cReport& report) {
  Operation operation(context, verb, digest(context, request, company));
  store::add_export_mark(operation.journal(), {operation.id(), company.id, std::string(name(request.form)), through});
  report.operation = operation.id();
  operation.commit();
}

std::function<void()> write(const Export1cWork& work, Export1cReport& report) {
  switch (work.request.form) {
    case AccountingForm::enterprise_data:
      return write_enterprise_data(work, report);
    case AccountingForm::commerceml:
      return write_commerceml(work, report);
    case AccountingForm::table:
      return write_loading_table(work, report);
  }
  throw std::logic_error("a form of 1C without a writer");
}

}  // namespace

std::string_view name(AccountingForm form) {
  switch (form) {
    case AccountingForm::enterprise_data:
      return "enterprise-data";
    case AccountingForm::commerceml:
      return "commerceml";
    case AccountingForm::table:
      return "table";
  }
  throw std::logic_error("a form of 1C without a name");
}

Export1cReport export_1c(const Context& context, const Export1cRequest& request, const Progress& progress) {
  check(request);
  const store::Company company = find_company(context.store, context.company);
  if (const auto report = earlier(context, request, company)) return *report;
  Export1cReport report;
  report.company = company.slug;
  context.store.expect_bulk(request.form == AccountingForm::enterprise_data ? cache_of_message_mebibytes
                                                                            : cache_mebibytes);
  // Others may write while this is read, and what they write is in the next export.
  std::optional<store::ReadTransaction> moment(context.store);
  OperationId through;
  if (const auto last = store::last_operation(context.store)) through = last->id;
  store::AccountingFilter filter{company.id, request.from, request.to, {}};
  if (request.since_last)
    if (const auto mark = store::last_export_mark(context.store, company.id, name(request.form)))
      filter.after = mark->through;
  const AccountBook book(context, request, company);
  const Export1cWork work{context, request, filter, book, progress};
  const std::function<void()> commit = write(work, report);
  moment.reset();
  if (context.dry_run || (request.since_last && report.is_empty())) return report;
  commit();
  // In this order a failure between the two only exports the same documents, with the same GUIDs, once more.
  if (request.since_last) remember(context, request, company, through, report);
  return report;
}

AccountBook::AccountBook(const Context& context, const Export1cRequest& request, const store::Company& company)
    : company_(company),
      guids_(company.inn),
      now_(Zone(company.zone).local(context.now)),
      vat_(request.vat),
      vat_of_category_(request.vat_of_category) {
  for (const store::Shop& shop : store::shops(context.store, company.id))
    shops_[shop.id] = {guids_.of("shop", shop.id.value), shop.name};
  Rules rules(context.store);
  for (const store::ProgramRow& row : store::programs(context.store)) {
    titles_[row.id] = row.title;
    if (row.kind != domain::name(domain::Kind::bonus) && row.kind != domain::name(domain::Kind::club)) continue;
    const domain::Program& program = rules.newest(row.id).program;
    const domain::Rate share = program.spend.allowed ? program.spend.max_share : domain::Rate{};
    constexpr std::int64_t hundredths_in_whole = 10000;
    programs_[row.id] = {guids_.of("program", row.id.value), row.title, program.unit.worth, program.unit.scale,
                         multiply_divide_floor(share.numerator, hundredths_in_whole, share.denominator)};
  }
}

const format::LoyaltyProgram* AccountBook::program(ProgramId program) const {
  const auto found = programs_.find(program);
  return found == programs_.end() ? nullptr : &found->second;
}

format::Counterparty AccountBook::counterparty(const store::CardOwner& owner) const {
  format::Counterparty result;
  result.guid =
      owner.customer ? guids_.of("customer", owner.customer.value) : guids_.of("card-holder", owner.card.value);
  result.name = owner.name.empty() ? "Держатель карты " + owner.first_number : owner.name;
  result.phone = owner.phone;
  result.email = owner.email;
  result.birthday = owner.birthday;
  result.note = owner.customer ? fmt::format("loyal: клиент {}", owner.customer.value) : "loyal: карта без владельца";
  return result;
}

format::DiscountCard AccountBook::card(const store::CardOwner& owner) const {
  return {guids_.of("card", owner.card.value),
          owner.number,
          counterparty(owner),
          program(owner.program),
          owner.issued,
          owner.state == "active"};
}

format::Goods AccountBook::goods(const std::string& sku, const std::string& name, const std::string& category) const {
  format::Goods goods;
  goods.sku = sku;
  goods.name = !name.empty() ? name : sku.empty() ? std::string(unknown_goods) : sku;
  goods.guid = sku.empty() ? guids_.of("goods", goods.name) : guids_.of("sku", sku);
  const auto own = vat_of_category_.find(category);
  goods.vat = own == vat_of_category_.end() ? vat_ : own->second;
  return goods;
}

XmlOutput::XmlOutput(const Context& context, const Export1cRequest& request, LocalTime now)
    : is_split_(request.split_bytes > 0), xml_(request.encoding, [this](std::string_view bytes) {
        if (file_) file_->write(bytes);
      }) {
  if (!context.dry_run) file_.emplace(request.path, format::Packing{request.split_bytes, request.zip, now});
}

void XmlOutput::divide(const std::function<void()>& end, const std::function<void()>& begin) {
  if (!is_split_ || !file_) return;
  xml_.flush();
  if (!file_->is_full()) return;
  end();
  xml_.finish();
  file_->begin_next_part();
  begin();
}

void XmlOutput::commit(Export1cReport& report) {
  if (!file_) return;
  file_->commit();
  report.files = file_->paths();
  report.parts = file_->parts();
}

}  // namespace loyal::service
