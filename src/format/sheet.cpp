// SPDX-License-Identifier: MIT
#include "loyal/format/sheet.hpp"

#include <cairo-pdf.h>
#include <cairo.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <exception>
#include <memory>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/parallel.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/format/atomic_file.hpp"

namespace loyal::format {
namespace {

constexpr double millimetre_pt = 72.0 / 25.4;
constexpr double read_back_dpi = 300.0;
constexpr double dot_mm = 25.4 / 600;
constexpr std::size_t labels_ahead = 240;
constexpr double shrunk_least = 0.8;

template <auto release>
struct Release {
  template <class Handle>
  void operator()(Handle* handle) const {
    release(handle);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Release<cairo_destroy>>;
using Pattern = std::unique_ptr<cairo_pattern_t, Release<cairo_pattern_destroy>>;
using FontFace = std::unique_ptr<cairo_font_face_t, Release<cairo_font_face_destroy>>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Release<cairo_font_options_destroy>>;

void require_success(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw Error(Fault::failed, tr("the sheet could not be drawn: {}", cairo_status_to_string(status)));
}

enum class Weight { normal, bold };
enum class Aligned { left, centre, right };

/// Text as glyphs of one font, in millimetres.
struct Shaped {
  cairo_font_face_t* face = nullptr;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<std::size_t> ends;  ///< for each glyph, where its bytes end in the text
  double width = 0;
};

/// A page under the pen, in millimetres; the same calls draw on paper and on pixels.
class Canvas {
 public:
  Canvas(cairo_surface_t* surface, double units_per_mm)
      : context_(cairo_create(surface)), on_pixels_(cairo_surface_get_type(surface) == CAIRO_SURFACE_TYPE_IMAGE) {
    require_success(cairo_status(context_.get()));
    cairo_scale(context_.get(), units_per_mm, units_per_mm);
    const FontOptions options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(context_.get(), options.get());
    for (const char* family : families) {
      normal_.emplace_back(cairo_toy_font_face_create(family, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL));
      bold_.emplace_back(cairo_toy_font_face_create(family, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD));
    }
  }

  void symbol(const Symbol& symbol, const LabelPlan& plan, double x, double y);
  /// One line in the box; a little smaller where it is too long, then cut with ….
  void line(const std::string& text, const Rectangle& box, double size_mm, Weight weight, Aligned aligned);
  /// Up to `lines_max` lines broken at blanks.
  void lines(const std::string& text, const Rectangle& box, int lines_max, double size_mm, Weight weight,
             Aligned aligned);
  void cut_marks(const SheetLayout& layout);
  void finish_page() { cairo_show_page(context_.get()); }
  cairo_status_t status() const { return cairo_status(context_.get()); }

 private:
  // Faces with Cyrillic; the system gives its own where one is missing. Debian's font configuration always brings
  // DejaVu or Liberation.
  static constexpr std::array families{"PT Sans", "Liberation Sans", "DejaVu Sans", "Noto Sans", "sans-serif"};

  Shaped shape(const std::string& text, double size_mm, Weight weight);
  Shaped shape_with(cairo_font_face_t* face, const std::string& text, double size_mm);
  std::string cut(const std::string& text, const Shaped& shaped, double width, double size_mm, Weight weight);

  Context context_;
  bool on_pixels_;
  std::vector<FontFace> normal_;
  std::vector<FontFace> bold_;
};

void ink_pixel(unsigned char* row, int x, cairo_format_t format) {
  if (format == CAIRO_FORMAT_A8) {
    row[x] = 255;
    return;
  }
  // Cairo keeps the pixels of A1 in the machine's own order within words of 32.
  const int bit = std::endian::native == std::endian::little ? x % 8 : 7 - x % 8;
  row[x / 8] = static_cast<unsigned char>(row[x / 8] | (1U << bit));
}

/// The symbol as a mask of one pixel a module, EAN's guard bars longer by the last of its rows.
Surface mask_of(const Symbol& symbol, int rows, cairo_format_t format) {
  Surface mask(cairo_image_surface_create(format, symbol.width, rows));
  require_success(cairo_surface_status(mask.get()));
  cairo_surface_flush(mask.get());
  auto* const bytes = cairo_image_surface_get_data(mask.get());
  const int stride = cairo_image_surface_get_stride(mask.get());
  const auto is_guard = [&](int x) { return x < 3 || x >= symbol.width - 3 || std::abs(2 * x + 1 - symbol.width) < 5; };
  const bool with_guards = symbol.height == 1 && rows > 1;
  for (int y = 0; y < rows; ++y) {
    const bool guards_alone = with_guards && y == rows - 1;
    for (int x = 0; x < symbol.width; ++x)
      if (symbol.dark(x, with_guards ? 0 : y) && (!guards_alone || is_guard(x)))
        ink_pixel(bytes + static_cast<std::ptrdiff_t>(y) * stride, x, format);
  }
  cairo_surface_mark_dirty(mask.get());
  return mask;
}

double on_dots(double position_mm) {
  return std::round(position_mm / dot_mm) * dot_mm;
}

void Canvas::symbol(const Symbol& symbol, const LabelPlan& plan, double x, double y) {
  const int rows =
      plan.guard_mm > 0 ? static_cast<int>(std::lround(plan.symbol.height / plan.guard_mm)) + 1 : symbol.height;
  // On paper the bits become a stencil, the smallest there is; on pixels whole bytes are scaled several times as fast.
  const auto mask = mask_of(symbol, rows, on_pixels_ ? CAIRO_FORMAT_A8 : CAIRO_FORMAT_A1);
  const Pattern pattern(cairo_pattern_create_for_surface(mask.get()));
  cairo_pattern_set_filter(pattern.get(), CAIRO_FILTER_NEAREST);
  auto* const pen = context_.get();
  cairo_save(pen);
  cairo_translate(pen, on_dots(x + plan.symbol.x), on_dots(y + plan.symbol.y));
  cairo_scale(pen, plan.module_mm, (plan.symbol.height + plan.guard_mm) / rows);
  cairo_set_source_rgb(pen, 0, 0, 0);
  cairo_mask(pen, pattern.get());
  cairo_restore(pen);
}

Shaped Canvas::shape_with(cairo_font_face_t* face, const std::string& text, double size_mm) {
  auto* const pen = context_.get();
  cairo_set_font_face(pen, face);
  cairo_set_font_size(pen, size_mm);
  auto* const font = cairo_get_scaled_font(pen);
  cairo_glyph_t* glyphs = nullptr;
  cairo_text_cluster_t* clusters = nullptr;
  int glyph_count = 0;
  int cluster_count = 0;
  cairo_text_cluster_flags_t flags{};
  require_success(cairo_scaled_font_text_to_glyphs(font, 0, 0, text.data(), static_cast<int>(text.size()), &glyphs,
                                                   &glyph_count, &clusters, &cluster_count, &flags));
  Shaped shaped;
  shaped.face = face;
  shaped.glyphs.assign(glyphs, glyphs + glyph_count);
  std::size_t end = 0;
  for (int cluster = 0; cluster < cluster_count; ++cluster) {
    end += static_cast<std::size_t>(clusters[cluster].num_bytes);
    shaped.ends.insert(shaped.ends.end(), static_cast<std::size_t>(clusters[cluster].num_glyphs), end);
  }
  cairo_glyph_free(glyphs);
  cairo_text_cluster_free(clusters);
  if (!shaped.glyphs.empty()) {
    cairo_text_extents_t last{};
    cairo_scaled_font_glyph_extents(font, &shaped.glyphs.back(), 1, &last);
    shaped.width = shaped.glyphs.back().x + last.x_advance;
  }
  return shaped;
}

Shaped Canvas::shape(const std::string& text, double size_mm, Weight weight) {
  // Glyph 0 stands for "not in this font": the next family may have it.
  const auto missing = [](const Shaped& shaped) {
    return std::ranges::count(shaped.glyphs, 0UL, &cairo_glyph_t::index);
  };
  const auto& faces = weight == Weight::bold ? bold_ : normal_;
  Shaped best = shape_with(faces.front().get(), text, size_mm);
  for (std::size_t next = 1; next < faces.size() && missing(best) > 0; ++next) {
    auto other = shape_with(faces[next].get(), text, size_mm);
    if (missing(other) < missing(best)) best = std::move(other);
  }
  return best;
}

std::string Canvas::cut(const std::string& text, const Shaped& shaped, double width, double size_mm, Weight weight) {
  static constexpr const char* ellipsis = "…";
  const double room = width - shape(ellipsis, size_mm, weight).width;
  std::size_t end = 0;
  for (std::size_t glyph = 0; glyph + 1 < shaped.glyphs.size() && shaped.glyphs[glyph + 1].x <= room; ++glyph) {
    // A mark that sits on the letter before it goes with that letter.
    const auto next_end = shaped.ends[glyph + 1];
    const std::string_view next(text.data() + shaped.ends[glyph], next_end - shaped.ends[glyph]);
    if (display_width(next) > 0) end = shaped.ends[glyph];
  }
  return std::string(trim(std::string_view(text).substr(0, end))) + ellipsis;
}

void Canvas::line(const std::string& text, const Rectangle& box, double size_mm, Weight weight, Aligned aligned) {
  if (text.empty() || box.width <= 0) return;
  auto shaped = shape(text, size_mm, weight);
  const double baseline = box.y + size_mm;
  if (shaped.width > box.width) {
    size_mm *= std::max(shrunk_least, box.width / shaped.width);
    shaped = shape(text, size_mm, weight);
  }
  if (shaped.width > box.width) shaped = shape(cut(text, shaped, box.width, size_mm, weight), size_mm, weight);
  double x = box.x;
  if (aligned == Aligned::centre) x += (box.width - shaped.width) / 2;
  if (aligned == Aligned::right) x += box.width - shaped.width;
  for (auto& glyph : shaped.glyphs) {
    glyph.x += x;
    glyph.y += baseline;
  }
  auto* const pen = context_.get();
  cairo_set_font_face(pen, shaped.face);
  cairo_set_font_size(pen, size_mm);
  cairo_set_source_rgb(pen, 0, 0, 0);
  cairo_show_glyphs(pen, shaped.glyphs.data(), static_cast<int>(shaped.glyphs.size()));
}

void Canvas::lines(const std::string& text, const Rectangle& box, int lines_max, double size_mm, Weight weight,
                   Aligned aligned) {
  Rectangle place{box.x, box.y, box.width, box.height / std::max(1, lines_max)};
  std::string rest = text;
  for (int drawn = 0; drawn + 1 < lines_max; ++drawn) {
    if (shape(rest, size_mm, weight).width <= box.width) break;
    std::size_t end = std::string::npos;
    for (auto blank = rest.find(' '); blank != std::string::npos; blank = rest.find(' ', blank + 1)) {
      if (shape(rest.substr(0, blank), size_mm, weight).width > box.width) break;
      end = blank;
    }
    // A word wider than the label is cut by itself, so that the first name behind it is still seen.
    if (end == std::string::npos) end = rest.find(' ');
    if (end == std::string::npos) break;
    line(rest.substr(0, end), place, size_mm, weight, aligned);
    rest.erase(0, end + 1);
    place.y += place.height;
  }
  line(rest, place, size_mm, weight, aligned);
}

void Canvas::cut_marks(const SheetLayout& layout) {
  constexpr double arm_mm = 2.0;
  constexpr double width_mm = 0.1;
  constexpr double grey = 0.6;
  auto* const pen = context_.get();
  const auto cross = [pen](double x, double y) {
    cairo_move_to(pen, x - arm_mm, y);
    cairo_line_to(pen, x + arm_mm, y);
    cairo_move_to(pen, x, y - arm_mm);
    cairo_line_to(pen, x, y + arm_mm);
  };
  for (int index = 0; index < layout.labels(); ++index) {
    const auto label = label_rectangle(layout, index);
    const bool last_column = index % layout.columns == layout.columns - 1 || layout.gap_across_mm > 0;
    const bool last_row = index / layout.columns == layout.rows - 1 || layout.gap_down_mm > 0;
    cross(label.x, label.y);
    if (last_column) cross(label.x + label.width, label.y);
    if (last_row) cross(label.x, label.y + label.height);
    if (last_column && last_row) cross(label.x + label.width, label.y + label.height);
  }
  cairo_set_source_rgb(pen, grey, grey, grey);
  cairo_set_line_width(pen, width_mm);
  cairo_stroke(pen);
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

/// A label with all that is needed to draw it.
struct Drawable {
  SheetLabel label;
  Symbol symbol;
  LabelPlan plan;
};

void draw_label(Canvas& canvas, const Drawable& drawable, const Rectangle& place) {
  const auto& [label, symbol, plan] = drawable;
  const auto moved = [&place](Rectangle box) {
    box.x += place.x;
    box.y += place.y;
    return box;
  };
  const auto aligned = plan.centred ? Aligned::centre : Aligned::left;
  canvas.symbol(symbol, plan, place.x, place.y);
  canvas.line(label.title, moved(plan.title), plan.text_size_mm, Weight::bold, aligned);
  canvas.lines(label.holder, moved(plan.holder), plan.holder_lines, plan.text_size_mm, Weight::normal, aligned);
  if (symbol.symbology == Symbology::ean13)
    draw_ean_digits(canvas, label.code, plan, place.x, place.y);
  else
    canvas.line(label.number_text, moved(plan.number), plan.text_size_mm, Weight::normal, aligned);
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
  label.title = visible(tidy_name(label.title));
  label.holder = visible(tidy_name(label.holder));
  label.number_text = visible(label.number_text.empty() ? domain::readable_number(label.code) : label.number_text);
  const auto plan = plan_label(options.layout, drawable.symbol, !label.title.empty(), !label.holder.empty());
  if (!plan) refuse_size(options.layout, label, drawable.symbol);
  drawable.plan = *plan;
}

void draw_page(Canvas& canvas, std::span<const Drawable> page, const SheetOptions& options) {
  if (options.cut_marks) canvas.cut_marks(options.layout);
  for (std::size_t index = 0; index < page.size(); ++index)
    draw_label(canvas, page[index], label_rectangle(options.layout, static_cast<int>(index)));
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

/// One page as pixels, to read what was drawn as a scanner would.
class ReadBack {
 public:
  ReadBack()
      : surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height)), canvas_(surface_.get(), pixels_per_mm) {}

  /// Error{failed} for the first label that does not read as its code.
  void require_readable(std::span<const Drawable> page, const SheetOptions& options) {
    draw_page(canvas_, page, options);
    require_success(canvas_.status());
    cairo_surface_flush(surface_.get());
    for (std::size_t index = 0; index < page.size(); ++index) {
      const auto place = with_quiet_zone(page[index], label_rectangle(options.layout, static_cast<int>(index)));
      const auto found = read(place, options.symbology);
      const auto& code = page[index].label.code;
      if (found.size() == 1 && found.front().text == code) continue;
      throw Error(Fault::failed, found.empty()
                                     ? tr("the symbol of “{}” can't be read back; nothing was written", visible(code))
                                     : tr("the symbol of “{}” reads as “{}”; nothing was written", visible(code),
                                          visible(found.front().text)));
    }
  }

 private:
  static constexpr double pixels_per_mm = read_back_dpi / 25.4;
  static constexpr int width = static_cast<int>(a4_width_mm * pixels_per_mm) + 1;
  static constexpr int height = static_cast<int>(a4_height_mm * pixels_per_mm) + 1;

  int stride() const { return cairo_image_surface_get_stride(surface_.get()); }

  std::vector<Found> read(const Rectangle& place, Symbology symbology) const {
    const auto pixel = [](double mm, int limit) {
      return std::clamp(static_cast<int>(std::lround(mm * pixels_per_mm)), 0, limit);
    };
    const int left = pixel(place.x, width);
    const int right = pixel(place.x + place.width, width);
    const int top = pixel(place.y, height);
    const int bottom = pixel(place.y + place.height, height);
    const auto* const bytes = cairo_image_surface_get_data(surface_.get());
    const auto columns = static_cast<std::size_t>(right - left);
    std::vector<std::uint8_t> gray(columns * static_cast<std::size_t>(bottom - top));
    for (int y = top; y < bottom; ++y) {
      const auto* const line = bytes + static_cast<std::ptrdiff_t>(y) * stride() + left;
      auto* const to = gray.data() + static_cast<std::size_t>(y - top) * columns;
      // The surface holds how much ink there is; a reader wants how much light.
      for (std::size_t x = 0; x < columns; ++x) to[x] = static_cast<std::uint8_t>(~line[x]);
    }
    return read_image(gray, right - left, bottom - top, symbology);
  }

  Surface surface_;
  Canvas canvas_;
};

/// A PDF that goes into a file not yet in its place.
class Document {
 public:
  Document(const std::string& path, const SheetOptions& options)
      // Labels may bear customers' names.
      : file_(path, 0600),
        surface_(cairo_pdf_surface_create_for_stream(append, this, a4_width_mm * millimetre_pt,
                                                     a4_height_mm * millimetre_pt)),
        canvas_(surface_.get(), millimetre_pt) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, visible(options.title).c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, "loyal");
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, to_string(options.created).c_str());
  }

