// SPDX-License-Identifier: MIT
#include "loyal/format/program_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/format/program_rules.hpp"
#include "program_sections.hpp"

namespace loyal::format {
namespace {

using domain::Kind;
using domain::Program;

/// What a kind's cards hold and how they are given back, before the text says otherwise.
void apply_preset(Program& program) {
  const auto unit = [&program](std::array<std::string, 3> name, int scale) {
    program.unit.name = std::move(name);
    program.unit.scale = scale;
  };
  switch (program.kind) {
    case Kind::bonus:
    case Kind::club:
    case Kind::discount:
      return;
    case Kind::stamp:
      unit({"штамп", "штампа", "штампов"}, 0);
      break;
    case Kind::pass:
      unit({"посещение", "посещения", "посещений"}, 0);
      break;
    case Kind::ticket:
      unit({"билет", "билета", "билетов"}, 0);
      break;
    case Kind::subscription:
      unit({"период", "периода", "периодов"}, 0);
      break;
    case Kind::gift:
    case Kind::charity:
      unit({"рубль", "рубля", "рублей"}, 2);
      break;
  }
  program.spend.allowed = false;
  if (program.kind == Kind::charity)
    program.returns.policy = domain::ReturnPolicy::keep;
  else if (program.kind != Kind::stamp)
    program.returns.policy = domain::ReturnPolicy::unused;
}

/// The sections that a kind has no use for, and what its text cannot do without.
struct KindSections {
  std::vector<std::string_view> needed;
  std::vector<std::string_view> allowed;
};

KindSections sections_of(Kind kind) {
  switch (kind) {
    case Kind::bonus:
      return {{"earn"},
              {"combine", "unit", "discount", "limits", "spend", "earn_base", "pending", "expiry", "returns", "tier",
               "tiers", "reward", "choice"}};
    case Kind::club:
      return {{"earn", "member"},
              {"combine", "unit", "discount", "limits", "spend", "earn_base", "pending", "expiry", "returns", "tier",
               "tiers", "reward", "choice"}};
    case Kind::discount:
      return {{"discount"}, {"tier", "tiers", "choice"}};
    case Kind::charity:
      return {{"donation"}, {"discount"}};
    case Kind::stamp:
      return {{"earn", "reward"},
              {"combine", "unit", "discount", "limits", "earn_base", "pending", "expiry", "returns", "tier", "tiers"}};
    case Kind::pass:
      return {{"offer"}, {"unit", "limits", "expiry", "use", "freeze"}};
    case Kind::ticket:
      return {{"offer", "event"}, {"unit", "expiry", "use"}};
    case Kind::gift:
      return {{}, {"offer", "unit", "limits", "expiry"}};
    case Kind::subscription:
      return {{"offer"}, {"unit", "discount", "subscription"}};
  }
  return {};
}

/// Reads a program from its top table, one section after the other; later sections see what the earlier ones said.
class Reader {
 public:
  Reader(const std::string& file_name, const TomlNode& root)
      : top_(file_name, root, "",
             {"slug",  "title",     "kind",    "zone",   "combine",      "unit",     "earn",   "discount", "limits",
              "spend", "earn_base", "pending", "expiry", "returns",      "tier",     "tiers",  "reward",   "choice",
              "offer", "use",       "freeze",  "event",  "subscription", "donation", "member", "test"}) {}

  Program read() {
    read_top();
    check_sections();
    apply_preset(program_);
    read_unit(top_, program_);
    read_tiers(top_, program_);
    read_choice(top_, program_);
    read_discounts(top_, program_);
    read_earn(top_, program_);
    read_limits(top_, program_);
    read_spend(top_, program_);
    read_base_and_pending(top_, program_);
    read_expiry(top_, program_);
    read_returns(top_, program_);
    read_offers(top_, program_);
    read_rewards(top_, program_);
    read_use(top_, program_);
    read_donation(top_, program_);
    read_members(top_, program_);
    name_rules(program_);
    return std::move(program_);
  }

 private:
  void read_top() {
    program_.title = tidy_name(top_.text("title").value_or(""));
    if (program_.title.empty()) top_.refuse("title", tr("the program has no title"), "title = \"…\"");
    program_.slug = top_.text("slug").value_or("");
    const std::string proposal = slug_of(program_.slug.empty() ? program_.title : program_.slug);
    if (program_.slug.empty() || program_.slug != proposal)
      top_.refuse("slug",
                  program_.slug.empty()
                      ? tr("the program has no slug")
                      : tr("the slug \"{}\" may hold only a-z, 0-9 and single dashes", shown(program_.slug)),
                  fmt::format("slug = \"{}\"", proposal.empty() ? "coffee" : proposal));
    const auto kind = top_.choice(
        "kind", {"bonus", "discount", "club", "charity", "stamp", "pass", "ticket", "gift", "subscription"});
    if (!kind) top_.refuse("kind", tr("the program has no kind"), "kind = \"bonus\"");
    program_.kind = domain::kind_of(*top_.text("kind")).value();
    program_.zone = top_.text("zone").value_or("Europe/Moscow");
    top_.at("zone", [&] { return Zone(program_.zone).name(); });
    if (const auto combine = top_.choice("combine", {"best", "sum", "product"}))
      program_.combine = std::array{domain::Combine::best, domain::Combine::sum, domain::Combine::product}[*combine];
  }

  void check_sections() const {
    const KindSections sections = sections_of(program_.kind);
    for (const std::string_view key :
         {"combine", "unit",   "earn",    "discount", "limits",       "spend",    "earn_base",
          "pending", "expiry", "returns", "tier",     "tiers",        "reward",   "choice",
          "offer",   "use",    "freeze",  "event",    "subscription", "donation", "member"}) {
      const auto holds = [key](const std::vector<std::string_view>& keys) {
        return std::find(keys.begin(), keys.end(), key) != keys.end();
      };
      if (top_.has(key) && !holds(sections.needed) && !holds(sections.allowed)) {
        if (program_.kind == Kind::discount)
          top_.refuse(key, tr("\"{}\" has no place in a discount program, which holds no points", key),
                      "kind = \"bonus\"");
        top_.refuse(key, tr("\"{}\" has no place in a program of the kind \"{}\"", key, domain::name(program_.kind)));
      }
      if (!top_.has(key) && holds(sections.needed)) refuse_missing(key);
    }
  }

  [[noreturn]] void refuse_missing(std::string_view key) const {
    if (key == "discount") top_.refuse(key, tr("the program gives no discount"), "discount = \"5%\"");
    if (key == "earn" && program_.kind == Kind::bonus)
      top_.refuse(key, tr("nothing is earned in this bonus program"),
                  tr("write {} or {}", "[[earn]]", "kind = \"discount\""));
    const bool is_list = key == "earn" || key == "offer" || key == "reward" || key == "member";
    top_.refuse(key, tr("a program of the kind \"{}\" needs \"{}\"", domain::name(program_.kind), key),
                is_list ? fmt::format("[[{}]]", key) : fmt::format("[{}]", key));
  }

  TomlSection top_;
  Program program_;
};

}  // namespace

Program read_program(std::string_view text, const std::string& file_name) {
  const TomlNode root = parse_toml(text, file_name);
  return Reader(file_name, root).read();
}

}  // namespace loyal::format
