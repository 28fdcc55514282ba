// SPDX-License-Identifier: MIT
#include "loyal/format/photograph.hpp"

#include <doctest/doctest.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "loyal/base/error.hpp"
#include "support/codes.hpp"
#include "support/pages.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"

using namespace loyal;
using namespace loyal::format;

namespace {

std::string as_png(const test::Picture& picture, png_uint_32 form = PNG_FORMAT_GRAY) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = form;
  std::vector<std::uint8_t> samples;
  for (const auto level : picture.gray) {
    if (form == PNG_FORMAT_GRAY) samples.push_back(level);
    // White is not drawn at all: black on nothing.
    if (form == PNG_FORMAT_RGBA) samples.insert(samples.end(), {0, 0, 0, static_cast<std::uint8_t>(255 - level)});
    if (form == PNG_FORMAT_RGB) samples.insert(samples.end(), {level, level, level});
  }
  png_alloc_size_t size = 0;
  REQUIRE(png_image_write_to_memory(&image, nullptr, &size, 0, samples.data(), 0, nullptr) != 0);
  std::string bytes(size, '\0');
  REQUIRE(png_image_write_to_memory(&image, bytes.data(), &size, 0, samples.data(), 0, nullptr) != 0);
  bytes.resize(size);
  return bytes;
}

std::string as_jpeg(const test::Picture& picture) {
  jpeg_compress_struct encoder{};
  jpeg_error_mgr problem{};
  encoder.err = jpeg_std_error(&problem);
  jpeg_create_compress(&encoder);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&encoder, &bytes, &size);
  encoder.image_width = static_cast<JDIMENSION>(picture.width);
  encoder.image_height = static_cast<JDIMENSION>(picture.height);
  encoder.input_components = 1;
  encoder.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&encoder);
  jpeg_start_compress(&encoder, TRUE);
  auto gray = picture.gray;
  while (encoder.next_scanline < encoder.image_height) {
    JSAMPROW row = gray.data() + static_cast<std::size_t>(encoder.next_scanline) * encoder.image_width;
    jpeg_write_scanlines(&encoder, &row, 1);
  }
  jpeg_finish_compress(&encoder);
  const std::string result(reinterpret_cast<const char*>(bytes), size);
  jpeg_destroy_compress(&encoder);
  std::free(bytes);
  return result;
}

std::string as_webp(const test::Picture& picture) {
  std::vector<std::uint8_t> samples;
  for (const auto level : picture.gray) samples.insert(samples.end(), {level, level, level});
  std::uint8_t* bytes = nullptr;
  const auto size = WebPEncodeLosslessRGB(samples.data(), picture.width, picture.height, picture.width * 3, &bytes);
  const std::string result(reinterpret_cast<const char*>(bytes), size);
  WebPFree(bytes);
  return result;
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(number >> shift & 0xFFU);
  return bytes;
}

/// A PNG whose header promises so many pixels, and whose data is small.
std::string png_bomb(std::uint32_t width, std::uint32_t height) {
  std::string bytes = "\x89PNG\r\n\x1A\n";
  const auto chunk = [&bytes](const std::string& kind, const std::string& data) {
    const std::string body = kind + data;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    bytes += big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(static_cast<std::uint32_t>(sum));
  };
  chunk("IHDR", big_endian(width) + big_endian(height) + std::string("\x08\0\0\0\0", 5));
  const std::vector<Bytef> zeros(1 << 20);
  std::vector<Bytef> packed(compressBound(zeros.size()));
  uLongf size = packed.size();
  REQUIRE(compress(packed.data(), &size, zeros.data(), zeros.size()) == Z_OK);
  chunk("IDAT", std::string(reinterpret_cast<const char*>(packed.data()), size));
  chunk("IEND", {});
  return bytes;
}

template <class Action>
Error error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error was thrown");
  return {Fault::failed, ""};
}

test::Picture drawn(const std::string& code, Symbology symbology = Symbology::qr) {
  return test::draw(encode(symbology, code));
}