  Canvas& canvas() { return canvas_; }

  void check() {
    if (failure_) std::rethrow_exception(failure_);
    require_success(canvas_.status());
  }
  void commit() {
    cairo_surface_finish(surface_.get());
    check();
    require_success(cairo_surface_status(surface_.get()));
    flush();
    file_.commit();
  }

 private:
  static cairo_status_t append(void* self, const unsigned char* bytes, unsigned length) {
    auto& document = *static_cast<Document*>(self);
    // An exception must not fly through C code.
    try {
      document.held_.append(reinterpret_cast<const char*>(bytes), length);
      if (document.held_.size() >= held_bytes_max) document.flush();
      return CAIRO_STATUS_SUCCESS;
    } catch (...) {
      document.failure_ = std::current_exception();
      return CAIRO_STATUS_WRITE_ERROR;
    }
  }

  void flush() {
    file_.write(held_);
    held_.clear();
  }

  // The drawing library hands out crumbs.
  static constexpr std::size_t held_bytes_max = 256 * 1024;

  std::exception_ptr failure_;
  AtomicFile file_;
  std::string held_;
  Surface surface_;
  Canvas canvas_;
};

std::vector<Drawable> pull(const LabelSource& source, const SheetLayout& layout) {
  const auto labels_per_page = static_cast<std::size_t>(layout.labels());
  const auto size = labels_per_page * std::max<std::size_t>(1, labels_ahead / labels_per_page);
  std::vector<Drawable> batch;
  for (Drawable next; batch.size() < size && source(next.label); next = {}) batch.push_back(std::move(next));
  return batch;
}

class Printer {
 public:
  Printer(const std::string& path, const SheetOptions& options) : options_(options), document_(path, options) {}

  void print(std::span<const Drawable> batch) {
    std::vector<std::span<const Drawable>> pages;
    const auto labels_per_page = static_cast<std::size_t>(options_.layout.labels());
    for (std::size_t first = 0; first < batch.size(); first += labels_per_page)
      pages.push_back(batch.subspan(first, std::min(labels_per_page, batch.size() - first)));
    for (const auto page : pages) {
      draw_page(document_.canvas(), page, options_);
      document_.canvas().finish_page();
      document_.check();
    }
    if (options_.read_back)
      SharedLoop(pages.size(), [&](std::size_t page) { ReadBack().require_readable(pages[page], options_); }).finish();
    receipt_.labels += static_cast<std::int64_t>(batch.size());
    receipt_.pages += static_cast<std::int64_t>(pages.size());
  }

  SheetReceipt finish() {
    document_.commit();
    return receipt_;
  }

 private:
  const SheetOptions& options_;
  Document document_;
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
