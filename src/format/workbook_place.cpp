// SPDX-License-Identifier: MIT
#include "workbook_place.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::format {
namespace {

constexpr unsigned for_the_owner_alone = 0600;
constexpr std::size_t piece_bytes = 1 << 16;

}  // namespace

WorkbookPlace::WorkbookPlace(const std::string& path) : file_(path, for_the_owner_alone) {
  if (!file_.is_direct()) return;
  std::string name = P_tmpdir "/loyal-XXXXXX";
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) throw Error(Fault::failed, tr("cannot write {}: {}", name, std::strerror(errno)));
  ::close(descriptor);
  detour_.own(std::move(name));
}

std::string WorkbookPlace::directory() const {
  const std::size_t slash = path().rfind('/');
  return slash == std::string::npos ? "." : path().substr(0, slash + 1);
}

void WorkbookPlace::commit() {
  if (file_.is_direct()) copy_detour();
  file_.commit();
}

void WorkbookPlace::copy_detour() {
  std::ifstream source(detour_.path(), std::ios::binary);
  std::vector<char> piece(piece_bytes);
  while (source) {
    source.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    file_.write({piece.data(), static_cast<std::size_t>(source.gcount())});
  }
  if (!source.eof()) throw Error(Fault::failed, tr("cannot read {}", detour_.path()));
}

}  // namespace loyal::format
