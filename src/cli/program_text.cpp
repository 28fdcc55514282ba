// SPDX-License-Identifier: MIT
#include "loyal/cli/program_text.hpp"

#include <fstream>
#include <istream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/session.hpp"

namespace loyal::cli {
namespace {

/// Reads little more than a program may have: the reader says that it is too large, whatever the file's size.
std::string read_text(std::istream& in, const std::string& name) {
  std::string text(64 * 1024 + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) throw Error(Fault::failed, tr("\"{}\" cannot be read", name));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace

std::string program_text(Session& session, const std::string& path) {
  if (path == "-") return read_text(session.world().in, path);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(Fault::failed, tr("there is no file \"{}\" that can be read", visible(path)));
  // A directory opens, and fails only when it is read.
  const bool is_empty = file.peek() == std::ifstream::traits_type::eof();
  if (is_empty && file.bad()) throw Error(Fault::failed, tr("\"{}\" cannot be read", visible(path)));
  if (is_empty)
    throw Error(Fault::failed, tr("the file \"{}\" is empty", visible(path)),
                "loyal program apply samples/programs/bonus.toml");
  return read_text(file, path);
}

std::string program_text_name(const std::string& path) {
  return path == "-" ? "stdin" : path;
}

}  // namespace loyal::cli
