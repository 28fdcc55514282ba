// SPDX-License-Identifier: MIT
#include "loyal/format/label_plan.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

// Office printers leave this edge of the paper white.
constexpr double unprintable_mm = 5.0;
// Scissors, punches and label paper are off by about as much.
constexpr double padding_min_mm = 2.0;
constexpr double card_padding_mm = 5.0;
constexpr double line_height = 1.3;  // of the size of its text
constexpr double text_size_min_mm = 1.6;
constexpr double number_size_max_mm = 3.3;
// White between a symbol and what stands beside it, of the label's width.
constexpr double text_gap_part = 0.015;
constexpr double bar_height_min_mm = 5.0;
constexpr double bar_height_max_mm = 18.0;
// EAN's guard bars are longer than the others by about this part.
constexpr double guard_part = 1.0 / 11;
constexpr double between_symbols_max_mm = 6.0;
constexpr double text_width_wanted_mm = 40.0;
constexpr double logo_above_max_mm = 8.0;
// Of a line's size, for the width of a letter in the widest of the fonts.
constexpr double letter_width = 0.62;

constexpr int ean_digit_modules = 9;

double whole_dots(double length_mm, double dot_mm) {
  return std::floor(length_mm / dot_mm + 1e-6) * dot_mm;
}

int lines_of(const LabelContent& content) {
  return static_cast<int>(content.lines.size());
}

/// What may be drawn on of a label.
Rectangle drawable(const SheetLayout& layout) {
  double across = padding_min_mm;
  double down = padding_min_mm;
  if (layout.paper == Paper::sheet) {
    across = std::max(across, unprintable_mm - layout.margin_left_mm);
    down = std::max(down, unprintable_mm - layout.margin_top_mm);
  } else if (layout.paper == Paper::card) {
    across = down = card_padding_mm;
  } else {
    across = 0;
  }
  return {across, down, layout.label_width_mm - 2 * across, layout.label_height_mm - 2 * down};
}

double text_size(const Rectangle& box) {
  constexpr double high_mm = 45.0;
  return std::clamp(box.height / 8, 1.9, box.height > high_mm ? 4.2 : 3.3);
}

/// The largest box of these proportions in the room, at its upper left corner.
Rectangle fitted(double aspect, const Rectangle& room) {
  const double width = std::min(room.width, room.height * aspect);
  return {room.x, room.y, width, width / aspect};
}

/// Of a symbol with the largest modules that make sense.
double height_max(const Symbol& symbol) {
  const auto& known = traits(symbol.symbology);
  return known.linear ? bar_height_max_mm : known.module_max_mm * (symbol.height + 2 * known.quiet_left_modules);
}

/// Gives out boxes of full width from the top of a room on.
struct Column {
  Rectangle room;
  Rectangle take(double height) {
    const Rectangle box{room.x, room.y, room.width, height};
    room.y += height;
    return box;
  }
};

/// Title, holder and lines one under another.
void plan_texts(LabelPlan& plan, const LabelContent& content, Column& column, double size, int holder_lines = 1) {
  const double line = size * line_height;
  if (!content.title.empty()) plan.title = {column.take(line), 1, size};
  if (!content.holder.empty()) plan.holder = {column.take(line * holder_lines), holder_lines, size};
  if (!content.lines.empty()) plan.lines = {column.take(line * lines_of(content)), lines_of(content), size};
}

/// A symbol on its way to a place in a row of several.
struct Slot {
  const Symbol* symbol;
  const SymbologyTraits* known;
  double module_mm = 0;

  int modules() const { return symbol->width + known->quiet_left_modules + known->quiet_right_modules; }
  double width() const { return module_mm * modules(); }
  double height() const {
    return known->linear ? bar_height_min_mm : module_mm * (symbol->height + 2 * known->quiet_left_modules);
  }
};

