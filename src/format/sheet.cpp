// SPDX-License-Identifier: MIT
#include "loyal/format/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "canvas.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/parallel.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

constexpr double read_back_dpi = 300.0;
// One dot at 600 dpi.
constexpr double dot_mm = 25.4 / 600;
constexpr std::size_t labels_ahead = 240;
// Far more than any label shows.
constexpr std::size_t text_columns_max = 200;

/// A label with all that is needed to draw it.
struct Drawable {
  SheetLabel label;
  Symbol symbol;
  LabelPlan plan;
};

double on_dots(double position_mm) {
  return std::round(position_mm / dot_mm) * dot_mm;
}

/// One field a module, and for EAN a last row of guard bars alone.
Stencil stencil_of(const Symbol& symbol, int guard_row) {
  Stencil stencil{symbol.width, symbol.height, symbol.modules};
  if (guard_row == 0) return stencil;
  const auto is_guard = [&](int x) { return x < 3 || x >= symbol.width - 3 || std::abs(2 * x + 1 - symbol.width) < 5; };
  for (; stencil.height < guard_row; ++stencil.height)
    stencil.black.insert(stencil.black.end(), symbol.modules.begin(), symbol.modules.end());
  for (int x = 0; x < symbol.width; ++x) stencil.black.push_back(is_guard(x) && symbol.dark(x, 0) ? 1 : 0);
  ++stencil.height;
  return stencil;
}

void draw_symbol(Canvas& canvas, const Symbol& symbol, const LabelPlan& plan, const Rectangle& place) {
  const int guard_row = plan.guard_mm > 0 ? static_cast<int>(std::lround(plan.symbol.height / plan.guard_mm)) : 0;
  canvas.stencil(stencil_of(symbol, guard_row), {on_dots(place.x + plan.symbol.x), on_dots(place.y + plan.symbol.y),
                                                 plan.module_mm * symbol.width, plan.symbol.height + plan.guard_mm});
}

/// EAN's digits stand where the standard has them: the first before the bars, six and six between the guards.
void draw_ean_digits(Canvas& canvas, const std::string& code, const LabelPlan& plan, double x, double y) {
  const double module = plan.module_mm;
  const double left = x + plan.symbol.x;
  const double size = std::min(plan.text_size_mm, module * 42 / 4.2);
  const auto group = [&](std::size_t first, std::size_t count, int from, int width, Aligned aligned) {
    const Rectangle box{left + module * from, y + plan.number.y, module * width, plan.number.height};
    canvas.line(code.substr(first, count), box, size, Weight::normal, aligned);
  };
  group(0, 1, -11, 9, Aligned::right);
  group(1, 6, 3, 42, Aligned::centre);
  group(7, 6, 50, 42, Aligned::centre);
}

void draw_label(Canvas& canvas, const Drawable& drawable, const Rectangle& place) {
  const auto& [label, symbol, plan] = drawable;
  const auto moved = [&place](Rectangle box) {
    box.x += place.x;
    box.y += place.y;
    return box;
  };
  const auto aligned = plan.centred ? Aligned::centre : Aligned::left;
  draw_symbol(canvas, symbol, plan, place);
  canvas.line(label.title, moved(plan.title), plan.text_size_mm, Weight::bold, aligned);
  canvas.lines(label.holder, moved(plan.holder), plan.holder_lines, plan.text_size_mm, Weight::normal, aligned);
  if (symbol.symbology == Symbology::ean13)
    draw_ean_digits(canvas, label.code, plan, place.x, place.y);
  else
    canvas.line(label.number_text, moved(plan.number), plan.text_size_mm, Weight::normal, aligned);
}

void draw_page(Canvas& canvas, std::span<const Drawable> page, const SheetOptions& options) {
  if (options.cut_marks) canvas.crosses(label_corners(options.layout));
  for (std::size_t index = 0; index < page.size(); ++index)
    draw_label(canvas, page[index], label_rectangle(options.layout, static_cast<int>(index)));
}

[[noreturn]] void refuse_size(const SheetLayout& layout, const SheetLabel& label, const Symbol& symbol) {
  constexpr std::size_t shown_columns = 60;
  std::string able;
  for (const auto& other : sheet_layouts()) {
    if (!plan_label(other, symbol, !label.title.empty(), !label.holder.empty())) continue;
    if (!able.empty()) able += ", ";
    able += other.name;
  }
  throw Error(Fault::refused,
              tr("“{}” as {} is too large for labels of {} × {} mm", fit(visible(label.code), shown_columns),
                 traits(symbol.symbology).title, layout.label_width_mm, layout.label_height_mm),
              able.empty() ? std::string{} : tr("it fits on these sheets: {}", able));
}

