// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "loyal/domain/retail_number.hpp"
#include "loyal/format/barcode.hpp"
#include "support/codes.hpp"
#include "support/pages.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"

using namespace loyal;
using namespace loyal::format;

namespace {

constexpr int codes_per_symbology = 100;

/// The modules of a vector: a row of 0 and 1 each.
Symbol symbol_of(const nlohmann::json& vector, Symbology symbology) {
  Symbol symbol{symbology, vector["expected_width"].get<int>(), vector["expected_rows"].get<int>(), {}};
  for (const auto& row : vector["expected"])
    for (const char module : row.get<std::string>()) symbol.modules.push_back(module == '1' ? 1 : 0);
  return symbol;
}

template <class Take>
int each_vector(const std::string& name, Take take) {
  const auto path = test::shared_file("data/barcodes/" + name);
  if (!path) return 0;
  std::ifstream file(*path);
  int count = 0;
  for (std::string line; std::getline(file, line); ++count) take(nlohmann::json::parse(line));
  return count;
}

/// What a vector of EAN or UPC says, and as what; nothing for add-ons by themselves, which are no symbols.
std::optional<std::pair<Symbology, std::string>> meant(const nlohmann::json& vector) {
  const auto name = vector["symbology"].get<std::string>();
  auto digits = vector["data"].get<std::string>();
  digits.resize(std::min(digits.find('+'), digits.size()));
  const bool is_upce = name.find("UPCE") != std::string::npos;
  const bool is_upca = name.find("UPCA") != std::string::npos;
  if (is_upce) {
    const auto whole = domain::upca_of_upce(digits).value();
    return std::pair(Symbology::upce, digits.substr(0, 7) + whole.back());
  }
  if (digits.size() < 7) return std::nullopt;
  // EAN-8 has three digits less than UPC-A, and a vector may leave its check digit out.
  for (const auto symbology : {Symbology::ean8, Symbology::upca, Symbology::ean13}) {
    if (symbology == Symbology::upca && !is_upca) continue;
    if (traits(symbology).why_not(digits).empty()) return std::pair(symbology, digits);
    for (char last = '0'; last <= '9'; ++last)
      if (traits(symbology).why_not(digits + last).empty()) return std::pair(symbology, digits + last);
  }
  return std::nullopt;
}

/// GS1 data goes without the brackets that are typed around its identifiers, and HIBC data with its sign and check.
std::string meant_by_qr(const nlohmann::json& vector) {
  auto text = vector["data"].get<std::string>();
  if (vector["input_mode"] == "GS1_MODE") std::erase_if(text, [](char sign) { return sign == '[' || sign == ']'; });
  if (vector["symbology"] == "BARCODE_HIBC_QR") text = "+" + text + (text.ends_with("1") ? "W" : "A");
  return text;
}

/// ZXing 1.4 knows the character sets up to number 30, and has to guess where none is named.
bool is_beyond_the_reader(const nlohmann::json& vector) {
  const int set = vector["eci"].get<int>();
  return (set > 30 && set < 170) || vector["data"] == "áA";
}

}  // namespace

TEST_CASE("a second reader reads what was written, for random codes of every symbology that it knows") {
  if (!test::installed("zbarimg")) return;
  const test::ScratchDirectory scratch;
  for (const auto& known : symbologies()) {
    std::mt19937 generator(20260301);
    std::string files;
    std::multiset<std::string> wanted;
    for (int index = 0; index < codes_per_symbology; ++index) {
      const auto code = test::random_code(known.symbology, generator);
      const auto said = test::said_by_zbar(known.symbology, code);
      if (!said) continue;
      wanted.insert(*said);
      const auto path = scratch.file(std::to_string(index) + ".png");
      test::draw(encode(known.symbology, code)).save(path);
      files += " " + path;
    }
    if (wanted.empty()) continue;
    CAPTURE(known.name);
    std::istringstream lines(test::output_of("zbarimg -q --raw" + files));
    std::multiset<std::string> found;
    for (std::string line; std::getline(lines, line);) found.insert(line);
    CHECK(found == wanted);
  }
}

TEST_CASE("a second reader reads Data Matrix") {
  if (!test::installed("dmtxread")) return;
  const test::ScratchDirectory scratch;
  std::mt19937 generator(20260301);
  const auto path = scratch.file("symbol.png");
  for (int index = 0; index < codes_per_symbology; ++index) {
    const auto code = test::random_code(Symbology::datamatrix, generator);
    CAPTURE(code);
    test::draw(encode(Symbology::datamatrix, code)).save(path);
    CHECK(test::output_of("dmtxread -N1 " + path) == code);
  }
}

TEST_CASE("EAN and UPC have the very bars of another writer") {
  std::set<Symbology> met;
  each_vector("zint_upcean.jsonl", [&](const nlohmann::json& vector) {
    const auto wanted = meant(vector);
    if (!wanted) return;
    CAPTURE(vector["symbology"].get<std::string>());
    CAPTURE(vector["data"].get<std::string>());
    met.insert(wanted->first);
    const auto ours = encode(wanted->first, wanted->second);
    auto theirs = symbol_of(vector, wanted->first);
    // An add-on stands behind the symbol.
    const std::vector<std::uint8_t> start(theirs.modules.begin(), theirs.modules.begin() + ours.width);
    CHECK(ours.modules == start);
    const auto found =
        read_image(test::draw(theirs).gray, test::draw(theirs).width, test::draw(theirs).height, wanted->first);
    REQUIRE(found.size() == 1);
    CHECK(found.front().text == wanted->second);
  });
  CHECK((met.empty() || met.size() == 4));
}

TEST_CASE("QR of another writer reads as what it means") {
  int unknown = 0;
  const int all = each_vector("zint_qr_odd.jsonl", [&](const nlohmann::json& vector) {
    const auto text = meant_by_qr(vector);
    CAPTURE(text);
    const auto picture = test::draw(symbol_of(vector, Symbology::qr));
    const auto found = read_image(picture.gray, picture.width, picture.height, Symbology::qr);
    REQUIRE(found.size() == 1);
    if (is_beyond_the_reader(vector)) {
      ++unknown;
      return;
    }
    auto said = found.front().text;
    std::erase(said, '\x1d');
    CHECK(said == text);
  });
  if (all > 0)
    MESSAGE((all - unknown) << " of " << all << " vectors; the others name character sets that the reader has not");
  CHECK(unknown <= 14);
}
