// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/format/look.hpp"
#include "loyal/format/sheet_layout.hpp"

namespace loyal::format {

enum class Weight { normal, bold };
enum class Aligned { left, centre, right };

/// How a text looks.
struct Hand {
  double size_mm = 0;
  Weight weight = Weight::normal;
  Aligned aligned = Aligned::left;
  Colour colour = black;
  double least = 0.8;  ///< how small a text that is too long may become before it is cut
};

/// Black and white in equal fields, row by row; 1 is black.
struct Stencil {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> black;
};

struct PageSize {
  double width_mm = a4_width_mm;
  double height_mm = a4_height_mm;
};

/// A page under the pen, in millimetres; the same calls draw on paper and on pixels.
class Canvas {
 public:
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  /// Fills the box with the stencil, its fields stretched evenly.
  void stencil(const Stencil& stencil, const Rectangle& box);
  /// One line in the box; a little smaller where it is too long, then cut with …. The text is UTF-8 without control
  /// characters.
  void line(const std::string& text, const Rectangle& box, const Hand& hand);
  /// Up to `lines_max` such lines, broken at blanks.
  void lines(const std::string& text, const Rectangle& box, int lines_max, const Hand& hand);
  void fill(const Rectangle& box, Colour colour);
  /// Fills the box with the picture, which must outlive the canvas.
  void picture(const Picture& picture, const Rectangle& box);
  /// Small light crosses.
  void crosses(const std::vector<Point>& points);
  /// A thin black line.
  void stroke(Point from, Point to);

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

  /// Comes before the page's first stroke.
  void begin_page(PageSize size);
  /// Error{failed} for whatever went wrong on the page.
  void finish_page();
  /// After the last page: all is on the disk, and only the file's name is still to come.
  void seal();
  void commit();

 private:
  struct File;
  PaperCanvas(std::unique_ptr<File> file, const std::string& title, const std::string& created);
  std::unique_ptr<File> file_;
};

/// One page as an SVG image.
class VectorCanvas : public Canvas {
 public:
  explicit VectorCanvas(PageSize size);
  ~VectorCanvas();
  /// The whole file; nothing is drawn after it. The same strokes give the same bytes.
  std::string svg();

 private:
  explicit VectorCanvas(std::unique_ptr<std::string> bytes, PageSize size);
  std::unique_ptr<std::string> bytes_;
};

/// Gray pixels, 0 is black.
struct GrayImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> gray;
};

/// What pixels keep: how much ink there is, or its colour, which takes four times the memory.
enum class Pixels { ink, colour };

/// One page as a scanner of this resolution sees it.
class PixelCanvas : public Canvas {
 public:
  PixelCanvas(PageSize size, double dpi, Pixels pixels);
  /// A part of what was drawn. Error{failed} for whatever went wrong on the page.
  GrayImage image(const Rectangle& box) const;
  /// The page as a PNG file that says its resolution.
  std::string png() const;

 private:
  double pixels_per_mm_;
  Pixels pixels_;
};

}  // namespace loyal::format
