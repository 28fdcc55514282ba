// SPDX-License-Identifier: MIT
#include "loyal/base/guid.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using loyal::Guids;
using loyal::name_based_uuid;

TEST_SUITE("guid") {
  TEST_CASE("a name has the UUID of version 5 that RFC 4122 gives it") {
    CHECK(name_based_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com") ==
          "2ed6657d-e927-568b-95e1-2665a8aea6a2");
    CHECK_THROWS_AS(name_based_uuid("no uuid", "www.example.com"), std::logic_error);
  }

  TEST_CASE("a thing's GUID depends on the company, the kind and the id, and on nothing else") {
    const Guids zerno("7707083893");
    CHECK(zerno.of("card", 1) == "cc778fa8-2b27-5fb3-8031-849fb7386217");
    CHECK(zerno.of("card", 1) == Guids("7707083893").of("card", "1"));
    CHECK(zerno.of("customer", 1) == "c7756125-6953-51cc-81ee-63bf70c4f847");
    CHECK(zerno.of("goods", "Кофе") == "966eda45-2f54-517c-b5cd-712646430705");
    CHECK(Guids("7736207543").of("card", 1) == "1e64666e-24f7-56d9-98f4-61c164ea49d7");
  }
}
