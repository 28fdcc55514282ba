// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <csetjmp>

#include "late_jpeg.hpp"
#include "photograph_files.hpp"

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

/// A warning (below zero) tells of a part that is made up; the library counts them.
void count_warnings(j_common_ptr info, int level) {
  if (level < 0) ++info->err->num_warnings;
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

struct Jpeg {
  Jpeg() { decoder.err = nullptr; }
  ~Jpeg() {
    if (decoder.err != nullptr) jpeg_destroy_decompress(&decoder);
  }
  Jpeg(const Jpeg&) = delete;
  Jpeg& operator=(const Jpeg&) = delete;

  jpeg_decompress_struct decoder{};
  Problem problem{};
  jpeg_progress_mgr progress{};
};

/// False where the file is broken; nothing with a destructor may live here, since the library jumps over it.
bool begin(Jpeg& jpeg, const unsigned char* bytes, std::size_t count) {
  jpeg.decoder.err = jpeg_std_error(&jpeg.problem.base);
  jpeg.problem.base.error_exit = leave;
  jpeg.problem.base.emit_message = count_warnings;
  if (setjmp(jpeg.problem.way_back) != 0) return false;  // NOLINT
  jpeg_CreateDecompress(&jpeg.decoder, JPEG_LIB_VERSION, sizeof jpeg.decoder);
  jpeg.progress.progress_monitor = stop_endless;
  jpeg.decoder.progress = &jpeg.progress;
  jpeg_mem_src(&jpeg.decoder, bytes, count);
  jpeg_read_header(&jpeg.decoder, TRUE);
  return true;
}

/// The same for the pixels.
bool decode(Jpeg& jpeg, unsigned char* to) {
  if (setjmp(jpeg.problem.way_back) != 0) return false;  // NOLINT
  jpeg.decoder.out_color_space = JCS_GRAYSCALE;
  jpeg_start_decompress(&jpeg.decoder);
  while (jpeg.decoder.output_scanline < jpeg.decoder.output_height) {
    JSAMPROW row = to + static_cast<std::size_t>(jpeg.decoder.output_scanline) * jpeg.decoder.output_width;
    jpeg_read_scanlines(&jpeg.decoder, &row, 1);
  }
  jpeg_finish_decompress(&jpeg.decoder);
  return true;
}

}  // namespace

Photograph decode_jpeg(std::string_view bytes, const std::string& name) {
  Jpeg jpeg;
  if (!begin(jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()))
    refuse_broken(name, jpeg.problem.words.data());
  require_reasonable(jpeg.decoder.image_width, jpeg.decoder.image_height, name);
  Photograph photograph{static_cast<int>(jpeg.decoder.image_width), static_cast<int>(jpeg.decoder.image_height), {}};
  photograph.gray.resize(static_cast<std::size_t>(photograph.width) * static_cast<std::size_t>(photograph.height));
  if (!decode(jpeg, photograph.gray.data())) refuse_broken(name, jpeg.problem.words.data());
  photograph.is_whole = jpeg.problem.base.num_warnings == 0;
  return photograph;
}

}  // namespace loyal::format
