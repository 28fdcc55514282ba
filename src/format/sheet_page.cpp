// SPDX-License-Identifier: MIT
#include "sheet_page.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

// Far more than any label shows.
constexpr std::size_t text_columns_max = 200;
// White around a symbol on a coloured label.
constexpr double panel_edge_mm = 1.0;
constexpr double text_least = 0.7;
// A number that is cut is no number.
constexpr double number_least = 0.4;

double on_dots(double position_mm, double dot_mm) {
  return std::round(position_mm / dot_mm) * dot_mm;
}

Rectangle moved(Rectangle box, const Rectangle& place) {
  box.x += place.x;
  box.y += place.y;
  return box;
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

/// EAN's digits stand where the standard has them: the first before the bars, six and six between the guards.
void draw_ean_digits(Canvas& canvas, const std::string& code, const SymbolPlan& plan, double size_mm,
                     const Rectangle& place) {
  const double module = plan.module_mm;
  const double left = place.x + plan.symbol.x;
  const double size = std::min(size_mm, module * 42 / 4.2);
  const auto group = [&](std::size_t first, std::size_t count, int from, int width, Aligned aligned) {
    const Rectangle box{left + module * from, place.y + plan.number.y, module * width, plan.number.height};
    canvas.line(code.substr(first, count), box, {size, Weight::normal, aligned, black});
  };
  group(0, 1, -11, 9, Aligned::right);
  group(1, 6, 3, 42, Aligned::centre);
  group(7, 6, 50, 42, Aligned::centre);
}

/// White behind all symbols of a coloured label, and behind the numbers of bars.
void draw_panel(Canvas& canvas, const Drawable& drawable, const Rectangle& place, Paper paper) {
  std::vector<Rectangle> parts;
  for (std::size_t index = 0; index < drawable.symbols.size(); ++index) {
    const auto& plan = drawable.plan.symbols[index];
    const auto& known = traits(drawable.symbols[index].symbology);
    auto part = moved(with_quiet_zone(drawable.symbols[index], plan), place);
    if (known.linear) {
      part.y -= panel_edge_mm;
      part.height += 2 * panel_edge_mm + (plan.number.width > 0 ? plan.number.height - panel_edge_mm / 2 : 0);
    }
    parts.push_back(part);
  }
  if (paper == Paper::roll) {
    for (const auto& part : parts) canvas.fill(part, white);
    return;
  }
  Rectangle panel = parts.front();
  for (const auto& part : parts) {
    const double right = std::max(panel.x + panel.width, part.x + part.width);
    const double bottom = std::max(panel.y + panel.height, part.y + part.height);
    panel.x = std::min(panel.x, part.x);
    panel.y = std::min(panel.y, part.y);
    panel.width = right - panel.x;
    panel.height = bottom - panel.y;
  }
  canvas.fill(panel, white);
}

void draw_symbol(Canvas& canvas, const Drawable& drawable, std::size_t index, const Rectangle& place,
                 const SheetOptions& options) {
  const auto& symbol = drawable.symbols[index];
  const auto& plan = drawable.plan.symbols[index];
  const auto& known = traits(symbol.symbology);
  const bool is_numbered = plan.number.width > 0;
  const int guard_row = plan.guard_mm > 0 ? static_cast<int>(std::lround(plan.symbol.height / plan.guard_mm)) : 0;
  const double dot = options.layout.dot_mm;
  canvas.stencil(stencil_of(symbol, guard_row),
                 {on_dots(place.x + plan.symbol.x, dot), on_dots(place.y + plan.symbol.y, dot),
                  plan.module_mm * symbol.width, plan.symbol.height + plan.guard_mm});
  if (!is_numbered) return;
  const double size = drawable.plan.number_size_mm;
  if (symbol.symbology == Symbology::ean13) {
    draw_ean_digits(canvas, drawable.codes[index], plan, size, place);
    return;
  }
  // The panel behind bars takes in their number.
  const Colour colour = known.linear ? black : options.look.ink();
  canvas.line(drawable.numbers[index], moved(plan.number, place),
              {size, Weight::normal, plan.centred ? Aligned::centre : Aligned::left, colour, number_least});
}

void draw_texts(Canvas& canvas, const Drawable& drawable, const Rectangle& place, const Look& look, Side side) {
  const auto& [label, symbols, codes, numbers, plan] = drawable;
  const auto aligned = plan.centred ? Aligned::centre : Aligned::left;
  const auto draw = [&](const std::string& text, const TextPlan& where, Weight weight) {
    canvas.lines(text, moved(where.box, place), where.lines, {where.size_mm, weight, aligned, look.ink(), text_least});
  };
  if (side != Side::back) {
    if (look.logo) canvas.picture(*look.logo, moved(plan.logo, place));
    draw(label.title, plan.title, Weight::bold);
    draw(label.holder, plan.holder, Weight::normal);
  }
  if (side != Side::both && plan.lines_on_back != (side == Side::back)) return;
  auto line = plan.lines;
  line.box.height /= std::max(1, line.lines);
  line.lines = 1;
  for (const auto& text : label.lines) {
    draw(text, line, Weight::normal);
    line.box.y += line.box.height;
  }
}

/// Lines beyond the bleed, in the direction of each edge.
void draw_cut_lines(Canvas& canvas, const Rectangle& card, double bleed_mm) {
  constexpr double length_mm = 4.0;
  const double inner = bleed_mm + 0.5;
  const double outer = inner + length_mm;
  for (const double x : {card.x, card.x + card.width}) {
    canvas.stroke({x, card.y - inner}, {x, card.y - outer});
    canvas.stroke({x, card.y + card.height + inner}, {x, card.y + card.height + outer});
  }
  for (const double y : {card.y, card.y + card.height}) {
    canvas.stroke({card.x - inner, y}, {card.x - outer, y});
    canvas.stroke({card.x + card.width + inner, y}, {card.x + card.width + outer, y});
  }
}

[[noreturn]] void refuse_size(const SheetLayout& layout, const Drawable& drawable, const LabelContent& content) {
  constexpr std::size_t shown_columns = 60;
  std::string able;
  for (const auto& other : sheet_layouts()) {
    if (!plan_label(other, content)) continue;
    if (!able.empty()) able += ", ";
    able += other.name;
  }
  std::string titles;
  for (const auto& symbol : drawable.symbols)
    titles += (titles.empty() ? "" : " + ") + std::string(traits(symbol.symbology).title);
  throw Error(
      Fault::refused,
      tr("“{}” as {} is too large for labels of {:.4g} × {:.4g} mm: its modules would be smaller than {:.3g} mm",
         fit(visible(drawable.label.code), shown_columns), titles, layout.label_width_mm, layout.label_height_mm,
         traits(drawable.symbols.front().symbology).module_min_mm),
      able.empty() ? std::string{} : tr("it fits on these sheets: {}", able));
}

/// The first of the label's codes that the symbology can carry.
const std::string& code_for(Symbology symbology, const SheetLabel& label) {
  const auto fits = [&](const std::string& code) { return traits(symbology).why_not(code).empty(); };
  if (fits(label.code)) return label.code;
  const auto found = std::ranges::find_if(label.further_codes, fits);
  return found == label.further_codes.end() ? label.code : *found;
}

void add_symbol(Drawable& drawable, Symbology symbology) {
  const auto& label = drawable.label;
  const auto& code = code_for(symbology, label);
  drawable.symbols.push_back(encode(symbology, code));
  drawable.codes.push_back(code);
  const bool is_named = !label.number_text.empty() && code == label.code;
  drawable.numbers.push_back(
      fit(visible(is_named ? label.number_text : readable_line(symbology, code)), text_columns_max));
}

}  // namespace

