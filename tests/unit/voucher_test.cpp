// SPDX-License-Identifier: MIT
#include "loyal/format/voucher.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "support/imports.hpp"

using loyal::Date;
using loyal::test::ImportShop;
using namespace loyal::format;

namespace {

const Voucher voucher{"GIFT-2K7M-9QXW", "money", "500.00", Date::of(2026, 3, 1), Date::of(2026, 4, 1), "7707083893"};

}  // namespace

TEST_SUITE("signed vouchers") {
  TEST_CASE("what was signed is read as it was, and known by its key alone") {
    const SigningKeys keys = new_signing_keys();
    const std::string text = signed_voucher(voucher, keys);
    CHECK(read_voucher(text) == voucher);
    CHECK(is_signed_by(text, keys.public_key));
    CHECK_FALSE(is_signed_by(text, new_signing_keys().public_key));
    CHECK(read_key(key_text(keys.public_key, voucher.issuer)) == keys.public_key);
  }

  TEST_CASE("a voucher with any byte changed is no longer signed") {
    const SigningKeys keys = new_signing_keys();
    const std::string text = signed_voucher(voucher, keys);
    int good = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::string altered = text;
      altered[at] = altered[at] == 'A' ? 'B' : 'A';
      good += is_signed_by(altered, keys.public_key);
    }
    // The last symbol of 64 bytes in base64 has bits that stand for nothing; libsodium takes only zeros there.
    CHECK(good == 0);
    CHECK_FALSE(is_signed_by(text + "A", keys.public_key));
    CHECK_FALSE(is_signed_by(text.substr(0, text.size() - 1), keys.public_key));
  }

  TEST_CASE("what is no voucher is not taken for one") {
    for (const char* text :
         {"", "LOYAL1:", "LOYAL1:::::::", "LOYAL1:A:money:1:2026-02-30::1:x", "LOYAL2:A:money:1:::1:x"}) {
      INFO(text);
      CHECK_FALSE(read_voucher(text));
    }
    CHECK_FALSE(read_key(""));
    CHECK_FALSE(read_key("loyal-voucher-key 7707083893 AAAA"));
  }

  TEST_CASE("a till without the store tells a good voucher from a forged, an altered and an outdated one") {
    ImportShop shop;
    REQUIRE(shop.run({"promo", "key"}) == 6);
    REQUIRE(shop.run(
                {"promo", "create", "GIFT", "--off", "500", "--signed", "--until", "2026-04-01", "--count", "2"}) == 0);
    REQUIRE(shop.run({"promo", "show", "GIFT", "--codes", "--json"}) == 0);
    const std::string text = nlohmann::json::parse(shop.world.out.str()).at(0).at("voucher");
    REQUIRE(shop.run({"promo", "key"}) == 0);
    const std::string key = shop.write("vouchers.key", shop.world.out.str());

    const auto verify = [&](const std::string& given, const char* now) {
      return shop.world.run({"--now", now, "promo", "verify", given, "--public-key", key, "--db", "/nonexistent.db"});
    };
    CHECK(verify(text, "2026-03-02T09:00:00Z") == 0);
    CHECK(verify(text, "2026-04-02T09:00:00Z") == 6);
    CHECK(shop.world.err.str().find("was good through 2026-04-01") != std::string::npos);
    std::string altered = text;
    altered.replace(altered.find("500.00"), 6, "900.00");
    CHECK(verify(altered, "2026-03-02T09:00:00Z") == 6);
    CHECK(shop.world.err.str().find("forged or altered") != std::string::npos);
    CHECK(verify("NONSENSE", "2026-03-02T09:00:00Z") == 6);

    // Later the store settles it: once.
    REQUIRE(shop.run({"card", "issue", "coffee", "--number", "CARD-0"}) == 0);
    CHECK(shop.run({"sale", "add", "CARD-0", "1000", "--promo", altered, "--receipt", "0"}) == 6);
    CHECK(shop.run({"sale", "add", "CARD-0", "1000", "--promo", text, "--receipt", "1"}) == 0);
    CHECK(shop.world.out.str().find("to pay 500.00") != std::string::npos);
    CHECK(shop.run({"sale", "add", "CARD-0", "1000", "--promo", text, "--receipt", "2"}) == 6);
  }
}
