// SPDX-License-Identifier: MIT
#include <filesystem>

#include "loyal/service/companies.hpp"
#include "property/history_player.hpp"
#include "support/played_shop.hpp"

namespace loyal::test {

StoreTemplate::StoreTemplate(std::string directory) : directory_(std::move(directory)) {
  const Instant now{1'767'000'000};
  store::Database database = store::Database::create(directory_ + "/template.db", now);
  const service::Context context{database, now, now, {}, {}, {}, {}, {}, false};
  service::CompanyRequest company;
  company.name = "First";
  company.inn = "7707083893";
  company.ogrn = "1027700132195";
  company.email = "shop@example.ru";
  company.slug = "first";
  service::add_company(context, company);
  service::add_shop(context, {"Second", "second", "", shop_places[1].zone});
  company.name = "Partner";
  company.inn = "7736050003";
  company.ogrn = "1027700070518";
  company.email = "partner@example.ru";
  company.slug = "partner";
  company.zone = shop_places[1].zone;
  service::add_company(context, company);
  // The copies are of the file alone.
  database.execute("pragma wal_checkpoint(truncate)");
}

std::unique_ptr<store::Database> StoreTemplate::copy(const std::string& name) const {
  const std::string path = directory_ + "/" + name;
  for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path + ending);
  std::filesystem::copy_file(directory_ + "/template.db", path);
  auto database = std::make_unique<store::Database>(path, store::Access::write);
  // Nobody needs these stores after a power cut, and nobody else opens them.
  database->execute("pragma synchronous = off");
  database->execute("pragma locking_mode = exclusive");
  return database;
}

}  // namespace loyal::test
