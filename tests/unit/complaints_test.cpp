// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "support/shared.hpp"

namespace loyal::test {
namespace {

/// What people complain of in other systems as far as points are concerned, and the test that shows it cannot happen
/// here. The numbers are those of the list of complaints that the plan of the house refers to.
struct Complaint {
  int number;
  const char* what;
  const char* proof;  ///< a test's title, or the name of a golden session
};

constexpr Complaint complaints[] = {
    {1, "bought, earned, returned, and the points stayed",
     "a returned line takes back what the sale would not have earned without it"},
    {2, "the return of a purchase paid with points took them a second time",
     "what was paid with points comes back as points, after the discount and line by line"},
    {3, "expired points left the sum and old payments stayed in it",
     "random histories come to what a naive ledger computes by hand"},
    {4, "expiry took points of another purchase, or could be spent until the night",
     "points that are pending, expired or owed cannot be spent"},
    {5, "the balance was wrong after a payment, its cancelling and a refund",
     "partial returns in any order end where one full return ends"},
    {6, "points of a purchase were spent, and then it was returned",
     "points spent elsewhere become a debt that later earning repays, pending points too"},
    {7, "a whole purchase was paid with points", "the most that a sale takes is the least of all its limits"},
    {8, "valid where the buyer was, and over where the server was", "time.session"},
    {9, "the last day ended as it began", "a lot is usable from its first day to its last, both included"},
    {10, "a limit of three was used five times",
     "eight tills on twenty cards: each sale succeeds or is refused by a rule, and no point is spent twice"},
    {11, "one gift card paid at two tills", "reserve.session"},
    {12, "one order gave its points twice",
     "a command that comes twice is one; the same key with another amount is a conflict"},
    {16, "merged customers lost points or got them twice", "movers.session"},
    {17, "a holder's two cards each got the welcome", "grants.session"},
    {20, "a hundredth of a point was missing or too many", "no floating point comes near an amount"},
    {21, "more points were shown than were given",
     "in any sale the lines add up to the receipt and nothing is below zero"},
    {22, "nobody knew whether points come on the price before or after the discount",
     "discount, points and earning of one receipt follow each other"},
    {23, "who spent points lost the tier, and a tier given by hand stayed for ever",
     "a pin holds through its last day, above or below what was bought, and then the purchases decide"},
    {24, "a gift card was used up, and then its purchase was refunded", "gift.session"},
    {25, "the total depended on the order in which discounts were entered",
     "a line takes the largest of its discounts, whatever their order"},
};

/// All that the tests' sources say.
std::string all_tests() {
  std::string text;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(LOYAL_SOURCE_DIR) / "tests")) {
    const std::string ending = entry.path().extension().string();
    const bool is_this = entry.path().filename() == "complaints_test.cpp";
    if (!is_this && (ending == ".cpp" || ending == ".bats")) text += contents_of(entry.path());
  }
  return text;
}

}  // namespace

TEST_CASE("each complaint about points has the test that shows it cannot happen here") {
  const std::string tests = all_tests();
  for (const Complaint& complaint : complaints) {
    const std::string proof = complaint.proof;
    const std::string place = std::to_string(complaint.number) + ": " + complaint.what + ": " + proof;
    if (proof.ends_with(".session"))
      CHECK_MESSAGE(std::filesystem::exists(std::filesystem::path(LOYAL_SOURCE_DIR) / "tests" / "session" / proof),
                    place);
    else
      CHECK_MESSAGE(tests.find("\"" + proof + "\"") != std::string::npos, place);
  }
}

}  // namespace loyal::test
