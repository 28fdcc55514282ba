// SPDX-License-Identifier: MIT
#include "sheet_manifest.hpp"

#include <array>
#include <cmath>

namespace loyal::format {
namespace {

// It bears customers' names.
constexpr unsigned for_the_owner_alone = 0600;

/// The label's place on its page, from 1, row by row.
std::int64_t place_of(const SheetLayout& layout, const Rectangle& label) {
  const auto step = [](double offset, double size, double gap) { return std::lround(offset / (size + gap)); };
  const auto column = step(label.x - layout.margin_left_mm, layout.label_width_mm, layout.gap_across_mm);
  const auto row = step(label.y - layout.margin_top_mm, layout.label_height_mm, layout.gap_down_mm);
  return row * layout.columns + column + 1;
}

}  // namespace

Manifest::Manifest(const SheetOptions& options) : layout_(options.layout) {
  if (options.manifest_path.empty()) return;
  stream_ = std::make_unique<AtomicStream>(options.manifest_path, for_the_owner_alone);
  FormOptions form;
  form.form = Form::csv;
  std::vector<Column> columns;
  for (const char* key : {"file", "page", "place", "number", "symbology", "code", "title", "holder"})
    columns.push_back({key, key});
  sink_ = make_sink(*stream_, std::move(columns), form);
}

void Manifest::add(const Page& page, std::int64_t page_number, const std::string& file) {
  if (!sink_) return;
  for (const auto& placed : page.labels) {
    if (!placed.has_symbols()) continue;
    const auto& [label, symbols, codes, numbers, plan] = *placed.label;
    for (std::size_t index = 0; index < symbols.size(); ++index) {
      const std::array<Cell, 8> cells{file,
                                      page_number,
                                      place_of(layout_, placed.place),
                                      label.code,
                                      std::string(traits(symbols[index].symbology).name),
                                      codes[index],
                                      label.title,
                                      label.holder};
      sink_->row(cells);
    }
  }
}

void Manifest::commit() {
  if (!sink_) return;
  sink_->finish();
  stream_->commit();
}

}  // namespace loyal::format
