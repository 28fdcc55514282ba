// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "loyal/base/error.hpp"
#include "loyal/format/atomic_file.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"

using loyal::Error;
using loyal::Fault;
using loyal::format::AtomicFile;
using loyal::format::AtomicStream;
using loyal::test::contents_of;
using loyal::test::ScratchDirectory;

namespace {

void put(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::ptrdiff_t files_in(const ScratchDirectory& folder) {
  return std::distance(std::filesystem::directory_iterator(folder.path()), {});
}

}  // namespace

TEST_CASE("a committed file is in its place, with its permission bits and nothing beside it") {
  const ScratchDirectory folder;
  AtomicFile file(folder.file("list.csv"), 0600);
  file.write("one");
  file.write("two");
  CHECK_FALSE(std::filesystem::exists(folder.file("list.csv")));
  file.commit();
  CHECK(contents_of(folder.file("list.csv")) == "onetwo");
  struct stat status {};
  REQUIRE(::stat(folder.file("list.csv").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(files_in(folder) == 1);
}

TEST_CASE("without a commit the old file stays as it was and nothing is left behind") {
  const ScratchDirectory folder;
  put(folder.file("list.csv"), "old");
  {
    AtomicFile file(folder.file("list.csv"));
    file.write("new");
    CHECK(std::filesystem::exists(file.temporary_path()));
  }
  CHECK(contents_of(folder.file("list.csv")) == "old");
  CHECK(files_in(folder) == 1);
}

TEST_CASE("a link keeps pointing to the file that is replaced behind it") {
  const ScratchDirectory folder;
  put(folder.file("real.csv"), "old");
  std::filesystem::create_symlink(folder.file("real.csv"), folder.file("link.csv"));
  AtomicFile file(folder.file("link.csv"));
  file.write("new");
  file.commit();
  CHECK(std::filesystem::is_symlink(folder.file("link.csv")));
  CHECK(contents_of(folder.file("real.csv")) == "new");
}

TEST_CASE("a place that cannot be written is an error with its name") {
  const ScratchDirectory folder;
  std::filesystem::create_directory(folder.file("sub"));
  const std::string missing = folder.file("no/such/list.csv");
  for (const std::string& path : {folder.file("sub"), missing}) {
    CAPTURE(path);
    try {
      AtomicFile file(path);
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.fault() == Fault::failed);
      CHECK(std::string(error.what()).find(path) != std::string::npos);
    }
  }
  CHECK(files_in(folder) == 1);
}

TEST_CASE("a full device is written straight and refuses with its own words") {
  AtomicFile file("/dev/full");
  CHECK(file.is_direct());
  CHECK_THROWS_WITH_AS(file.write("x"), "cannot write /dev/full: No space left on device", Error);
}

TEST_CASE("a device that takes everything stays a device") {
  AtomicFile file("/dev/null");
  file.write("x");
  file.commit();
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a stream into a file holds bytes back, and its errors are not swallowed") {
  const ScratchDirectory folder;
  const std::string much(200'000, 'x');
  AtomicStream stream(folder.file("a.txt"));
  stream << "head " << 12 << '\n';
  stream.write(much.data(), static_cast<std::streamsize>(much.size()));
  stream.put('!');
  stream.commit();
  CHECK(contents_of(folder.file("a.txt")) == "head 12\n" + much + "!");

  AtomicStream full("/dev/full");
  full << "little";
  CHECK_THROWS_AS(full.commit(), Error);
  AtomicStream early("/dev/full");
  CHECK_THROWS_AS(early << much, Error);
}

TEST_CASE("an interrupted process leaves the old file and nothing beside it") {
  const ScratchDirectory folder;
  put(folder.file("old.csv"), "old");
  AtomicFile done(folder.file("done.csv"));
  done.write("done");
  done.commit();
  AtomicFile half(folder.file("old.csv"));
  half.write("ne");
  AtomicStream other(folder.file("other.csv"));
  CHECK(files_in(folder) == 4);
  loyal::format::remove_temporary_files();
  CHECK(files_in(folder) == 2);
  CHECK(contents_of(folder.file("old.csv")) == "old");
  CHECK(contents_of(folder.file("done.csv")) == "done");
}
