// SPDX-License-Identifier: MIT
#include "loyal/format/program_file.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include <fstream>
#include <iterator>

#include "loyal/base/error.hpp"
#include "support/shared.hpp"

using loyal::Date;
using loyal::domain::Combine;
using loyal::domain::EarnRule;
using loyal::domain::Expiry;
using loyal::domain::Kind;
using loyal::domain::Program;
using loyal::domain::Rate;
using loyal::domain::ReturnPolicy;
using loyal::format::read_program;
using loyal::format::write_program;

namespace {

const std::string head = "slug = \"coffee\"\ntitle = \"Кофе\"\nkind = \"bonus\"\n";
const std::string bonus = head + "[[earn]]\nrate = \"5%\"\n";

Program sample(const std::string& name) {
  const std::string path = std::string(LOYAL_SOURCE_DIR) + "/samples/programs/" + name;
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path);
  return read_program(std::string(std::istreambuf_iterator<char>(file), {}), name);
}

/// What a text is refused with: message and hint.
std::string refusal(const std::string& text) {
  try {
    read_program(text, "coffee.toml");
  } catch (const loyal::Error& error) {
    CHECK(error.fault() == loyal::Fault::usage);
    return error.hint().empty() ? error.what() : std::string(error.what()) + " | " + error.hint();
  }
  return "read without complaint";
}

struct Refused {
  std::string text;
  std::string words;
};

void check_refused(std::initializer_list<Refused> rows) {
  for (const Refused& row : rows) {
    CAPTURE(row.text);
    CHECK(refusal(row.text) == "coffee.toml:" + row.words);
  }
}

}  // namespace

