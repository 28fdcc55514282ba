// SPDX-License-Identifier: MIT
#include "loyal/service/import_table.hpp"

#include <utility>

namespace loyal::service {
namespace {

constexpr std::int64_t rows_per_progress = 256;

}  // namespace

std::string TableRow::text(std::string_view field) const {
  const auto place = columns_.place(field);
  if (!place) return {};
  // What makes a formula harmless in a table for Excel is no part of the text.
  const std::string_view text = row_.fields[*place];
  constexpr std::string_view formula_starts = "=+-@";
  const bool is_guarded = text.size() > 1 && text[0] == '\'' && formula_starts.find(text[1]) != std::string_view::npos;
  return std::string(is_guarded ? text.substr(1) : text);
}

TableRun::TableRun(const Context& context, const TableImport& request, std::span<const ImportField> fields,
                   std::span<const char* const> date_fields, std::string command, ImportNote note,
                   ImportProgress progress)
    : context_(context),
      request_(request),
      source_(request.file, command),
      note_(std::move(note)),
      progress_(std::move(progress)) {
  context_.dry_run = context.dry_run || request.is_plan;
  {
    const format::DelimitedReader reader = source_.open();
    columns_.emplace(fields, reader.heading(), request.file.mappings, source_.name(), command);
    tell_columns(request.file, reader, *columns_, note_);
  }
  dates_ = dates_of(source_, *columns_, date_fields, request.file, command, note_);
}

store::Blob TableRun::digest(bool has_flag, bool has_other) {
  InputDigest digest(context_);
  digest.add(request_.program, request_.create_cards, request_.is_strict);
  if (has_flag) digest.add(has_flag);
  if (has_other) digest.add(std::string_view("other"));
  if (context_.key.empty()) return digest.finish();
  format::DelimitedReader reader = source_.open();
  for (format::Row row; reader.next(row);)
    for (const std::string_view field : row.fields) digest.add(field);
  return digest.finish();
}

void TableRun::each_row(const std::string& stage, const TakeRow& take) {
  format::DelimitedReader reader = source_.open();
  for (format::Row row; reader.next(row);) {
    if (++receipt_.rows % rows_per_progress == 0 && progress_) progress_(stage, receipt_.rows, 0);
    if (row.problem) {
      rejections_.add(row.line, row.problem->column, row.problem->what);
      continue;
    }
    try {
      take(TableRow(*columns_, row));
    } catch (const BadRow& bad) {
      reject(row.line, bad);
    }
  }
}

void TableRun::reject(std::size_t line, const BadRow& bad) {
  const auto place = columns_->place(bad.field);
  rejections_.add(line, place ? *place + 1 : 0, bad.reason);
  receipt_.conflicts += bad.is_conflict ? 1 : 0;
}

TableReceipt TableRun::finish(Operation& operation) {
  auto rejected =
      rejections_.settle(source_, columns_->heading(), !context_.dry_run, request_.is_strict && !request_.is_plan);
  receipt_.rejected = rejected.count;
  receipt_.examples = std::move(rejected.examples);
  receipt_.rejects_path = std::move(rejected.path);
  if (!context_.dry_run && !operation.journal().is_empty()) receipt_.operation = operation.id();
  operation.commit();
  return std::move(receipt_);
}

}  // namespace loyal::service