std::string without_returns(std::string text) {
  std::erase(text, '\r');
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("codes are read from every form of picture") {
  const auto picture = drawn("2900000123458");
  struct Row {
    const char* why;
    std::string bytes;
  };
  const Row rows[] = {
      {"gray PNG", as_png(picture)},
      {"coloured PNG", as_png(picture, PNG_FORMAT_RGB)},
      {"PNG with black on nothing", as_png(picture, PNG_FORMAT_RGBA)},
      {"JPEG", as_jpeg(picture)},
      {"WebP", as_webp(picture)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    REQUIRE(is_photograph(row.bytes));
    const auto photograph = decode_photograph(row.bytes, "photo");
    CHECK(photograph.is_whole);
    CHECK(photograph.width == picture.width);
    const auto found = read_photograph(photograph);
    REQUIRE(found.size() == 1);
    CHECK(found.front().text == "2900000123458");
    CHECK(found.front().symbology == Symbology::qr);
  }
}

TEST_CASE("white on black is read too, and the same code twice is one") {
  auto picture = drawn("A-1");
  for (auto& level : picture.gray) level = static_cast<std::uint8_t>(255 - level);
  REQUIRE(read_photograph(decode_photograph(as_png(picture), "photo")).size() == 1);
  // The reader of ZXing 1.4 ends the program where it meets a bar code again that it has counted several lines of.
  for (const auto symbology : {Symbology::ean13, Symbology::itf, Symbology::code93, Symbology::codabar}) {
    const auto code = test::short_code(symbology, 7);
    const auto page = test::stacked({test::beside(drawn(code, symbology), drawn(code, symbology)),
                                     drawn(code, symbology), drawn(test::short_code(symbology, 8), symbology)});
    CAPTURE(code);
    CHECK(read_photograph(decode_photograph(as_png(test::enlarged(page, 3)), "photo")).size() == 2);
  }
  const auto once = drawn("2900000123458", Symbology::ean13);
  test::Picture twice(once.width, 2 * once.height);
  std::ranges::copy(once.gray, twice.gray.begin());
  std::ranges::copy(once.gray, twice.gray.begin() + static_cast<std::ptrdiff_t>(once.gray.size()));
  CHECK(read_photograph(decode_photograph(as_png(twice), "photo")).size() == 1);
}

TEST_CASE("a picture that would fill the memory is refused by its header") {
  for (const auto& size : {std::pair{50'000U, 50'000U}, {1U, 40'000'001U}, {8'001U, 5'000U}}) {
    CAPTURE(size.first);
    const auto error = error_of([&] { decode_photograph(png_bomb(size.first, size.second), "bomb.png"); });
    CHECK((error.fault() == Fault::refused || error.fault() == Fault::failed));
    CHECK(std::string_view(error.what()).find("bomb.png") != std::string_view::npos);
  }
  CHECK(std::string_view(error_of([] { decode_photograph(png_bomb(50'000, 50'000), "x"); }).what())
            .find("50000 × 50000") != std::string_view::npos);
  // Within the limit it is decoded, and found to be short of data.
  CHECK(error_of([] { decode_photograph(png_bomb(6'000, 6'000), "x"); }).fault() == Fault::failed);
}

TEST_CASE("a file that is cut off, spoiled or of another kind is told so") {
  const auto picture = drawn("2900000123458");
  for (const auto& bytes : {as_png(picture), as_jpeg(picture), as_webp(picture)})
    for (std::size_t length = 0; length < bytes.size(); length += std::max<std::size_t>(1, bytes.size() / 60)) {
      CAPTURE(length);
      try {
        // What is left may show the code still, where only the end is lost all of it; it never shows another.
        const auto photograph = decode_photograph(bytes.substr(0, length), "cut");
        const auto all_found = read_photograph(photograph);
        CHECK((!photograph.is_whole || all_found.size() == 1));
        for (const auto& found : all_found) CHECK(found.text == "2900000123458");
      } catch (const Error& error) {
        CHECK((error.fault() == Fault::failed || error.fault() == Fault::usage));
      }
    }
  for (const char* text : {"", "GIF89a", "hello", "%PDF-1.5", "RIFF....WAVEfmt "}) {
    CAPTURE(text);
    CHECK_FALSE(is_photograph(text));
    CHECK(error_of([&] { decode_photograph(text, "letter.png"); }).fault() == Fault::usage);
  }
}

TEST_CASE("what is no readable file is told so") {
  const test::ScratchDirectory scratch;
  CHECK(error_of([&] { photograph_bytes(scratch.file("none.png")); }).fault() == Fault::failed);
  CHECK(error_of([&] { photograph_bytes(scratch.path().string()); }).fault() == Fault::failed);
  CHECK(error_of([] { photograph_bytes("/dev/zero"); }).fault() == Fault::failed);
  std::istringstream endless(std::string(photograph_bytes_max + 1, 'x'));
  CHECK(error_of([&] { photograph_bytes(endless, "stdin"); }).fault() == Fault::refused);
}

TEST_CASE("photographs of codes are read at least as often as the reader's own program reads them") {
  int all = 0;
  int ours = 0;
  int theirs = 0;
  const bool has_program = test::installed("ZXingReader");
  for (const char* folder : {"ean8-1", "itf-1", "qrcode-1"}) {
    const auto path = test::shared_file(std::string("data/barcodes/") + folder);
    if (!path) return;
    for (const auto& entry : std::filesystem::directory_iterator(*path)) {
      if (entry.path().extension() != ".png") continue;
      ++all;
      CAPTURE(entry.path().string());
      auto text_path = entry.path();
      const auto wanted = without_returns(test::contents_of(text_path.replace_extension(".txt")));
      const auto photograph = decode_photograph(photograph_bytes(entry.path().string()), "photo");
      const auto found = read_photograph(photograph);
      if (std::ranges::any_of(found, [&](const Found& one) { return without_returns(one.text) == wanted; })) ++ours;
      if (!has_program) {
        const auto plain = read_image(photograph.gray, photograph.width, photograph.height);
        theirs += plain.empty() ? 0 : 1;
        continue;
      }
      auto said = test::output_of("ZXingReader -1 " + entry.path().string());
      for (const std::string_view sign : {"<CR>", "<LF>"})
        for (auto at = said.find(sign); at != std::string::npos; at = said.find(sign))
          said.replace(at, sign.size(), sign == "<LF>" ? "\n" : "");
      theirs += said.find(wanted) != std::string::npos ? 1 : 0;
    }
  }
  MESSAGE("of " << all << " photographs " << ours << " are read; the reader's own program reads " << theirs);
  CHECK(all > 40);
  CHECK(ours >= theirs);
}
