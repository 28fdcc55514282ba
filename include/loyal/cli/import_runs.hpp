// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/cli/session.hpp"
#include "loyal/service/import_returns.hpp"
#include "loyal/service/import_sales.hpp"

namespace loyal::cli {

// The imports that more than one command makes, with their answers: of tables, and of what was read out of other files.

void run_sales_import(Session& session, const service::SalesImport& request);
void run_returns_import(Session& session, const service::ReturnsImport& request);
void run_customers_import(Session& session, const service::TableImport& request);

}  // namespace loyal::cli
