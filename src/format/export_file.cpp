// SPDX-License-Identifier: MIT
#include "loyal/format/export_file.hpp"

#include <optional>

#include "loyal/format/atomic_file.hpp"
#include "zip_file.hpp"

namespace loyal::format {
namespace {

constexpr unsigned for_the_owner_alone = 0600;

/// "q1.xml" of part 2 is "q1-2.xml".
std::string name_of_part(const std::string& name, std::int64_t part) {
  if (part == 1) return name;
  const std::size_t folder = name.rfind('/') == std::string::npos ? 0 : name.rfind('/') + 1;
  const std::size_t dot = name.rfind('.');
  const std::size_t end = dot == std::string::npos || dot <= folder ? name.size() : dot;
  return name.substr(0, end) + '-' + std::to_string(part) + name.substr(end);
}

/// "out/q1.zip" holds "q1.xml".
std::string name_in_archive(const std::string& path) {
  std::string name = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
  if (name.ends_with(".zip")) name.resize(name.size() - 4);
  return name.ends_with(".xml") ? name : name + ".xml";
}

}  // namespace

struct ExportFile::Files {
  std::vector<std::unique_ptr<AtomicFile>> parts;
  std::optional<ZipFile> archive;
};

ExportFile::ExportFile(const std::string& path, const Packing& packing)
    : path_(path), packing_(packing), files_(std::make_unique<Files>()) {
  if (packing_.zip) {
    files_->archive.emplace(path_);
    paths_.push_back(path_);
  }
  begin_next_part();
}

ExportFile::~ExportFile() = default;

void ExportFile::begin_next_part() {
  ++parts_;
  part_bytes_ = 0;
  if (files_->archive) {
    files_->archive->begin(name_of_part(name_in_archive(path_), parts_), packing_.time);
    return;
  }
  paths_.push_back(name_of_part(path_, parts_));
  files_->parts.push_back(std::make_unique<AtomicFile>(paths_.back(), for_the_owner_alone));
}

void ExportFile::write(std::string_view bytes) {
  part_bytes_ += static_cast<std::int64_t>(bytes.size());
  if (files_->archive)
    files_->archive->write(bytes);
  else
    files_->parts.back()->write(bytes);
}

void ExportFile::commit() {
  if (files_->archive) files_->archive->commit();
  for (const auto& part : files_->parts) part->commit();
}

}  // namespace loyal::format
