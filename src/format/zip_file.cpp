// SPDX-License-Identifier: MIT
#include "zip_file.hpp"

#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include "late_minizip.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::format {
namespace {

constexpr int level = 3;  // XML packs well at any; the higher ones take three times as long
constexpr int memory_level = 8;
constexpr unsigned long made_by_unix = 3UL << 8 | 20;
constexpr unsigned long names_are_utf_8 = 1UL << 11;
constexpr std::int64_t file_bytes_max = std::numeric_limits<std::uint32_t>::max();

zip_fileinfo facts_of(LocalTime time) {
  zip_fileinfo facts{};
  facts.tmz_date.tm_sec = static_cast<uInt>(time.second_of_day % 60);
  facts.tmz_date.tm_min = static_cast<uInt>(time.second_of_day / 60 % 60);
  facts.tmz_date.tm_hour = static_cast<uInt>(time.hour());
  facts.tmz_date.tm_mday = static_cast<uInt>(time.date.day());
  facts.tmz_date.tm_mon = static_cast<uInt>(time.date.month() - 1);
  facts.tmz_date.tm_year = static_cast<uInt>(time.date.year());
  constexpr unsigned long regular_file_0644 = 0100644UL;
  facts.external_fa = regular_file_0644 << 16;
  return facts;
}

}  // namespace

ZipFile::ZipFile(const std::string& path) : path_(path), place_(path) {
  archive_ = zipOpen64(place_.path().c_str(), APPEND_STATUS_CREATE);
  if (archive_ == nullptr) fail();
}

ZipFile::~ZipFile() {
  if (archive_ == nullptr) return;
  if (is_in_file_) zipCloseFileInZip(archive_);
  zipClose(archive_, nullptr);
}

void ZipFile::begin(const std::string& name, LocalTime time) {
  end();
  const zip_fileinfo facts = facts_of(time);
  if (zipOpenNewFileInZip4_64(archive_, name.c_str(), &facts, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, level, 0,
                              -MAX_WBITS, memory_level, Z_DEFAULT_STRATEGY, nullptr, 0, made_by_unix, names_are_utf_8,
                              0) != ZIP_OK)
    fail();
  is_in_file_ = true;
  file_bytes_ = 0;
}

void ZipFile::write(std::string_view bytes) {
  file_bytes_ += static_cast<std::int64_t>(bytes.size());
  if (file_bytes_ > file_bytes_max)
    throw Error(Fault::failed, tr("a file in {} would be longer than four gibibytes", path_), "--split-size 1G");
  if (zipWriteInFileInZip(archive_, bytes.data(), static_cast<unsigned>(bytes.size())) != ZIP_OK) fail();
}

void ZipFile::end() {
  if (std::exchange(is_in_file_, false) && zipCloseFileInZip(archive_) != ZIP_OK) fail();
}

void ZipFile::commit() {
  end();
  if (zipClose(std::exchange(archive_, nullptr), nullptr) != ZIP_OK) fail();
  place_.commit();
}

void ZipFile::fail() const {
  throw Error(Fault::failed, tr("cannot write {}: {}", path_, std::strerror(errno == 0 ? EIO : errno)));
}

}  // namespace loyal::format