/// Makes the modules of a row smaller until all fit, the most generous one first; false where they never do.
bool shrink_to(std::vector<Slot>& slots, double width, double dot_mm) {
  const auto total = [&slots] {
    return std::accumulate(slots.begin(), slots.end(), 0.0,
                           [](double sum, const Slot& slot) { return sum + slot.width(); });
  };
  const auto slack = [](const Slot& slot) { return slot.module_mm / slot.known->module_min_mm; };
  while (total() > width + 1e-6) {
    const auto most = std::ranges::max_element(slots, {}, slack);
    most->module_mm = whole_dots(most->module_mm - dot_mm, dot_mm);
    if (most->module_mm < most->known->module_min_mm - 1e-9) return false;
  }
  return std::ranges::all_of(slots, [&](const Slot& slot) { return slack(slot) >= 1 - 1e-9; });
}

std::vector<Slot> slots_for(const LabelContent& content, double height, double dot_mm) {
  std::vector<Slot> slots;
  for (const Symbol& symbol : content.symbols) {
    const auto& known = traits(symbol.symbology);
    double module = known.module_max_mm;
    if (!known.linear) module = std::min(module, height / (symbol.height + 2 * known.quiet_left_modules));
    slots.push_back({&symbol, &known, whole_dots(module, dot_mm)});
  }
  return slots;
}

/// Whether a symbol's code stands in print below it: always below bars, else once for them all.
bool is_numbered(const LabelContent& content, std::size_t index) {
  const auto linear = [](const Symbol& symbol) { return traits(symbol.symbology).linear; };
  return linear(content.symbols[index]) || (index == 0 && std::ranges::none_of(content.symbols, linear));
}

/// Symbols side by side in a room, each with the number below it.
bool plan_row(LabelPlan& plan, const LabelContent& content, const Rectangle& room, double dot_mm,
              bool single_overlaps) {
  const double line = plan.number_size_mm * line_height;
  const double height = room.height - line;
  auto slots = slots_for(content, height, dot_mm);
  if (slots.empty() || height < bar_height_min_mm) return false;
  // White paper at the edge of the label serves a lone symbol as its quiet zone.
  double width = room.width;
  if (single_overlaps && slots.size() == 1) {
    const int beside = slots.front().symbol->symbology == Symbology::ean13 ? 2 * ean_digit_modules : 0;
    const double ink = room.width / (slots.front().symbol->width + beside) * slots.front().modules();
    width = std::min(room.width + 2 * (room.x - padding_min_mm), ink);
  }
  if (!shrink_to(slots, width, dot_mm)) return false;
  double used = 0;
  double bars = std::min(height, bar_height_max_mm);
  double tallest = 0;
  for (const Slot& slot : slots) {
    used += slot.width();
    tallest = std::max(tallest, slot.known->linear ? bars : slot.height());
  }
  const auto gaps = static_cast<double>(slots.size() - 1);
  const double gap = gaps > 0 ? std::clamp((room.width - used) / (gaps + 2), 0.0, between_symbols_max_mm) : 0;
  double x = room.x + (room.width - used - gap * gaps) / 2;
  const double top = room.y + (height - tallest) / 2;
  for (std::size_t index = 0; index < slots.size(); ++index) {
    const Slot& slot = slots[index];
    const double quiet = slot.module_mm * slot.known->quiet_left_modules;
    const double symbol_height = slot.known->linear ? bars : slot.module_mm * slot.symbol->height;
    SymbolPlan placed{slot.module_mm, {x + quiet, 0, slot.module_mm * slot.symbol->width, symbol_height}, 0, {}, true};
    placed.symbol.y = top + (tallest - symbol_height) / 2;
    const double below = slot.known->linear ? 0 : quiet;
    // A lone symbol stands in the middle itself, and not with its quiet zone, which may be wider at one side.
    if (slots.size() == 1) placed.symbol.x = room.x + (room.width - placed.symbol.width) / 2;
    if (is_numbered(content, index)) {
      const double number_y = placed.symbol.y + symbol_height + below;
      placed.number = slots.size() == 1 ? Rectangle{room.x, number_y, room.width, line}
                                        : Rectangle{x, number_y, slot.width(), line};
    }
    if (slot.symbol->symbology == Symbology::ean13) placed.guard_mm = symbol_height * guard_part;
    plan.symbols.push_back(placed);
    x += slot.width() + gap;
  }
  return true;
}

