// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/cli/session.hpp"
#include "loyal/service/import_source.hpp"

namespace loyal::cli {

/// Puts what was kept under a name (`--map till`) in the place of the name: columns, separator, encoding, dates. What
/// was typed goes before what was kept. Error{not_found} for a name that there is not.
void apply_saved_maps(Session& session, service::ImportFile& file);

/// Keeps the columns and how the file is read under a name, beside the configuration file.
void save_map(Session& session, const std::string& name, const service::ImportFile& file,
              const service::ColumnMap& columns);

}  // namespace loyal::cli
