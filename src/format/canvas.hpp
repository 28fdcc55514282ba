// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/format/sheet_layout.hpp"

namespace loyal::format {

enum class Weight { normal, bold };
enum class Aligned { left, centre, right };

/// Black and white in equal fields, row by row; 1 is black.
struct Stencil {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> black;
};

/// An A4 page under the pen, in millimetres; the same calls draw on paper and on pixels.
class Canvas {
 public:
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  /// Fills the box with the stencil, its fields stretched evenly.
  void stencil(const Stencil& stencil, const Rectangle& box);
  /// One line in the box; a little smaller where it is too long, then cut with …. The text is UTF-8 without control
  /// characters.
  void line(const std::string& text, const Rectangle& box, double size_mm, Weight weight, Aligned aligned);
  /// Up to `lines_max` such lines, broken at blanks.
  void lines(const std::string& text, const Rectangle& box, int lines_max, double size_mm, Weight weight,
             Aligned aligned);
  /// Small light crosses.
  void crosses(const std::vector<Point>& points);

 protected:
  struct Pen;
  explicit Canvas(std::unique_ptr<Pen> pen);
  std::unique_ptr<Pen> pen_;
};

/// Pages of a PDF file, which is not in its place before commit().
class PaperCanvas : public Canvas {
 public:
  PaperCanvas(const std::string& path, const std::string& title, Instant created);
  ~PaperCanvas();

  /// Error{failed} for whatever went wrong on the page.
  void finish_page();
  void commit();

 private:
  struct File;
  PaperCanvas(std::unique_ptr<File> file, const std::string& title, const std::string& created);
  std::unique_ptr<File> file_;
};

/// Gray pixels, 0 is black.
struct GrayImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> gray;
};

/// One page as a scanner of this resolution sees it.
class PixelCanvas : public Canvas {
 public:
  explicit PixelCanvas(double dpi);
  /// A part of what was drawn. Error{failed} for whatever went wrong on the page.
  GrayImage image(const Rectangle& box) const;

 private:
  double pixels_per_mm_;
};

}  // namespace loyal::format
