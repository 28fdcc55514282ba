// SPDX-License-Identifier: MIT
#include "loyal/format/symbology.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"
#include "symbology_limits.hpp"

namespace loyal::format {
namespace {

// Aztec needs no quiet zone and Data Matrix one module, on paper; two keep them apart from a dark background, and
// part their size from what stands beside them.
constexpr std::array<SymbologyTraits, 13> all_traits{{
    {Symbology::qr, "qr", "QR Code", false, false, 4, 4, 1, 0.33, 0.90, CheckDigit::in_symbol,
     N_("any text up to 1000 bytes"), why_not_qr},
    {Symbology::ean13, "ean13", "EAN-13", true, true, 11, 7, 1, 0.264, 0.43, CheckDigit::in_code, N_("13 digits"),
     why_not_ean13},
    {Symbology::code128, "code128", "Code 128", true, true, 10, 10, 1, 0.19, 0.43, CheckDigit::in_symbol,
     N_("up to 80 Latin letters, digits and signs"), why_not_code128},
    {Symbology::datamatrix, "datamatrix", "Data Matrix", false, false, 2, 2, 1, 0.30, 0.90, CheckDigit::in_symbol,
     N_("up to 800 Latin letters, digits and signs"), why_not_datamatrix},
    {Symbology::aztec, "aztec", "Aztec Code", false, false, 2, 2, 1, 0.33, 0.90, CheckDigit::in_symbol,
     N_("up to 500 Latin letters, digits and signs, no closing brace"), why_not_aztec},
    {Symbology::pdf417, "pdf417", "PDF417", false, false, 2, 2, 4, 0.19, 0.50, CheckDigit::in_symbol,
     N_("any text up to 500 bytes"), why_not_pdf417},
    {Symbology::code39, "code39", "Code 39", true, true, 10, 10, 1, 0.19, 0.43, CheckDigit::none,
     N_("up to 40 capital Latin letters, digits, blanks and - . $ / + %"), why_not_code39},
    {Symbology::code93, "code93", "Code 93", true, true, 10, 10, 1, 0.19, 0.43, CheckDigit::in_symbol,
     N_("up to 40 Latin letters, digits and signs"), why_not_code93},
    {Symbology::codabar, "codabar", "Codabar", true, true, 10, 10, 1, 0.19, 0.43, CheckDigit::none,
     N_("2 to 40 digits and - $ : / . +"), why_not_codabar},
    {Symbology::itf, "itf", "ITF", true, true, 10, 10, 1, 0.25, 0.50, CheckDigit::none,
     N_("an even count of digits, 6 to 60"), why_not_itf},
    {Symbology::ean8, "ean8", "EAN-8", true, true, 7, 7, 1, 0.264, 0.43, CheckDigit::in_code, N_("8 digits"),
     why_not_ean8},
    {Symbology::upca, "upca", "UPC-A", true, true, 9, 9, 1, 0.264, 0.43, CheckDigit::in_code, N_("12 digits"),
     why_not_upca},
    {Symbology::upce, "upce", "UPC-E", true, true, 9, 7, 1, 0.264, 0.43, CheckDigit::in_code,
     N_("8 digits that begin with 0 or 1"), why_not_upce},
}};

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::span<const SymbologyTraits> symbologies() {
  return all_traits;
}

const SymbologyTraits& traits(Symbology symbology) {
  const auto* found = std::ranges::find(all_traits, symbology, &SymbologyTraits::symbology);
  if (found == all_traits.end()) throw std::logic_error("a symbology without traits");
  return *found;
}

std::vector<std::string> symbology_names() {
  std::vector<std::string> names;
  for (const auto& known : all_traits) names.emplace_back(known.name);
  return names;
}

Symbology symbology_named(std::string_view name) {
  const auto* found = std::ranges::find(all_traits, name, &SymbologyTraits::name);
  if (found != all_traits.end()) return found->symbology;
  throw Error(Fault::usage, tr("there is no symbology “{}”", visible(name)),
              tr("these there are: {}", joined(symbology_names())));
}

void refuse_code(Symbology symbology, std::string_view code, const std::string& reason) {
  std::vector<std::string> able;
  for (const auto& candidate : all_traits)
    if (candidate.symbology != symbology && candidate.why_not(code).empty()) able.emplace_back(candidate.name);
  // A code of any length may come in; the message stays one line.
  constexpr std::size_t shown_columns = 60;
  throw Error(Fault::refused,
              tr("“{}” can't be written as {}: {}", fit(visible(code), shown_columns), traits(symbology).title, reason),
              able.empty() ? std::string{} : tr("these can carry it: {}", joined(able)));
}

std::string readable_line(Symbology symbology, std::string_view code) {
  if (symbology == Symbology::upca && code.size() == 12)
    return fmt::format("{} {} {} {}", code.substr(0, 1), code.substr(1, 5), code.substr(6, 5), code.substr(11));
  if (symbology == Symbology::upce && code.size() == 8)
    return fmt::format("{} {} {}", code.substr(0, 1), code.substr(1, 6), code.substr(7));
  return domain::readable_number(code);
}

}  // namespace loyal::format
