// SPDX-License-Identifier: MIT
#include "loyal/service/programs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/registration.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/donations.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/words.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

std::optional<store::ProgramRow> by_slug(store::Database& database, const std::string& slug) {
  const auto programs = store::programs(database);
  const auto found = std::find_if(programs.begin(), programs.end(),
                                  [&slug](const store::ProgramRow& row) { return row.slug == slug; });
  return found == programs.end() ? std::nullopt : std::optional(*found);
}

Date today_in(const Context& context, const std::string& zone) {
  return Zone(zone).local(context.now).date;
}

/// A program whose own tests fail is not what its author meant.
void require_tests_hold(const domain::Program& program, const std::string& text, const std::string& file_name) {
  for (const domain::ProgramTest& test : format::read_program_tests(text, file_name)) {
    const auto differences = domain::run(program, test);
    if (differences.empty()) continue;
    const domain::Difference& first = differences.front();
    throw Error(Fault::refused,
                tr("{}:{}: the test \"{}\" fails: {} is {}, and {} was expected", file_name, test.line,
                   visible(test.name), first.what, first.found, first.expected),
                fmt::format("loyal program check {}", file_name));
  }
}

ProgramReceipt open_program(Operation& operation, const store::Company& company, const domain::Program& program,
                            const std::string& text, Date from) {
  ProgramReceipt receipt;
  receipt.program = {{}, company.id, program.slug, program.title, std::string(domain::name(program.kind)), "active"};
  receipt.program.id = store::add_program(operation.journal(), receipt.program);
  receipt.version = 1;
  receipt.applies_from = from;
  receipt.is_new = true;
  store::add_version(operation.journal(), {{}, receipt.program.id, 1, from, text});
  if (program.donation) open_accounts(operation.journal(), receipt.program, program, from);
  return receipt;
}

/// What the operation wrote, though later ones may have made newer versions.
ProgramReceipt replayed(const Context& context, OperationId operation) {
  const store::OperationRow row = store::operation(context.store, operation).value();
  const auto written =
      store::version(context.store, {row.to[static_cast<std::size_t>(store::History::program_version)]}).value();
  ProgramReceipt receipt;
  receipt.program = store::program(context.store, written.program).value();
  receipt.version = written.number;
  receipt.applies_from = written.applies_from;
  receipt.is_new = written.number == 1;
  receipt.is_replayed = true;
  return receipt;
}

}  // namespace

ProgramReceipt add_program(const Context& context, domain::Program program) {
  if (program.title.empty()) program.title = program.slug;
  if (program.slug.empty()) program.slug = slug_of(program.title);
  domain::check_slug(program.slug);
  const store::Company company = find_company(context.store, context.company);
  if (program.zone.empty()) program.zone = company.zone;
  for (domain::Member& member : program.members) member.company = find_company(context.store, member.company).slug;
  const std::string text = format::write_program(program);
  // Flags can contradict one another as well as lines of a file can: one reader checks both.
  format::read_program(text, "--");
  Operation operation(context, "program add", InputDigest(context).add(text).finish());
  if (operation.replayed()) return replayed(context, operation.replayed());
  if (by_slug(context.store, program.slug))
    throw Error(Fault::conflict, tr("there is already a program \"{}\"", program.slug),
                fmt::format("loyal program show {} --toml", program.slug));
  // The first version applies to every date: purchases from before the program was opened can be imported.
  ProgramReceipt receipt = open_program(operation, company, program, text, today_in(context, program.zone));
  operation.commit();
  return receipt;
}

