// SPDX-License-Identifier: MIT
#include "loyal/format/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <streambuf>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t stream_buffer_bytes = 1 << 16;

std::string random_suffix() {
  std::uint64_t bits = 0;
  if (::getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits))
    throw Error(Fault::failed, tr("the system gives no random numbers: {}", std::strerror(errno)));
  return fmt::format("{:016x}", bits);
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// The file that a chain of symbolic links ends at, so that the rename replaces the file and not the link.
std::string behind_links(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return path;
  char* const resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string target = resolved;
  std::free(resolved);  // NOLINT: realpath allocates
  return target;
}

/// Under these a name may lead to an open descriptor (/dev/stdout): a rename would cut the reader off.
bool is_descriptor_name(const std::string& path) {
  return path.starts_with("/dev/std") || path.starts_with("/dev/fd/") || path.starts_with("/proc/");
}

}  // namespace

AtomicFile::AtomicFile(std::string path, unsigned mode) : path_(std::move(path)) {
  struct stat status {};
  const bool exists = ::stat(path_.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) fail(EISDIR);
  if (exists && (!S_ISREG(status.st_mode) || is_descriptor_name(path_)))
    open_direct();
  else
    open_beside(mode);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void AtomicFile::open_direct() {
  direct_ = true;
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (descriptor_ < 0) fail(errno);
}

void AtomicFile::open_beside(unsigned mode) {
  const std::string target = behind_links(path_);
  for (int attempt = 0; attempt < 16; ++attempt) {
    std::string name = target + '.' + random_suffix() + ".tmp";
    descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor_ >= 0) {
      temporary_.own(std::move(name));
      return;
    }
    if (errno != EEXIST) break;
  }
  fail(errno);
}

void AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void AtomicFile::seal() {
  if (descriptor_ < 0) return;
  // A device or a pipe cannot be synced, which is no failure.
  if (::fsync(descriptor_) != 0 && !(direct_ && (errno == EINVAL || errno == EROFS || errno == ENOTSUP))) fail(errno);
  const int descriptor = std::exchange(descriptor_, -1);
  if (::close(descriptor) != 0) fail(errno);
}

void AtomicFile::commit() {
  if (committed_) return;
  seal();
  if (direct_) {
    committed_ = true;
    return;
  }
  const std::string target = behind_links(path_);
  if (::rename(temporary_.path().c_str(), target.c_str()) != 0) fail(errno);
  temporary_.release();
  committed_ = true;
  const int directory = ::open(directory_of(target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;  // a directory may be writable and yet not readable
  const bool synced = ::fsync(directory) == 0 || errno == EINVAL;
  const int error = errno;
  ::close(directory);
  if (!synced) fail(error);
}

void AtomicFile::fail(int error) const {
  throw Error(Fault::failed, tr("cannot write {}: {}", path_, std::strerror(error)));
}

class AtomicStream::Buffer : public std::streambuf {
 public:
  Buffer(std::string path, unsigned mode) : file_(std::move(path), mode) { held_.reserve(stream_buffer_bytes); }

  void commit() {
    flush();
    file_.commit();
  }

 protected:
  int_type overflow(int_type character) override {
    if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
    held_.push_back(traits_type::to_char_type(character));
    if (held_.size() >= stream_buffer_bytes) flush();
    return character;
  }
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    const std::string_view text(bytes, static_cast<std::size_t>(count));
    if (held_.size() + text.size() > stream_buffer_bytes) flush();
    if (text.size() >= stream_buffer_bytes)
      file_.write(text);
    else
      held_.append(text);
    return count;
  }
  int sync() override {
    flush();
    return 0;
  }

 private:
  void flush() {
    file_.write(held_);
    held_.clear();
  }

  AtomicFile file_;
  std::string held_;
};

AtomicStream::AtomicStream(std::string path, unsigned mode)
    : std::ostream(nullptr), buffer_(std::make_unique<Buffer>(std::move(path), mode)) {
  rdbuf(buffer_.get());
  // Without this the stream would swallow the error and only set a bit.
  exceptions(std::ios::badbit);
}

AtomicStream::~AtomicStream() = default;

void AtomicStream::commit() {
  buffer_->commit();
}

}  // namespace loyal::format
