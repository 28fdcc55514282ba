// SPDX-License-Identifier: MIT
#include "jpeg_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <csetjmp>

#include "late_jpeg.hpp"

namespace loyal::format {
namespace {

/// libjpeg tells of a broken file by a call that must not return.
struct Problem {
  jpeg_error_mgr base;
  std::jmp_buf way_back;
  std::array<char, JMSG_LENGTH_MAX> words;
};

[[noreturn]] void leave(j_common_ptr info) {
  auto* const problem = reinterpret_cast<Problem*>(info->err);
  problem->base.format_message(info, problem->words.data());
  std::longjmp(problem->way_back, 1);  // NOLINT: the library knows no other way
}

/// A warning (below zero) tells of a part that is made up; the library counts them, and the first one's words stay.
void count_warnings(j_common_ptr info, int level) {
  if (level >= 0) return;
  auto* const problem = reinterpret_cast<Problem*>(info->err);
  if (info->err->num_warnings++ == 0) problem->base.format_message(info, problem->words.data());
}

// A camera writes about ten.
constexpr int scans_max = 200;

/// A progressive file may go over the whole picture with each of its scans, and hold thousands of empty ones.
void stop_endless(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= scans_max) return;
  auto* const problem = reinterpret_cast<Problem*>(info->err);
  constexpr std::string_view words = "too many scans";
  *std::copy(words.begin(), words.end(), problem->words.begin()) = '\0';
  std::longjmp(problem->way_back, 1);  // NOLINT: the library knows no other way
}

J_COLOR_SPACE space_of(JpegPixels pixels) {
  if (pixels == JpegPixels::gray) return JCS_GRAYSCALE;
  return std::endian::native == std::endian::little ? JCS_EXT_BGRA : JCS_EXT_ARGB;
}

}  // namespace

struct JpegFile::Library {
  explicit Library(std::string_view given) : bytes(given) { decoder.err = nullptr; }
  ~Library() {
    if (decoder.err != nullptr) jpeg_destroy_decompress(&decoder);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  std::string_view bytes;
  jpeg_decompress_struct decoder{};
  Problem problem{};
  jpeg_progress_mgr progress{};
};

JpegFile::JpegFile(std::string_view bytes) : library_(std::make_unique<Library>(bytes)) {}
JpegFile::~JpegFile() = default;

// Nothing with a destructor may live in the two functions that set a way back, since the library jumps over it.

bool JpegFile::open() {
  Library& own = *library_;
  own.decoder.err = jpeg_std_error(&own.problem.base);
  own.problem.base.error_exit = leave;
  own.problem.base.emit_message = count_warnings;
  if (setjmp(own.problem.way_back) != 0) return false;  // NOLINT
  jpeg_CreateDecompress(&own.decoder, JPEG_LIB_VERSION, sizeof own.decoder);
  own.progress.progress_monitor = stop_endless;
  own.decoder.progress = &own.progress;
  jpeg_mem_src(&own.decoder, reinterpret_cast<const unsigned char*>(own.bytes.data()), own.bytes.size());
  jpeg_read_header(&own.decoder, TRUE);
  return true;
}

int JpegFile::width() const {
  return static_cast<int>(library_->decoder.image_width);
}
int JpegFile::height() const {
  return static_cast<int>(library_->decoder.image_height);
}

bool JpegFile::decode(JpegPixels pixels, unsigned char* to, std::size_t stride) {
  Library& own = *library_;
  if (setjmp(own.problem.way_back) != 0) return false;  // NOLINT
  own.decoder.out_color_space = space_of(pixels);
  jpeg_start_decompress(&own.decoder);
  while (own.decoder.output_scanline < own.decoder.output_height) {
    JSAMPROW row = to + own.decoder.output_scanline * stride;
    jpeg_read_scanlines(&own.decoder, &row, 1);
  }
  jpeg_finish_decompress(&own.decoder);
  return true;
}

bool JpegFile::is_made_up() const {
  return library_->problem.base.num_warnings > 0;
}

std::string JpegFile::problem() const {
  return library_->problem.words.data();
}

}  // namespace loyal::format
