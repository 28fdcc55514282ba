// SPDX-License-Identifier: MIT
#include "loyal/store/company_look.hpp"

namespace loyal::store {

CompanyLook company_look(Database& database, CompanyId company) {
  Statement row = database.prepare("select logo, color, background from company_look where company_id = $1");
  row.bind(company);
  if (!row.step()) return {};
  const Blob logo = row.blob(0);
  return {std::string(logo.begin(), logo.end()), row.text(1), row.text(2)};
}

void update_company_look(Journal& journal, CompanyId company, const CompanyLook& look) {
  const Blob logo(look.logo.begin(), look.logo.end());
  Statement row = journal.database().prepare(
      "insert into company_look (company_id, logo, color, background) values ($1, $2, $3, $4) on conflict (company_id) "
      "do update set logo = excluded.logo, color = excluded.color, background = excluded.background");
  row.bind(company, logo, look.colour, look.background);
  row.run();
  journal.change("company", company.value, "edit");
}

}  // namespace loyal::store
