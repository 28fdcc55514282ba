// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/cli/verb.hpp"
#include "loyal/service/export_1c.hpp"

namespace loyal::cli {

/// The flags of an export to 1C, as typed.
struct Export1cOptions {
  std::string form = "enterprise-data", from, to, version = "1.8", encoding, operation, vat = "none", split, of,
              headers_from;
  std::vector<std::string> category_vat, headers;
  bool container = false, zip = false, since_last = false;
};

void declare_export_1c_options(Verb& verb, Export1cOptions& options);

/// What they ask for; takes the file of -o, so that the answer itself goes to the standard output. Error{usage} for
/// what cannot be read or does not go together.
service::Export1cRequest export_1c_request(Session& session, const Export1cOptions& options);

}  // namespace loyal::cli
