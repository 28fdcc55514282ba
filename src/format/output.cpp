// SPDX-License-Identifier: MIT
#include "output.hpp"

#include <cerrno>
#include <cstring>
#include <ostream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::format {
namespace {

void check(const std::ostream& stream) {
  if (stream) return;
  if (errno != 0) throw Error(Fault::failed, tr("cannot write the answer: {}", std::strerror(errno)));
  throw Error(Fault::failed, tr("cannot write the answer"));
}

}  // namespace

Output::Output(std::ostream& stream) : stream_(stream) {
  text_.reserve(2 * piece_bytes);
}

void Output::write() {
  errno = 0;  // a stream keeps no reason, but the call beneath it does
  stream_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
  check(stream_);
  text_.clear();
}

void Output::finish() {
  write();
  errno = 0;
  stream_.flush();
  check(stream_);
}

}  // namespace loyal::format
