// SPDX-License-Identifier: MIT
#pragma once

#include <minizip/unzip.h>
#include <minizip/zip.h>

#include "late_library.hpp"

/// What is called of minizip, for the files that write and read archives: it brings OpenSSL along.
namespace loyal::format {
namespace {

constexpr LateLibrary minizip_library("libminizip.so.1", "libminizip1");
LOYAL_LATE(minizip_library, zipClose);
LOYAL_LATE(minizip_library, zipCloseFileInZip);
LOYAL_LATE(minizip_library, zipOpen64);
LOYAL_LATE(minizip_library, zipOpenNewFileInZip4_64);
LOYAL_LATE(minizip_library, zipWriteInFileInZip);
LOYAL_LATE(minizip_library, unzClose);
LOYAL_LATE(minizip_library, unzCloseCurrentFile);
LOYAL_LATE(minizip_library, unzLocateFile);
LOYAL_LATE(minizip_library, unzOpen64);
LOYAL_LATE(minizip_library, unzOpenCurrentFile);
LOYAL_LATE(minizip_library, unzReadCurrentFile);

}  // namespace
}  // namespace loyal::format
