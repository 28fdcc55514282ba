// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// How what a company prints looks; empty: as the sheet has it.
struct CompanyLook {
  std::string logo;                ///< the bytes of its PNG or JPEG file
  std::string colour, background;  ///< as #rrggbb
};

CompanyLook company_look(Database& database, CompanyId company);
/// Writes it and records that the company was changed.
void update_company_look(Journal& journal, CompanyId company, const CompanyLook& look);

}  // namespace loyal::store