std::vector<ExpiryLoss> expiry_losses(const Context& context, const domain::Program& changed) {
  std::vector<ExpiryLoss> losses;
  const auto row = by_slug(context.store, changed.slug);
  if (!row || changed.expiry.mode != domain::Expiry::Mode::inactivity) return losses;
  Rules rules(context.store);
  const domain::Program& now = rules.newest(row->id).program;
  const Date today = today_in(context, changed.zone);
  store::CardFilter filter;
  filter.program = row->id;
  store::each_card(context.store, filter, today, [&](const store::CardListing& listing) {
    const auto lots = store::lots_of(context.store, listing.card.id);
    if (lots.empty()) return;
    const auto before = lots_on(context.store, now, listing.card.id, lots, today);
    const auto after = lots_on(context.store, changed, listing.card.id, lots, today);
    for (std::size_t i = 0; i < lots.size(); ++i) {
      const bool was_over = before[i].is_expired(today);
      const bool ends_sooner =
          after[i].valid_through && (!before[i].valid_through || *after[i].valid_through < *before[i].valid_through);
      if (!lots[i].is_debt() && !was_over && ends_sooner)
        losses.push_back(
            {listing.card.number, listing.holder, lots[i].remainder, before[i].valid_through, *after[i].valid_through});
    }
  });
  return losses;
}

namespace {

/// Standing points lose nothing that nobody has agreed to, and nobody agrees to a number that is not theirs.
void require_accepted(const Context& context, const domain::Program& changed, std::optional<Points> accepted) {
  const auto losses = expiry_losses(context, changed);
  Points lost;
  Date first = Date::of(9999, 12, 31);
  std::set<std::string> cards;
  for (const ExpiryLoss& loss : losses) {
    lost += loss.points;
    first = std::min(first, loss.end_after);
    cards.insert(loss.card_number);
  }
  if (lost == accepted.value_or(Points{})) return;
  const std::string points = to_decimal(lost.count, changed.unit.scale);
  if (lost.count == 0) throw Error(Fault::refused, tr("no points would end sooner: there is nothing to accept"));
  throw Error(Fault::refused,
              trn("{1} on {0} card would end sooner than was promised, the first on {2}",
                  "{1} on {0} cards would end sooner than was promised, the first on {2}",
                  static_cast<long long>(cards.size()), points_text(lost, changed.unit), to_string(first)),
              fmt::format("--losses, --accept-loss {}", points), {{"points", std::to_string(lost.count)}});
}

}  // namespace

ProgramReceipt apply_program(const Context& context, const std::string& text, const std::string& file_name,
                             std::optional<Date> from, std::optional<Points> accepted_loss) {
  const domain::Program program = format::read_program(text, file_name);
  require_tests_hold(program, text, file_name);
  Operation operation(context, "program apply", InputDigest(context).add(text, from).finish());
  if (operation.replayed()) return replayed(context, operation.replayed());
  const Date today = today_in(context, program.zone);
  const auto existing = by_slug(context.store, program.slug);
  if (!existing) {
    ProgramReceipt receipt =
        open_program(operation, find_company(context.store, context.company), program, text, from.value_or(today));
    operation.commit();
    return receipt;
  }
  if (existing->kind != domain::name(program.kind))
    throw Error(Fault::refused,
                tr("the program {} is a {} program; its kind cannot become {}", existing->slug, existing->kind,
                   domain::name(program.kind)),
                tr("give the new program a slug of its own"));
  const auto versions = store::versions(context.store, existing->id);
  const domain::Program newest = format::read_program(versions.back().rules, existing->slug);
  if (newest.unit.scale != program.unit.scale)
    throw Error(Fault::refused,
                tr("the unit of {} has {} digits after the comma, and points that are out cannot change theirs to {}",
                   existing->slug, newest.unit.scale, program.unit.scale));
  ProgramReceipt receipt;
  receipt.program = *existing;
  receipt.version = versions.back().number;
  receipt.applies_from = versions.back().applies_from;
  if (versions.back().rules == text && (!from || *from == versions.back().applies_from)) {
    receipt.is_unchanged = true;
    return receipt;
  }
  if (from && *from < today)
    throw Error(Fault::refused, tr("rules cannot change for days that have passed; {} is before today, {}",
                                   to_string(*from), to_string(today)));
  require_accepted(context, program, accepted_loss);
  receipt.version += 1;
  receipt.applies_from = from.value_or(today);
  store::add_version(operation.journal(), {{}, existing->id, receipt.version, receipt.applies_from, text});
  if (program.donation) open_accounts(operation.journal(), *existing, program, today);
  if (existing->title != program.title) {
    receipt.program.title = program.title;
    store::update_program(operation.journal(), receipt.program);
  }
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
