// SPDX-License-Identifier: MIT
#include "loyal/cli/scanning.hpp"

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/format/photograph.hpp"
#include "loyal/service/scan.hpp"

namespace loyal::cli {

std::vector<format::Found> scanned(Session& session, const std::string& path) {
  const std::string name = path == "-" ? "stdin" : path;
  const std::string bytes =
      path == "-" ? format::photograph_bytes(session.world().in, name) : format::photograph_bytes(path);
  const auto photograph = format::decode_photograph(bytes, name);
  auto found = format::read_photograph(photograph);
  if (found.empty() && !photograph.is_whole)
    throw Error(Fault::failed, tr("{} is cut off or spoiled, and no code is left in it", visible(name)));
  return found;
}

std::string scanned_card(Session& session, const std::string& path) {
  const auto found = scanned(session, path);
  return service::only_card_of_scan(session.reading().store, found, path == "-" ? "stdin" : path);
}

std::string symbology_name(const format::Found& found) {
  if (found.symbology) return std::string(format::traits(*found.symbology).name);
  std::string name;
  for (const char letter : found.format)
    if ((letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z'))
      name += letter;
    else if (letter >= 'A' && letter <= 'Z')
      name += static_cast<char>(letter - 'A' + 'a');
  return name;
}

}  // namespace loyal::cli
