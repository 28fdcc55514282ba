// SPDX-License-Identifier: MIT
#include "loyal/format/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/parallel.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/atomic_file.hpp"
#include "sheet_manifest.hpp"
#include "sheet_page.hpp"

namespace loyal::format {
namespace {

constexpr double read_back_dpi = 300.0;
constexpr std::size_t labels_ahead = 240;
constexpr std::size_t image_files_max = 10'000;
constexpr int dpi_min = 72;
constexpr int dpi_max = 1200;
// A4 at 600 dpi; the page and its copy for the file are in memory together, on each of two threads.
constexpr double image_pixels_max = 36e6;
// Labels may bear customers' names.
constexpr unsigned for_the_owner_alone = 0600;

std::vector<Drawable> pull(const LabelSource& source, std::size_t count) {
  std::vector<Drawable> batch;
  for (Drawable next; batch.size() < count && source(next.label); next = {}) batch.push_back(std::move(next));
  return batch;
}

Pixels pixels_for(const Look& look) {
  return look.is_coloured() ? Pixels::colour : Pixels::ink;
}

void require_read_back(const Page& page, const SheetOptions& options) {
  PixelCanvas canvas(page.size, read_back_dpi, pixels_for(options.look));
  draw_page(canvas, page, options);
  require_readable(canvas, page);
}

/// Pages of a PDF as they come.
class Printer {
 public:
  Printer(const std::string& path, const SheetOptions& options)
      : options_(options), paper_(path, visible(options.title), options.created), manifest_(options) {
    receipt_.files = {path};
  }

  void print(std::span<const Drawable> batch) {
    const int first_place = receipt_.pages == 0 ? options_.first_place : 0;
    const auto pages = pages_of(batch, options_.layout, first_place);
    for (const auto& page : pages) {
      paper_.begin_page(page.size);
      draw_page(paper_, page, options_);
      paper_.finish_page();
      ++receipt_.pages;
      manifest_.add(page, receipt_.pages, receipt_.files.front());
    }
    if (options_.read_back)
      SharedLoop(pages.size(), [&](std::size_t page) { require_read_back(pages[page], options_); }).finish();
    receipt_.labels += static_cast<std::int64_t>(batch.size());
  }

  SheetReceipt finish() {
    // With the last byte on the disk nothing can run out of room: the rest is names.
    paper_.seal();
    manifest_.commit();
    paper_.commit();
    return receipt_;
  }