/// The logo and beside it the texts of this size, above a row of symbols.
std::optional<LabelPlan> plan_under_head(const SheetLayout& layout, const LabelContent& content, double size) {
  const auto box = drawable(layout);
  LabelPlan plan;
  plan.centred = true;
  plan.number_size_mm = std::min(size, number_size_max_mm);
  const double line = size * line_height;
  const double texts = line * ((content.title.empty() ? 0 : 1) + (content.holder.empty() ? 0 : 1) + lines_of(content));
  const bool with_logo = content.logo_aspect > 0;
  const double head = with_logo ? std::max(texts, 2 * line) : texts;
  const double gap = head > 0 ? line * 0.5 : 0;
  // Symbols are no larger than scanners need; what is left is shared by the edges.
  double needed = 0;
  for (const Symbol& symbol : content.symbols) needed = std::max(needed, height_max(symbol));
  const double rest = std::min(box.height - head - gap, needed + line);
  Column column{{box.x, box.y + (box.height - head - gap - rest) / 2, box.width, box.height}};
  const double row_top = column.room.y + head + gap;
  if (with_logo) {
    const double share = texts > 0 ? 0.35 : 1.0;
    plan.logo = fitted(content.logo_aspect, {box.x, column.room.y, box.width * share, std::min(head, 3 * line)});
    if (texts > 0) {
      const double beside = plan.logo.width + line * 0.6;
      column.room.x += beside;
      column.room.width -= beside;
      plan.centred = false;
    } else {
      plan.logo.x += (box.width - plan.logo.width) / 2;
    }
    plan.logo.y += (head - plan.logo.height) / 2;
    column.room.y += (head - texts) / 2;
  }
  plan_texts(plan, content, column, size);
  if (!plan_row(plan, content, {box.x, row_top, box.width, rest}, layout.dot_mm, true)) return {};
  if (with_logo && texts > 0) {
    // The head begins where the symbols do.
    const double left = with_quiet_zone(content.symbols.front(), plan.symbols.front()).x;
    const double shift = std::clamp(left - box.x, 0.0, box.width / 4);
    plan.logo.x += shift;
    for (auto* text : {&plan.title, &plan.holder, &plan.lines}) {
      text->box.x += shift;
      text->box.width = std::max(0.0, text->box.width - shift);
    }
  }
  plan.height_mm = layout.label_height_mm;
  return plan;
}

