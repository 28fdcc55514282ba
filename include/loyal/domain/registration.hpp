// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace loyal::domain {

/// Who a company is before the law: INN of 10 digits and OGRN, or INN of 12 digits and OGRNIP.
enum class LegalForm { legal_entity, entrepreneur };

/// A company's numbers, checked and without blanks at their ends.
struct Registration {
  LegalForm form = LegalForm::legal_entity;
  std::string inn;
  std::string ogrn;  ///< OGRN or OGRNIP
  std::string kpp;   ///< empty for an entrepreneur, or where it was not given
};

/// Checks INN (10 or 12 digits) with its check digits; Error{usage} says what is wrong.
LegalForm check_inn(std::string_view inn);
/// Checks OGRN (13 digits) or OGRNIP (15 digits) with its check digit; Error{usage} says what is wrong.
LegalForm check_ogrn(std::string_view ogrn);
/// Checks the form of a KPP: four digits, two digits or capital Latin letters, three digits.
void check_kpp(std::string_view kpp);

/// Checks the numbers one by one and that they belong to one legal form; an empty KPP is none.
Registration check_registration(std::string_view inn, std::string_view ogrn, std::string_view kpp = {});

/// Checks that mail could be sent to an address (one @, a domain with a point, no blanks); gives it without blanks at
/// its ends.
std::string check_email(std::string_view email);

/// Checks a slug: a–z and 0–9 in words parted by single dashes, at most 64; the hint offers a slug made from the text.
void check_slug(std::string_view slug);

}  // namespace loyal::domain