 private:
  const SheetOptions& options_;
  PaperCanvas paper_;
  Manifest manifest_;
  SheetReceipt receipt_;
};

SheetReceipt write_pdf(const std::string& path, const SheetOptions& options, const LabelSource& source) {
  Printer printer(path, options);
  const auto labels_per_page = static_cast<std::size_t>(options.layout.labels());
  const auto count = labels_per_page * std::max<std::size_t>(1, labels_ahead / labels_per_page);
  // While one batch is drawn, the next one's symbols are made; both may fail, and the loop is gone before its batch.
  auto batch = pull(source, count - static_cast<std::size_t>(options.first_place));
  if (batch.empty()) throw Error(Fault::usage, tr("there are no labels to print"));
  SharedLoop(batch.size(), [&](std::size_t index) { prepare(batch[index], options); }).finish();
  while (!batch.empty()) {
    auto next = pull(source, count);
    SharedLoop preparation(next.size(), [&](std::size_t index) { prepare(next[index], options); });
    printer.print(batch);
    preparation.finish();
    batch = std::move(next);
  }
  return printer.finish();
}

/// The page as the bytes of an image; those that were read back are the very ones that are written.
std::string image_of(const Page& page, const SheetOptions& options) {
  if (options.form == SheetForm::svg) {
    VectorCanvas canvas(page.size);
    draw_page(canvas, page, options);
    if (options.read_back) require_read_back(page, options);
    return canvas.svg();
  }
  PixelCanvas canvas(page.size, options.dpi, Pixels::colour);
  draw_page(canvas, page, options);
  if (options.read_back) require_readable(canvas, page);
  return canvas.png();
}

/// cards.png, or of several pages cards-01.png, cards-02.png …, as many digits as the last one needs.
std::vector<std::string> image_paths(const std::string& path, std::size_t pages) {
  if (pages == 1) return {path};
  const auto dot = path.rfind('.');
  const auto digits = std::to_string(pages).size();
  std::vector<std::string> paths;
  for (std::size_t page = 1; page <= pages; ++page)
    paths.push_back(fmt::format("{}-{:0{}}{}", path.substr(0, dot), page, digits, path.substr(dot)));
  return paths;
}

SheetReceipt write_images(const std::string& path, const SheetOptions& options, const LabelSource& source) {
  const auto labels_max = image_files_max * static_cast<std::size_t>(options.layout.labels());
  auto labels = pull(source, labels_max + 1);
  if (labels.empty()) throw Error(Fault::usage, tr("there are no labels to print"));
  SharedLoop(labels.size(), [&](std::size_t index) { prepare(labels[index], options); }).finish();
  const auto pages = pages_of(labels, options.layout, options.first_place);
  if (pages.size() > image_files_max)
    throw Error(Fault::refused, tr("the sheet has more than {} pages, each a file", image_files_max),
                tr("a PDF takes any number of pages"));
  SheetReceipt receipt{static_cast<std::int64_t>(labels.size()), static_cast<std::int64_t>(pages.size()),
                       image_paths(path, pages.size())};
  std::vector<std::unique_ptr<AtomicFile>> files(pages.size());
  SharedLoop(pages.size(), [&](std::size_t page) {
    auto file = std::make_unique<AtomicFile>(receipt.files[page], for_the_owner_alone);
    file->write(image_of(pages[page], options));
    file->seal();
    files[page] = std::move(file);
  }).finish();
  Manifest manifest(options);
  for (std::size_t page = 0; page < pages.size(); ++page)
    manifest.add(pages[page], static_cast<std::int64_t>(page) + 1, receipt.files[page]);
  manifest.commit();
  for (const auto& file : files) file->commit();
  return receipt;
}

/// For an image the modules are whole pixels, not dots of some printer.
SheetOptions on_pixels(SheetOptions options) {
  if (options.form != SheetForm::png) return options;
  const auto& layout = options.layout;
  const double dpi = options.dpi;
  if (options.dpi < dpi_min || options.dpi > dpi_max)
    throw Error(Fault::usage, tr("--dpi is from {} to {}; {} asked for", dpi_min, dpi_max, options.dpi));
  const double pixels = layout.page_width_mm * layout.page_height_mm * dpi * dpi / (inch_mm * inch_mm);
  if (pixels > image_pixels_max)
    throw Error(Fault::refused,
                tr("a page at {} dpi would have {:.0f} million pixels; {:.0f} are the most", options.dpi, pixels / 1e6,
                   image_pixels_max / 1e6),
                "--dpi 600");
  options.layout.dot_mm = inch_mm / dpi;
  return options;
}

}  // namespace

SheetForm sheet_form_of(const std::string& path) {
  constexpr std::array<std::pair<std::string_view, SheetForm>, 3> endings{
      {{".pdf", SheetForm::pdf}, {".svg", SheetForm::svg}, {".png", SheetForm::png}}};
  for (const auto& [ending, form] : endings)
    if (path.ends_with(ending)) return form;
  if (path.starts_with("/dev/")) return SheetForm::pdf;
  throw Error(Fault::usage, tr("a sheet is a PDF, SVG or PNG; \"{}\" ends in none of .pdf, .svg, .png", visible(path)),
              "loyal code sheet -o cards.pdf");
}

SheetReceipt write_sheet(const std::string& path, const SheetOptions& asked, const LabelSource& source) {
  if (asked.layout.labels() <= 0) throw std::logic_error("a sheet without labels");
  if (asked.first_place < 0 || asked.first_place >= asked.layout.labels())
    throw Error(Fault::usage, tr("a page has {} places for labels; the first label can't stand in place {}",
                                 asked.layout.labels(), asked.first_place + 1));
  require_seen(asked.look);
  const SheetOptions options = on_pixels(asked);
  return options.form == SheetForm::pdf ? write_pdf(path, options, source) : write_images(path, options, source);
}

}  // namespace loyal::format