TEST_SUITE("format") {
  TEST_CASE("the bonus sample is a plain five per cent card") {
    const Program program = sample("bonus.toml");
    CHECK(program.slug == "coffee");
    CHECK(program.title == "Бонусная карта «Зерно»");
    CHECK(program.kind == Kind::bonus);
    CHECK(program.combine == Combine::best);
    REQUIRE(program.earn.size() == 1);
    CHECK(program.earn[0].rate == Rate{1, 20});
    CHECK(program.earn[0].name == "5%");
    CHECK(program.spend.max_share == Rate{1, 2});
    CHECK(program.expiry.mode == Expiry::Mode::months);
    CHECK(program.expiry.count == 12);
    CHECK(program.expiry.from_activation);
  }

  TEST_CASE("the categories sample shows every filter and limit") {
    const Program program = sample("bonus-categories.toml");
    CHECK(program.combine == Combine::sum);
    CHECK(program.unit.scale == 2);
    REQUIRE(program.earn.size() == 4);
    CHECK(program.earn[0].filter.except_categories == std::vector<std::string>{"подарочные карты"});
    CHECK(program.earn[1].name == "7% книги");
    CHECK(program.earn[2].basis == EarnRule::Basis::per_item);
    CHECK(program.earn[2].points.count == 1'000);
    CHECK(program.earn[2].filter.weekdays == std::vector<unsigned>{1, 2, 3, 4, 5});
    CHECK(program.earn[2].filter.hours == std::pair(8 * 3600, 11 * 3600));
    CHECK(program.earn[3].basis == EarnRule::Basis::per_visit);
    CHECK(program.earn[3].points.count == 20'000);
    CHECK(program.earn[3].filter.min_amount.count == 500'000);
    CHECK(program.earn[3].filter.until == Date::of(2026, 9, 30));
    CHECK(program.limits.per_sale->count == 100'000);
    REQUIRE(program.limits.period.size() == 1);
    CHECK(program.limits.period[0].sales == 3);
    CHECK(program.spend.min_balance.count == 10'000);
    CHECK(program.pending_days == 14);
    CHECK(program.expiry.round_to == loyal::Period::quarter);
    CHECK(program.returns.policy == ReturnPolicy::debt);
  }

  TEST_CASE("the discount sample gives discounts and no points") {
    const Program program = sample("discount.toml");
    CHECK(program.kind == Kind::discount);
    CHECK(program.earn.empty());
    REQUIRE(program.discount.size() == 2);
    CHECK(program.discount[0].rate == Rate{1, 20});
    CHECK(program.discount[1].filter.weekdays == std::vector<unsigned>{6, 7});
  }

  TEST_CASE("the stepwise sample earns by full hundreds and spends by tens") {
    const Program program = sample("stepwise.toml");
    REQUIRE(program.earn.size() == 2);
    CHECK(program.earn[0].basis == EarnRule::Basis::per_money);
    CHECK(program.earn[0].points.count == 5);
    CHECK(program.earn[0].per.count == 10'000);
    CHECK(program.spend.step.count == 10);
    CHECK(program.unit.worth.count == 50);
    CHECK(program.expiry.mode == Expiry::Mode::inactivity);
    CHECK(program.expiry.count == 180);
    CHECK(program.returns.policy == ReturnPolicy::within_balance);
  }

  TEST_CASE("every sample is written and read again as the same program, and its own tests hold") {
    const std::filesystem::path samples = std::filesystem::path(LOYAL_SOURCE_DIR) / "samples" / "programs";
    for (const auto& entry : std::filesystem::directory_iterator(samples)) {
      const std::string name = entry.path().filename().string();
      CAPTURE(name);
      const std::string source = loyal::test::contents_of(entry.path());
      for (const auto& test : loyal::format::read_program_tests(source, name))
        CHECK_MESSAGE(loyal::domain::run(read_program(source, name), test).empty(), test.name);
      const Program program = sample(name);
      const std::string text = write_program(program);
      CHECK(read_program(text, "written.toml") == program);
      CHECK(write_program(read_program(text, "written.toml")) == text);
    }
  }

  TEST_CASE("a program with everything set survives being written") {
    Program program = read_program(bonus, "coffee.toml");
    program.title = "\"Кофе\" \\ it's #1";
    program.zone = "Asia/Yekaterinburg";
    program.unit = {{"point", "points", "points"}, 1, {250}};
    program.earn.clear();
    program.earn.push_back({"Всё \"сразу\"", EarnRule::Basis::rate, {3, 2}, {}, {}, {}});
    program.earn.push_back({"ночью", EarnRule::Basis::per_money, {}, {15}, {10'050}, {}});
    loyal::domain::Filter& filter = program.earn.back().filter;
    filter.categories = {"a", "б"};
    filter.except_categories = {"в"};
    filter.skus = {"1"};
    filter.except_skus = {"2"};
    filter.weekdays = {1, 7};
    filter.hours = std::pair(79'230, 7'200);
    filter.from = filter.until = Date::of(2026, 1, 1);
    filter.min_amount = {1};
    filter.tiers = {"Золото"};
    filter.first_purchase = true;
    filter.chosen_categories = true;
    filter.subscription = "vip";
    loyal::domain::Tier gold;
    gold.name = "Золото";
    gold.enter = 5'000'001;
    gold.keep = 4'000'000;
    gold.rate = Rate{3, 2};
    gold.max_share = Rate{1, 2};
    gold.pending_days = 0;
    gold.privileges = {"Кофе \"хозяина\""};
    program.tiers.tiers = {gold};
    program.tiers.window = loyal::domain::TierRules::Window::calendar;
    program.tiers.window_period = loyal::Period::half_year;
    program.tiers.upgrade_next_period = true;
    program.tiers.downgrade = loyal::domain::TierRules::Downgrade::one_step;
    program.tiers.term = loyal::domain::Term{12, loyal::domain::Term::Unit::months};
    program.tiers.grace_days = 10;
    program.choice = loyal::domain::ChoiceRules{{"чай", "кофе", "торт"}, 2};
    loyal::domain::GrantRule birthday;
    birthday.name = "день рождения";
    birthday.event = loyal::domain::GrantRule::Event::birthday;
    birthday.points = {3'000};
    birthday.days_before = 3;
    birthday.days_after = 4;
    birthday.expires = loyal::domain::Term{7, loyal::domain::Term::Unit::days};
    birthday.tiers = {"Золото"};
    program.grants = {birthday};
    program.referral = loyal::domain::ReferralRule{{1'000}, {500}, {100'000}, 12};
    loyal::domain::Reward reward;
    reward.name = "Кружка";
    reward.cost = {1'000};
    reward.off = Rate{1, 2};
    reward.up_to = loyal::Money{50'000};
    reward.has_stock = true;
    reward.filter.skus = {"mug"};
    program.rewards = {reward};
    program.earn.back().filter.hours->second = 0;
    loyal::domain::DiscountRule tea;
    tea.name = "5% чай";
    tea.rate = {1, 20};
    tea.filter.categories = {"чай"};
    loyal::domain::DiscountRule latte;
    latte.basis = loyal::domain::DiscountRule::Basis::price;
    latte.price = {15'000};
    latte.filter.skus = {"latte"};
    latte.name = loyal::format::plain_name(latte);
    loyal::domain::DiscountRule sixth;
    sixth.basis = loyal::domain::DiscountRule::Basis::every;
    sixth.every = 6;
    sixth.counts_receipts_apart = true;
    sixth.filter.categories = {"кофе"};
    sixth.name = loyal::format::plain_name(sixth);
    program.discount = {tea, latte, sixth};
    program.limits = {loyal::Points{5},
                      {{std::nullopt, 1, std::nullopt}, {loyal::Period::year, 3, loyal::Points{15}}},
                      loyal::Points{7'000}};
    program.spend = {false, {1, 3'125}, loyal::Points{40}, {10},
                     {4},   {0},        {"табак"},         {{std::nullopt, 2, loyal::Points{70}}}};
    program.earn_base = {true, true};
    program.pending_days = 3;
    program.expiry.mode = Expiry::Mode::yearly;
    program.expiry.yearly = {{2, 29}, {12, 31}};
    program.returns = {ReturnPolicy::debt, loyal::Points{0}, 0, true};
    CHECK(read_program(write_program(program), "written.toml") == program);
  }

  TEST_CASE("the short form of a discount is one rule for everything") {
    const Program program =
        read_program("slug = \"five\"\ntitle = \"5\"\nkind = \"discount\"\ndiscount = \"5%\"\n", "five.toml");
    REQUIRE(program.discount.size() == 1);
    CHECK(program.discount[0].rate == Rate{1, 20});
    CHECK(program.discount[0].name == "5%");
    CHECK(program.zone == "Europe/Moscow");
  }

  TEST_CASE("rules without a name get one that says what they do, each once") {
    const Program program = read_program(head +
                                             "[[earn]]\nrate = \"10%\"\ncategories = [\"books\"]\n"
                                             "[[earn]]\npoints = 1\nper = \"visit\"\n"
                                             "[[earn]]\npoints = 2\nper = \"item\"\nweekdays = [\"Вс\", \"sat\"]\n"
                                             "[[earn]]\npoints = 5\nper = 100\nhours = \"9:00 - 24:00\"\n"
                                             "[[earn]]\npoints = 1\nper = \"visit\"\n"
                                             "[[earn]]\nname = \"5%\"\nrate = \"6%\"\n"
                                             "[[earn]]\nrate = \"5%\"\n",
                                         "coffee.toml");
    std::vector<std::string> names;
    for (const EarnRule& rule : program.earn) names.push_back(rule.name);
    CHECK(names == std::vector<std::string>{"10% books", "1 per visit", "2 per item sat, sun",
                                            "5 per 100.00 09:00-24:00", "1 per visit (2)", "5%", "5% (2)"});
    CHECK(read_program(write_program(program), "written.toml") == program);
  }

  TEST_CASE("points are read by the unit's scale, as integers of whole points or as text") {
    const Program program = read_program(head +
                                             "[unit]\nscale = 2\n[[earn]]\npoints = \"0.50\"\nper = \"item\"\n"
                                             "[limits]\nper_sale = 500\nbalance = \"1 000,5\"\n",
                                         "coffee.toml");
    CHECK(program.earn[0].points.count == 50);
    CHECK(program.limits.per_sale->count == 50'000);
    CHECK(program.limits.balance->count == 100'050);
  }

  TEST_CASE("an unknown key is refused where it stands, with what is allowed and what was meant") {
    check_refused({
        {head + "[[earn]]\nrat = \"5%\"\n",
         "5:1: unknown key \"rat\" in [[earn]] | did you mean \"rate\"? allowed here: name, rate, times, points, per, "
         "allow_over_100, categories, except_categories, skus, except_skus, weekdays, hours, from, until, min_amount, "
         "tiers, first_purchase, chosen_categories, subscription"},
        {head + "[[earn]]\nrate = \"5%\"\n[[shelf]]\nname = \"Silver\"\n",
         "6:3: unknown key \"shelf\" before the first table | allowed here: slug, title, kind, zone, combine, unit, "
         "earn, discount, limits, spend, earn_base, pending, expiry, returns, tier, tiers, reward, choice, offer, use, "
         "freeze, event, subscription, donation, member, test"},
        {head + "[[earn]]\nrate = \"5%\"\n[[tier]]\nname = \"Silver\"\n",
         "6:1: the tier does not say when it is reached | enter = \"10000.00\""},
        {bonus + "[limits]\nper_day = { sale = 3 }\n",
         "7:13: unknown key \"sale\" in per_day | did you mean \"sales\"? allowed here: sales, points"},
        {bonus + "[pending]\n\"d\\u001bays\" = 1\n",
         "7:1: unknown key \"d␛ays\" in [pending] | did you mean \"days\"? allowed here: days"},
        {bonus + "[limit]\nper_sale = 1\n",
         "6:2: unknown key \"limit\" before the first table | did you mean \"limits\"? allowed here: slug, title, "
         "kind, zone, combine, unit, earn, discount, limits, spend, earn_base, pending, expiry, returns, tier, tiers, "
         "reward, choice, offer, use, freeze, event, subscription, donation, member, test"},
    });
  }

  TEST_CASE("what every program needs must be there and right") {
    check_refused({
        {"", "1:1: the program has no title | title = \"…\""},
        {"title = \"Кофе и Ко\"", "1:1: the program has no slug | slug = \"kofe-i-ko\""},
        {"slug = \"Кофе\"\ntitle = \"Кофе\"",
         "1:8: the slug \"Кофе\" may hold only a-z, 0-9 and single dashes | slug = \"kofe\""},
        {"slug = \"a--b\"\ntitle = \"x\"",
         "1:8: the slug \"a--b\" may hold only a-z, 0-9 and single dashes | slug = \"a-b\""},
        {"slug = \"a\"\ntitle = \" \"", "2:9: \"title\" is empty"},
        {"slug = \"a\"\ntitle = 5", "2:9: \"title\" must be a text in quotes, not a whole number"},
        {"slug = \"a\"\ntitle = \"a\\u0000b\"", "2:9: \"title\" is too long or holds control characters: \"a␀b\""},
        {"slug = \"a\"\ntitle = \"b\"", "1:1: the program has no kind | kind = \"bonus\""},
        {"slug = \"a\"\ntitle = \"b\"\nkind = \"bonu\"",
         "3:8: \"kind\" cannot be \"bonu\" | did you mean \"bonus\"? allowed here: bonus, discount, club, charity, "
         "stamp, pass, ticket, gift, subscription"},
        {head + "zone = \"Europe/Moskva\"\n",
         "4:8: there is no time zone \"Europe/Moskva\" | use a name such as Europe/Moscow"},
        {head + "combine = \"sideways\"\n",
         "4:11: \"combine\" cannot be \"sideways\" | allowed here: best, sum, product"},
        {head, "1:1: nothing is earned in this bonus program | write [[earn]] or kind = \"discount\""},
        {head + "earn = []\n", "4:8: \"earn\" is an empty list"},
        {head + "[earn]\nrate = \"5%\"\n", "4:1: each rule stands in a table of its own | [[earn]]"},
    });
  }

  TEST_CASE("an earn rule says one thing and says it whole") {
    const std::string rule = head + "[[earn]]\n";
    check_refused({
        {rule + "name = \"x\"\n",
         "4:1: the rule does not say what is earned | write rate = \"5%\" or points = 1 , per = \"100.00\""},
        {rule + "points = 1\n",
         "5:10: the rule does not say what is earned | write rate = \"5%\" or points = 1 , per = \"100.00\""},
        {rule + "rate = \"5%\"\npoints = 1\nper = \"item\"\n",
         "5:8: a rule earns by \"rate\" or by \"points\" and \"per\", not by both"},
        {rule + "rate = \"0%\"\n", "5:8: \"0%\" is nothing | take the rule out"},
        {rule + "rate = \"101%\"\n", "5:8: \"101%\" is over 100% | allow_over_100 = true"},
        {rule + "rate = \"10001%\"\nallow_over_100 = true\n", "5:8: \"10001%\" is over 10000%"},
        {rule + "rate = \"-5%\"\n", "5:8: \"-5%\" is not a percentage | write it as 5% or 7.5%"},
        {rule + "rate = 5\n", "5:8: \"rate\" must be a text in quotes, not a whole number"},
        {rule + "rate = 0.05\n", "5:8: \"rate\" must be a text in quotes, not a fraction without quotes"},
        {rule + "points = -1\nper = \"item\"\n", "5:10: \"points\" is below zero"},
        {rule + "points = 0\nper = \"item\"\n", "5:10: \"points\" must be more than zero"},
        {rule + "points = 1.5\nper = \"item\"\n",
         "5:10: \"points\" must be a whole number, not a fraction without quotes"},
        {rule + "points = 9223372036854775807\nper = \"item\"\n", "5:10: \"points\" is too large"},
        {rule + "points = 1\nper = \"0.00\"\n", "6:7: \"per\" must be more than zero"},
        {rule + "rate = \"5%\"\ncategories = []\n",
         "6:14: \"categories\" is an empty list | name something or take the key out"},
        {rule + "rate = \"5%\"\nskus = [\"a\", \"a\"]\n", "6:14: \"a\" stands twice in \"skus\""},
        {rule + "rate = \"5%\"\nskus = [\"a\", 1]\n", "6:14: \"skus\" must be a text in quotes, not a whole number"},
        {rule + "rate = \"5%\"\ncategories = [\"a\"]\nexcept_categories = [\"a\"]\n",
         "7:21: \"a\" is both wanted and excluded"},
        {rule + "rate = \"5%\"\nweekdays = [\"mon\", \"пн\"]\n", "6:12: \"пн\" stands twice in \"weekdays\""},
        {rule + "rate = \"5%\"\nweekdays = [\"someday\"]\n",
         "6:12: \"someday\" is not a day of the week | allowed here: mon, tue, wed, thu, fri, sat, sun"},
        {rule + "rate = \"5%\"\nhours = \"9-12\"\n", "6:9: \"9-12\" are no hours of a day | hours = \"09:00-12:00\""},
        {rule + "rate = \"5%\"\nhours = \"09:00-09:00\"\n",
         "6:9: \"09:00-09:00\" are no hours of a day | hours = \"09:00-12:00\""},
        {rule + "rate = \"5%\"\nhours = \"09:00-25:00\"\n",
         "6:9: \"09:00-25:00\" are no hours of a day | hours = \"09:00-12:00\""},
        {rule + "rate = \"5%\"\nfrom = \"2026-02-29\"\n", "6:8: \"2026-02-29\" is not a date | write it as 2026-03-01"},
        {rule + "rate = \"5%\"\nfrom = 2026-03-02\nuntil = 2026-03-01\n",
         "7:9: the rule ends on 2026-03-01, before it begins on 2026-03-02"},
        {rule + "rate = \"5%\"\nname = \"x\"\n[[earn]]\nrate = \"6%\"\nname = \"x\"\n",
         "9:8: two rules have the name \"x\""},
    });
    CHECK(read_program(rule + "rate = \"101%\"\nallow_over_100 = true\n", "x").earn[0].rate == Rate{101, 100});
  }

  TEST_CASE("a discount program holds no points") {
    const std::string discount = "slug = \"a\"\ntitle = \"b\"\nkind = \"discount\"\n";
    check_refused({
        {discount, "1:1: the program gives no discount | discount = \"5%\""},
        {discount + "discount = \"5%\"\n[unit]\nscale = 0\n",
         "5:1: \"unit\" has no place in a discount program, which holds no points | kind = \"bonus\""},
        {discount + "discount = \"5%\"\n[[earn]]\nrate = \"5%\"\n",
         "5:1: \"earn\" has no place in a discount program, which holds no points | kind = \"bonus\""},
        {discount + "discount = \"105%\"\n", "4:12: \"105%\" is over 100%"},
        {discount + "[[discount]]\ncategories = [\"x\"]\n",
         "4:1: a discount has a \"rate\", a special \"price\", or gives one piece of \"every\" so many | rate = "
         "\"5%\""},
    });
  }

  TEST_CASE("limits and spending cannot contradict each other") {
    check_refused({
        {bonus + "[limits]\nper_sale = 0\n", "7:12: \"per_sale\" must be more than zero"},
        {bonus + "[limits]\nper_day = { sales = 0 }\n", "7:21: \"sales\" is 0; allowed is 1 to 1000000"},
        {bonus + "[limits]\nper_day = 3\n", "7:11: per_day is a table, not a whole number"},
        {bonus + "[spend]\nmin_balance = -1\n", "7:15: \"min_balance\" is below zero"},
        {bonus + "[spend]\nstep = 0\n", "7:8: \"step\" must be more than zero"},
        {bonus + "[spend]\nstep = 10\nper_sale = 9\n", "7:8: the step of 10 is more than the 9 that one sale takes"},
        {bonus + "[limits]\nbalance = 9\n[spend]\nstep = 10\n",
         "9:8: the step of 10 is more than the 9 that a card may hold"},
        {bonus + "[limits]\nbalance = 9\n[spend]\nmin_balance = 10\n",
         "9:15: the least balance of 10 is more than the 9 that a card may hold"},
        {bonus + "[spend]\nmax_share = \"101%\"\n", "7:13: \"101%\" is over 100%"},
        {bonus + "[spend]\nmin_to_pay = 1.00\n",
         "7:14: \"min_to_pay\" must be a number in quotes, such as \"1.50\", not a fraction without quotes"},
        {bonus + "[spend]\nallowed = \"yes\"\n", "7:11: \"allowed\" must be true or false, not a text"},
        {bonus + "[unit]\nworth = \"0\"\n",
         "6:1: points that are worth nothing cannot be spent | [spend] allowed = false"},
        {bonus + "[unit]\nscale = 2\nworth = \"0.50\"\n",
         "8:9: a spend step of 0.01 at 0.50 for one is no whole number of kopecks | step = \"0.02\""},
        {bonus + "[unit]\nscale = 1\nworth = \"0.01\"\n[spend]\nstep = \"0.5\"\n",
         "10:8: a spend step of 0.5 at 0.01 for one is no whole number of kopecks | step = \"1.0\""},
        {bonus + "[unit]\nscale = 3\n", "7:9: \"scale\" is 3; allowed is 0 to 2"},
        {bonus + "[unit]\nname = [\"point\", \"points\"]\n",
         "7:8: \"name\" must be the three forms for 1, 2 and 5 | name = [\"балл\", \"балла\", \"баллов\"]"},
    });
  }

  TEST_CASE("points must be usable before they end, and end in one way") {
    const std::string pending = bonus + "[pending]\ndays = 31\n[expiry]\nfrom = \"earning\"\n";
    check_refused({
        {pending + "after = \"30d\"\n",
         "9:8: points earned on 2024-01-01 would end on 2024-01-31, before they can be used on 2024-02-01 | from = "
         "\"activation\""},
        {pending + "after = \"1m\"\n",
         "9:8: points earned on 2024-01-30 would end on 2024-02-29, before they can be used on 2024-03-01 | from = "
         "\"activation\""},
        {pending + "yearly = [\"12-31\"]\n",
         "9:8: points earned on 2024-12-01 would end on 2024-12-31, before they can be used on 2025-01-01 | from = "
         "\"activation\""},
        {bonus + "[expiry]\nafter = \"12m\"\nyearly = [\"12-31\"]\n",
         "8:10: points end in one way only: \"after\", \"yearly\" or \"inactivity\""},
        {bonus + "[expiry]\nafter = \"12m\"\ninactivity = \"30d\"\n",
         "8:14: points end in one way only: \"after\", \"yearly\" or \"inactivity\""},
        {bonus + "[expiry]\nafter = \"12\"\n", "7:9: \"12\" is no term | allowed here: \"12m\", \"30d\", \"never\""},
        {bonus + "[expiry]\nafter = \"0d\"\n", "7:9: \"after\" is 0; allowed is 1 to 36500"},
        {bonus + "[expiry]\nafter = \"-1d\"\n", "7:9: \"-1d\" is no term | allowed here: \"12m\", \"30d\", \"never\""},
        {bonus + "[expiry]\ninactivity = \"6m\"\n", "7:14: \"6m\" is no term | allowed here: \"180d\""},
        {bonus + "[expiry]\nyearly = [\"02-30\"]\n", "7:10: \"02-30\" is no day of a year | yearly = [\"12-31\"]"},
        {bonus + "[expiry]\nround_to = \"month\"\n", "7:12: \"round_to\" needs a term in \"after\" | after = \"12m\""},
        {bonus + "[pending]\ndays = -1\n", "7:8: \"days\" is -1; allowed is 0 to 36500"},
        {bonus + "[returns]\npolicy = \"within_balance\"\ndebt_limit = 5\n",
         "8:14: \"debt_limit\" needs the policy \"debt\" | policy = \"debt\""},
    });
    CHECK(read_program(bonus + "[pending]\ndays = 30\n[expiry]\nfrom = \"earning\"\nafter = \"30d\"\n", "x")
              .pending_days == 30);
    CHECK(read_program(pending + "after = \"2m\"\n", "x").expiry.count == 2);
  }

  TEST_CASE("a text that is no TOML, or is made to harm, is refused at its place") {
    CHECK(refusal("slug = \"a\"\ntitle = \"b\n").starts_with("coffee.toml:2:11: this is no TOML: "));
    CHECK(refusal("slug = \"a\"\nslug = \"b\"\n").starts_with("coffee.toml:2:"));
    CHECK(refusal("slug = \"\xFF\"\n").starts_with("coffee.toml:1:8: this is no TOML: "));
    CHECK(refusal(std::string("slug\0= 1", 8)).starts_with("coffee.toml:1:5: this is no TOML: "));
    CHECK(refusal("a" + std::string(70'000, ' ')) == "coffee.toml:1:1: the file is larger than 65536 bytes");
    std::string dotted = "a";
    for (int i = 0; i < 20'000; ++i) dotted += ".a";
    CHECK(refusal(dotted + " = 1") == "coffee.toml:1:1: a key with more than 32 dots");
    CHECK(refusal("a = " + std::string(100, '[') + std::string(100, ']'))
              .ends_with("tables and arrays are nested too deeply"));
    CHECK(refusal("a = " + std::string(30'000, '[')).starts_with("coffee.toml:1:"));
    try {
      read_program("x = 1", "a\x1b.toml");
      FAIL("an unknown key was read");
    } catch (const loyal::Error& error) {
      CHECK(std::string(error.what()).find('\x1b') == std::string::npos);
    }
  }
}
