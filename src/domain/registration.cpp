// SPDX-License-Identifier: MIT
#include "loyal/domain/registration.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::domain {
namespace {

constexpr std::size_t slug_length_max = 64;
constexpr std::size_t email_length_max = 254;
constexpr std::size_t email_local_length_max = 64;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string shown(std::string_view text) {
  return fit(visible(text), 60);
}

void require_digits(std::string_view number, const std::string& what) {
  if (number.empty()) throw Error(Fault::usage, tr("{} is missing", what));
  if (!std::all_of(number.begin(), number.end(), is_digit))
    throw Error(Fault::usage, tr("{} \"{}\" must be digits only", what, shown(number)));
  if (std::all_of(number.begin(), number.end(), [](char c) { return c == '0'; }))
    throw Error(Fault::usage, tr("{} \"{}\" is all noughts", what, shown(number)));
}

void require_check_digit(std::string_view number, std::size_t place, char expected, const std::string& what) {
  if (number[place] == expected) return;
  throw Error(Fault::usage,
              tr("{} \"{}\" is mistyped: check digit {} expected at place {}, {} found", what, number, expected,
                 place + 1, number[place]),
              tr("compare it with the certificate digit by digit"));
}

char weighted_check_digit(std::string_view number, std::span<const int> weights) {
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (number[i] - '0') * weights[i];
  return static_cast<char>('0' + sum % 11 % 10);
}

char remainder_check_digit(std::string_view body, std::uint64_t divisor) {
  std::uint64_t value = 0;
  for (const char c : body) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return static_cast<char>('0' + value % divisor % 10);
}

void require_email(bool holds, std::string_view email) {
  if (!holds)
    throw Error(Fault::usage, tr("\"{}\" is not an e-mail address", shown(email)),
                tr("write it as {}", "name@example.ru"));
}

bool is_email_local(std::string_view local) {
  if (local.empty() || local.size() > email_local_length_max || local.front() == '.' || local.back() == '.')
    return false;
  return local.find("..") == std::string_view::npos && local.find_first_of(" ()<>[]\\,;:\"@") == std::string_view::npos;
}

bool is_email_label(std::string_view label) {
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    return is_letter || is_digit(c) || c == '-';
  });
}

bool is_email_domain(std::string_view domain) {
  if (domain.find('.') == std::string_view::npos) return false;
  for (;;) {
    const std::size_t point = domain.find('.');
    if (!is_email_label(domain.substr(0, point))) return false;
    if (point == std::string_view::npos) return true;
    domain.remove_prefix(point + 1);
  }
}

}  // namespace

LegalForm check_inn(std::string_view inn) {
  constexpr std::array<int, 9> of_entity{2, 4, 10, 3, 5, 9, 4, 6, 8};
  constexpr std::array<int, 10> of_person_first{7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
  constexpr std::array<int, 11> of_person_second{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
  require_digits(inn, tr("INN"));
  if (inn.size() == 10) {
    require_check_digit(inn, 9, weighted_check_digit(inn, of_entity), tr("INN"));
    return LegalForm::legal_entity;
  }
  if (inn.size() != 12)
    throw Error(Fault::usage,
                tr("INN \"{}\" has {} digits; a company's has 10, an entrepreneur's 12", shown(inn), inn.size()));
  require_check_digit(inn, 10, weighted_check_digit(inn, of_person_first), tr("INN"));
  require_check_digit(inn, 11, weighted_check_digit(inn, of_person_second), tr("INN"));
  return LegalForm::entrepreneur;
}

LegalForm check_ogrn(std::string_view ogrn) {
  require_digits(ogrn, tr("OGRN"));
  if (ogrn.size() == 13) {
    require_check_digit(ogrn, 12, remainder_check_digit(ogrn.substr(0, 12), 11), tr("OGRN"));
    return LegalForm::legal_entity;
  }
  if (ogrn.size() != 15)
    throw Error(Fault::usage, tr("OGRN \"{}\" has {} digits; OGRN has 13, OGRNIP 15", shown(ogrn), ogrn.size()));
  require_check_digit(ogrn, 14, remainder_check_digit(ogrn.substr(0, 14), 13), tr("OGRNIP"));
  return LegalForm::entrepreneur;
}

void check_kpp(std::string_view kpp) {
  const auto fits = [&](std::size_t i) {
    return is_digit(kpp[i]) || ((i == 4 || i == 5) && kpp[i] >= 'A' && kpp[i] <= 'Z');
  };
  bool well_formed = kpp.size() == 9;
  for (std::size_t i = 0; well_formed && i < kpp.size(); ++i) well_formed = fits(i);
  if (!well_formed)
    throw Error(Fault::usage, tr("KPP \"{}\" is mistyped", shown(kpp)), tr("write 9 digits such as {}", "773601001"));
  if (kpp == "000000000") throw Error(Fault::usage, tr("{} \"{}\" is all noughts", tr("KPP"), kpp));
}

Registration check_registration(std::string_view inn, std::string_view ogrn, std::string_view kpp) {
  const std::string_view bare_inn = trim(inn), bare_ogrn = trim(ogrn), bare_kpp = trim(kpp);
  const LegalForm form = check_inn(bare_inn);
  if (check_ogrn(bare_ogrn) != form)
    throw Error(Fault::usage,
                form == LegalForm::legal_entity
                    ? tr("INN \"{}\" is a company's, but \"{}\" is an entrepreneur's OGRNIP", bare_inn, bare_ogrn)
                    : tr("INN \"{}\" is an entrepreneur's, but \"{}\" is a company's OGRN", bare_inn, bare_ogrn));
  if (!bare_kpp.empty()) {
    check_kpp(bare_kpp);
    if (form == LegalForm::entrepreneur)
      throw Error(Fault::usage, tr("KPP \"{}\" was given, but an entrepreneur has none", bare_kpp),
                  tr("leave the KPP out"));
  }
  return {form, std::string(bare_inn), std::string(bare_ogrn), std::string(bare_kpp)};
}

std::string check_email(std::string_view email) {
  const std::string_view typed = trim(email);
  if (typed.empty()) throw Error(Fault::usage, tr("an e-mail address is missing"));
  require_email(
      typed.size() <= email_length_max && visible(typed) == typed && fold_name(typed).find(' ') == std::string::npos,
      typed);
  const std::size_t at = typed.rfind('@');
  require_email(
      at != std::string_view::npos && is_email_local(typed.substr(0, at)) && is_email_domain(typed.substr(at + 1)),
      typed);
  return std::string(typed);
}

void check_slug(std::string_view slug) {
  const std::string made = slug_of(slug);
  if (!slug.empty() && slug.size() <= slug_length_max && made == slug) return;
  throw Error(Fault::usage, tr("\"{}\" is not a slug: letters a to z, digits and single dashes make one", shown(slug)),
              made.empty() ? tr("write it as {}", "coffee") : tr("write it as {}", made));
}

}  // namespace loyal::domain