std::vector<Page> pages_of(std::span<const Drawable> labels, const SheetLayout& layout, int first_place) {
  std::vector<Page> pages;
  const PageSize size{layout.page_width_mm, layout.page_height_mm};
  int place = first_place;
  for (const auto& label : labels) {
    const auto where = label_rectangle(layout, place);
    if (layout.paper == Paper::card) {
      pages.push_back({size, {{&label, where, Side::front}}});
      pages.push_back({size, {{&label, where, Side::back}}});
    } else if (layout.paper == Paper::roll) {
      pages.push_back({{size.width_mm, label.plan.height_mm}, {{&label, where, Side::both}}});
    } else {
      if (pages.empty() || place == 0) pages.push_back({size, {}});
      pages.back().labels.push_back({&label, where, Side::both});
      place = (place + 1) % layout.labels();
    }
  }
  return pages;
}

void prepare(Drawable& drawable, const SheetOptions& options) {
  auto& label = drawable.label;
  const auto tidy = [](std::string& text) { text = fit(visible(tidy_name(text)), text_columns_max); };
  tidy(label.title);
  tidy(label.holder);
  std::ranges::for_each(label.lines, tidy);
  std::erase(label.lines, std::string{});
  add_symbol(drawable, options.symbology);
  for (const auto symbology : options.further_symbologies) add_symbol(drawable, symbology);
  const auto& logo = options.look.logo;
  const LabelContent content{drawable.symbols, label.title, label.holder, label.lines,
                             logo ? static_cast<double>(logo->width) / logo->height : 0};
  auto plan = plan_label(options.layout, content);
  if (!plan) refuse_size(options.layout, drawable, content);
  drawable.plan = std::move(*plan);
}