/// One square symbol, and what there is to say at its right.
std::optional<LabelPlan> plan_beside(const SheetLayout& layout, const LabelContent& content) {
  const Symbol& symbol = content.symbols.front();
  const auto& known = traits(symbol.symbology);
  const auto box = drawable(layout);
  LabelPlan plan;
  const double size = text_size(box);
  plan.number_size_mm = std::min(size, number_size_max_mm);
  plan.height_mm = layout.label_height_mm;
  const double line = size * line_height;
  const int quiet = known.quiet_left_modules;
  const double bottom = box.y + box.height;
  // Either the padding or the quiet zone keeps the symbol from the edge, whichever is wider; the quiet zone alone parts
  // it from the number.
  const double by_padding = (box.height - line) / (symbol.height + quiet);
  const double by_quiet = (bottom - line) / (symbol.height + 2 * quiet);
  SymbolPlan placed;
  placed.centred = false;
  placed.module_mm = whole_dots(
      std::min({by_padding, by_quiet, box.width / (symbol.width + quiet), known.module_max_mm}), layout.dot_mm);
  if (placed.module_mm < known.module_min_mm - 1e-9) return {};

  const double white = placed.module_mm * quiet;
  const double edge = std::max(box.y, white);
  placed.symbol = {std::max(box.x, white), edge, placed.module_mm * symbol.width, placed.module_mm * symbol.height};
  const double used = placed.symbol.height + white + line;
  const double spare_down = std::max(0.0, (bottom - edge - used) / 2);
  placed.symbol.y += spare_down;
  // On a large label the symbol stands off the side, where texts have room enough.
  placed.symbol.x += std::clamp((box.width - placed.symbol.width - text_width_wanted_mm) / 3, 0.0, spare_down);
  placed.number = {placed.symbol.x, placed.symbol.y + placed.symbol.height + white, box.x + box.width - placed.symbol.x,
                   line};

  const double text_x =
      placed.symbol.x + placed.symbol.width + std::max(white, padding_min_mm) + box.width * text_gap_part;
  const bool with_logo = content.logo_aspect > 0;
  // On a large label the logo begins above the symbol.
  const double above = with_logo ? std::min(spare_down, logo_above_max_mm) : 0;
  const double height = placed.symbol.height + above;
  Column column{{text_x, placed.symbol.y - above, box.x + box.width - text_x, height}};
  const int lines_least = (content.title.empty() ? 0 : 1) + (content.holder.empty() ? 0 : 1) + lines_of(content);
  // Neither texts nor logo reach down to the number.
  const double texts_max = height * (with_logo ? 0.6 : 1.0);
  const double fitting = lines_least > 0 ? texts_max / lines_least / line_height : size;
  const double text_mm = std::clamp(fitting, std::min(size, text_size_min_mm), size);
  if (with_logo) {
    const double gap = text_mm * 0.4;
    const double left = height - lines_least * text_mm * line_height - gap;
    plan.logo = fitted(content.logo_aspect, {text_x, column.room.y, column.room.width,
                                             std::clamp(left, 0.0, std::max(2 * line, height * 0.36))});
    column.take(left);
    plan.logo.y += left - plan.logo.height;
    column.take(gap);
  }
  const double below = placed.symbol.y + placed.symbol.height - column.room.y;
  const int spare = static_cast<int>(below / (text_mm * line_height) + 1e-6) - lines_least;
  plan_texts(plan, content, column, text_mm, std::clamp(1 + spare, 1, 3));
  plan.symbols.push_back(placed);
  return plan;
}

/// The front of a plastic card says whose it is; the symbols are on its back.
std::optional<LabelPlan> plan_card(const SheetLayout& layout, const LabelContent& content) {
  constexpr double title_mm = 5.6;
  constexpr double holder_mm = 3.8;
  constexpr double number_mm = 3.4;
  constexpr double lines_mm = 2.8;
  const auto box = drawable(layout);
  LabelPlan plan;
  plan.height_mm = layout.label_height_mm;
  plan.number_size_mm = number_mm;
  if (content.logo_aspect > 0)
    plan.logo = fitted(content.logo_aspect, {box.x, box.y, box.width * 0.6, box.height * 0.4});
  const double bottom = box.y + box.height;
  const double holder_top = bottom - holder_mm * line_height;
  if (!content.holder.empty()) plan.holder = {{box.x, holder_top, box.width, holder_mm * line_height}, 1, holder_mm};
  if (!content.title.empty()) {
    const double title_height = 2 * title_mm * line_height;
    const double top = content.logo_aspect > 0 ? holder_top - title_height : box.y;
    plan.title = {{box.x, top, box.width, title_height}, 2, title_mm};
  }

  Rectangle room = box;
  if (!content.lines.empty()) {
    const double height = lines_mm * line_height * lines_of(content);
    plan.lines = {{box.x, bottom - height, box.width, height}, lines_of(content), lines_mm};
    plan.lines_on_back = true;
    room.height -= height + lines_mm;
  }
  if (!plan_row(plan, content, room, layout.dot_mm, false)) return {};
  return plan;
}

