// SPDX-License-Identifier: MIT
#include <exception>

#include "canvas_pen.hpp"
#include "loyal/format/atomic_file.hpp"

namespace loyal::format {

struct PaperCanvas::File {
  // The drawing library hands out crumbs.
  static constexpr std::size_t held_bytes_max = 256 * 1024;

  // Labels may bear customers' names.
  explicit File(const std::string& path) : file(path, 0600) {}

  static cairo_status_t append(void* self, const unsigned char* bytes, unsigned length) {
    auto& target = *static_cast<File*>(self);
    // An exception must not fly through C code.
    try {
      target.held.append(reinterpret_cast<const char*>(bytes), length);
      if (target.held.size() >= held_bytes_max) target.flush();
      return CAIRO_STATUS_SUCCESS;
    } catch (...) {
      target.failure = std::current_exception();
      return CAIRO_STATUS_WRITE_ERROR;
    }
  }

  void flush() {
    file.write(held);
    held.clear();
  }

  AtomicFile file;
  std::string held;
  std::exception_ptr failure;
};

PaperCanvas::PaperCanvas(const std::string& path, const std::string& title, Instant created)
    : PaperCanvas(std::make_unique<File>(path), title, to_string(created)) {}

// Nothing may throw once the file is moved: members go before the surface of the base, which writes to the file when it
// goes.
PaperCanvas::PaperCanvas(std::unique_ptr<File> file, const std::string& title, const std::string& created)
    : Canvas(std::make_unique<Pen>(
          Surface(cairo_pdf_surface_create_for_stream(File::append, file.get(), a4_width_mm * millimetre_pt,
                                                      a4_height_mm * millimetre_pt)),
          millimetre_pt)),
      file_(std::move(file)) {
  auto* const surface = pen_->surface.get();
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "loyal");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
}

PaperCanvas::~PaperCanvas() {
  // The surface writes its last bytes when it goes, so it goes before its file.
  pen_.reset();
}

void PaperCanvas::begin_page(PageSize size) {
  cairo_pdf_surface_set_size(pen_->surface.get(), size.width_mm * millimetre_pt, size.height_mm * millimetre_pt);
}

void PaperCanvas::finish_page() {
  cairo_show_page(pen_->context.get());
  if (file_->failure) std::rethrow_exception(file_->failure);
  require_success(cairo_status(pen_->context.get()));
}

void PaperCanvas::seal() {
  cairo_surface_finish(pen_->surface.get());
  if (file_->failure) std::rethrow_exception(file_->failure);
  require_success(cairo_surface_status(pen_->surface.get()));
  file_->flush();
  file_->file.seal();
}

void PaperCanvas::commit() {
  file_->file.commit();
}

}  // namespace loyal::format
