// SPDX-License-Identifier: MIT
#include "loyal/service/import_people.hpp"

#include <charconv>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/phone.hpp"
#include "loyal/service/import_table.hpp"

namespace loyal::service {

store::Customer PeopleFinder::find(const std::string& text, const char* field) {
  if (text.starts_with('#')) {
    CustomerId id;
    const auto [end, problem] = std::from_chars(text.data() + 1, text.data() + text.size(), id.value);
    const auto found =
        problem == std::errc{} && end == text.data() + text.size() ? store::customer(database_, id) : std::nullopt;
    if (found && found->company == company_ && found->state == "active") return *found;
    throw BadRow{tr("there is no customer {}", visible(text)), field};
  }
  if (const auto phone = domain::phone_e164(text))
    return only(store::customers_by_phone(database_, phone->e164), text, field);
  if (text.find('@') != std::string::npos) return only(store::customers_by_email(database_, text), text, field);
  return by_name(text, field);
}

store::Customer PeopleFinder::only(const std::vector<store::Customer>& found, const std::string& text,
                                   const char* field) const {
  const store::Customer* one = nullptr;
  std::int64_t count = 0;
  for (const store::Customer& customer : found)
    if (customer.company == company_ && ++count == 1) one = &customer;
  if (count == 0) throw BadRow{tr("there is no customer {}", visible(text)), field};
  if (count > 1)
    throw BadRow{tr("{} customers are meant by {}: say which by phone or #ID", count, visible(text)), field};
  return *one;
}

store::Customer PeopleFinder::by_name(const std::string& text, const char* field) {
  if (!is_read_)
    store::each_customer(database_, {}, [this](const store::Customer& customer, std::int64_t) {
      if (customer.company == company_) by_name_.emplace(fold_name(customer.name), customer.id);
    });
  is_read_ = true;
  std::vector<store::Customer> found;
  const auto [first, last] = by_name_.equal_range(fold_name(text));
  for (auto place = first; place != last; ++place) found.push_back(store::customer(database_, place->second).value());
  return only(found, text, field);
}

}  // namespace loyal::service