/// A slip of a receipt printer: everything in the middle, one under another.
std::optional<LabelPlan> plan_slip(const SheetLayout& layout, const LabelContent& content) {
  constexpr double title_mm = 4.4;
  constexpr double text_mm = 3.2;
  constexpr double edge_mm = 4.0;
  constexpr double gap_mm = 2.0;
  constexpr double logo_height_mm = 16.0;
  const auto box = drawable(layout);
  LabelPlan plan;
  plan.centred = true;
  plan.number_size_mm = text_mm;
  Column column{{box.x, edge_mm, box.width, 0}};
  if (content.logo_aspect > 0) {
    plan.logo = fitted(content.logo_aspect, {box.x, column.room.y, box.width * 0.7, logo_height_mm});
    plan.logo.x += (box.width - plan.logo.width) / 2;
    column.take(plan.logo.height + gap_mm);
  }
  const auto text = [&](std::string_view words, double size) {
    const double needed = static_cast<double>(display_width(words)) * size * letter_width;
    const int lines = needed > box.width ? 2 : 1;
    return TextPlan{column.take(size * line_height * lines), lines, size};
  };
  if (!content.title.empty()) plan.title = text(content.title, title_mm);
  if (!content.holder.empty()) plan.holder = text(content.holder, text_mm);
  for (std::size_t index = 0; index < content.symbols.size(); ++index) {
    LabelContent alone = content;
    alone.symbols = content.symbols.subspan(index, 1);
    const Symbol& symbol = alone.symbols.front();
    const auto& known = traits(symbol.symbology);
    const double line = text_mm * line_height;
    const double wide =
        box.width / (symbol.width + 2 * known.quiet_left_modules) * (symbol.height + 2 * known.quiet_left_modules);
    const double height = (known.linear ? bar_height_max_mm : std::min(height_max(symbol), wide)) + line;
    if (!plan_row(plan, alone, column.take(height), layout.dot_mm, false)) return {};
    if (!is_numbered(content, index)) {
      plan.symbols.back().number.width = 0;
      column.room.y -= line;
    }
    column.room.y += gap_mm;
  }
  if (!content.lines.empty()) {
    const int lines = lines_of(content);
    plan.lines = {column.take(text_mm * line_height * lines), lines, text_mm};
  }
  plan.height_mm = std::max(layout.label_height_mm, column.room.y + edge_mm);
  return plan;
}

}  // namespace

std::optional<LabelPlan> plan_label(const SheetLayout& layout, const LabelContent& content) {
  if (layout.paper == Paper::card) return plan_card(layout, content);
  if (layout.paper == Paper::roll) return plan_slip(layout, content);
  const Symbol& first = content.symbols.front();
  // Beside a symbol wider than high there is no room for texts.
  const bool one_square =
      content.symbols.size() == 1 && !traits(first.symbology).linear && first.width < 2 * first.height;
  if (one_square) return plan_beside(layout, content);
  // Smaller texts leave more to symbols that need it.
  const double size = text_size(drawable(layout));
  for (const double share : {1.0, 0.85, 0.7})
    if (auto plan = plan_under_head(layout, content, std::max(size * share, std::min(size, text_size_min_mm))))
      return plan;
  return {};
}

Rectangle with_quiet_zone(const Symbol& symbol, const SymbolPlan& plan) {
  const auto& known = traits(symbol.symbology);
  const double module = plan.module_mm;
  const double above = known.linear ? 0.0 : known.quiet_left_modules * module;
  return {plan.symbol.x - known.quiet_left_modules * module, plan.symbol.y - above,
          plan.symbol.width + (known.quiet_left_modules + known.quiet_right_modules) * module,
          plan.symbol.height + 2 * above};
}

}  // namespace loyal::format