void draw_page(Canvas& canvas, const Page& page, const SheetOptions& options) {
  const auto& layout = options.layout;
  const auto& look = options.look;
  for (const auto& [label, place, side] : page.labels) {
    // Labels that touch overlap by a hair, so that no white line shows between them.
    const double bleed = std::max(layout.bleed_mm, 0.05);
    if (look.background)
      canvas.fill({place.x - bleed, place.y - bleed, place.width + 2 * bleed, place.height + 2 * bleed},
                  *look.background);
  }
  const bool is_marked = options.cut_marks && layout.is_cut;
  if (is_marked && layout.paper == Paper::sheet) canvas.crosses(label_corners(layout));
  for (const auto& placed : page.labels) {
    if (is_marked && layout.paper == Paper::card) draw_cut_lines(canvas, placed.place, layout.bleed_mm);
    draw_texts(canvas, *placed.label, placed.place, look, placed.side);
    if (!placed.has_symbols()) continue;
    if (look.paper() != white) draw_panel(canvas, *placed.label, placed.place, layout.paper);
    for (std::size_t index = 0; index < placed.label->symbols.size(); ++index)
      draw_symbol(canvas, *placed.label, index, placed.place, options);
  }
}

void require_readable(const PixelCanvas& canvas, const Page& page) {
  for (const auto& placed : page.labels) {
    if (!placed.has_symbols()) continue;
    for (std::size_t index = 0; index < placed.label->symbols.size(); ++index) {
      const auto& symbol = placed.label->symbols[index];
      const auto place = moved(with_quiet_zone(symbol, placed.label->plan.symbols[index]), placed.place);
      const auto image = canvas.image(place);
      const auto found = read_image(image.gray, image.width, image.height, symbol.symbology);
      const auto& code = placed.label->codes[index];
      if (found.size() == 1 && found.front().text == code) continue;
      throw Error(Fault::failed, found.empty()
                                     ? tr("the symbol of “{}” can't be read back; nothing was written", visible(code))
                                     : tr("the symbol of “{}” reads as “{}”; nothing was written", visible(code),
                                          visible(found.front().text)));
    }
  }
}

}  // namespace loyal::format