void prepare(Drawable& drawable, const SheetOptions& options) {
  auto& label = drawable.label;
  drawable.symbol = encode(options.symbology, label.code);
  label.title = fit(visible(tidy_name(label.title)), text_columns_max);
  label.holder = fit(visible(tidy_name(label.holder)), text_columns_max);
  label.number_text =
      fit(visible(label.number_text.empty() ? readable_line(options.symbology, label.code) : label.number_text),
          text_columns_max);
  const auto plan = plan_label(options.layout, drawable.symbol, !label.title.empty(), !label.holder.empty());
  if (!plan) refuse_size(options.layout, label, drawable.symbol);
  drawable.plan = *plan;
}

/// What a scanner must see of a label, and where nothing else may stand.
Rectangle with_quiet_zone(const Drawable& drawable, const Rectangle& label) {
  const auto& known = traits(drawable.symbol.symbology);
  const auto& plan = drawable.plan;
  const double module = plan.module_mm;
  const double above = known.linear ? 0.0 : known.quiet_left_modules * module;
  return {label.x + plan.symbol.x - known.quiet_left_modules * module, label.y + plan.symbol.y - above,
          plan.symbol.width + (known.quiet_left_modules + known.quiet_right_modules) * module,
          plan.symbol.height + 2 * above};
}

/// Error{failed} for the first label of the page that does not read as its code.
void require_readable(std::span<const Drawable> page, const SheetOptions& options) {
  PixelCanvas canvas(read_back_dpi);
  draw_page(canvas, page, options);
  for (std::size_t index = 0; index < page.size(); ++index) {
    const auto place = with_quiet_zone(page[index], label_rectangle(options.layout, static_cast<int>(index)));
    const auto image = canvas.image(place);
    const auto found = read_image(image.gray, image.width, image.height, options.symbology);
    const auto& code = page[index].label.code;
    if (found.size() == 1 && found.front().text == code) continue;
    throw Error(Fault::failed, found.empty()
                                   ? tr("the symbol of “{}” can't be read back; nothing was written", visible(code))
                                   : tr("the symbol of “{}” reads as “{}”; nothing was written", visible(code),
                                        visible(found.front().text)));
  }
}

std::vector<Drawable> pull(const LabelSource& source, const SheetLayout& layout) {
  const auto labels_per_page = static_cast<std::size_t>(layout.labels());
  const auto size = labels_per_page * std::max<std::size_t>(1, labels_ahead / labels_per_page);
  std::vector<Drawable> batch;
  for (Drawable next; batch.size() < size && source(next.label); next = {}) batch.push_back(std::move(next));
  return batch;
}

class Printer {
 public:
  Printer(const std::string& path, const SheetOptions& options)
      : options_(options), paper_(path, visible(options.title), options.created) {}

  void print(std::span<const Drawable> batch) {
    std::vector<std::span<const Drawable>> pages;
    const auto labels_per_page = static_cast<std::size_t>(options_.layout.labels());
    for (std::size_t first = 0; first < batch.size(); first += labels_per_page)
      pages.push_back(batch.subspan(first, std::min(labels_per_page, batch.size() - first)));
    for (const auto page : pages) {
      draw_page(paper_, page, options_);
      paper_.finish_page();
    }
    if (options_.read_back)
      SharedLoop(pages.size(), [&](std::size_t page) { require_readable(pages[page], options_); }).finish();
    receipt_.labels += static_cast<std::int64_t>(batch.size());
    receipt_.pages += static_cast<std::int64_t>(pages.size());
  }

  SheetReceipt finish() {
    paper_.commit();
    return receipt_;
  }

 private:
  const SheetOptions& options_;
  PaperCanvas paper_;
  SheetReceipt receipt_;
};

}  // namespace

SheetReceipt write_sheet(const std::string& path, const SheetOptions& options, const LabelSource& source) {
  if (options.layout.labels() <= 0) throw std::logic_error("a sheet without labels");
  Printer printer(path, options);
  // While one batch is drawn, the next one's symbols are made; both may fail, and the loop is gone before its batch.
  auto batch = pull(source, options.layout);
  if (batch.empty()) throw Error(Fault::usage, tr("there are no labels to print"));
  SharedLoop(batch.size(), [&](std::size_t index) { prepare(batch[index], options); }).finish();
  while (!batch.empty()) {
    auto next = pull(source, options.layout);
    SharedLoop preparation(next.size(), [&](std::size_t index) { prepare(next[index], options); });
    printer.print(batch);
    preparation.finish();
    batch = std::move(next);
  }
  return printer.finish();
}

}  // namespace loyal::format
