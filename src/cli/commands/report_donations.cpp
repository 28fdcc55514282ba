// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/funds.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string program, from, to;
};

/// Why presentations gave less than the rule says: "12 on an empty account, 3 over the month's cap".
std::string why_words(const store::DonationMonth& month) {
  std::string words;
  if (month.empty_account > 0) words = trn("{} on an empty account", "{} on an empty account", month.empty_account);
  if (month.month_cap > 0)
    words += (words.empty() ? "" : ", ") + trn("{} over the month's cap", "{} over the month's cap", month.month_cap);
  return words;
}

void report_donations(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const auto from = read_date(session, options.from);
  const auto to = read_date(session, options.to);
  session.list(
      tr("Donations"),
      {{"month", tr("Month"), Kind::identifier},
       {"program", tr("Program"), Kind::identifier},
       {"fund", tr("Fund"), Kind::identifier},
       {"fund_name", tr("Name"), Kind::name, Shown::wide_only},
       {"inn", tr("INN"), Kind::identifier, Shown::to_programs},
       {"presentations", tr("Presentations"), Kind::integer},
       {"without", tr("Gave nothing"), Kind::integer},
       {"donated", tr("Given"), Kind::money},
       {"paid_out", tr("Paid out"), Kind::money},
       {"left", tr("To pay out"), Kind::money},
       {"why", tr("Why less"), Kind::text, Shown::if_room},
       {"empty_account", "", Kind::integer, Shown::to_programs},
       {"month_cap", "", Kind::integer, Shown::to_programs},
       {"currency", "", Kind::text, Shown::to_programs}},
      [&](format::Sink& sink) {
        service::each_donation_month(context, options.program, from, to, [&sink](const service::DonationRow& row) {
          const store::DonationMonth& month = row.month;
          sink.row(std::vector<Cell>{
              month.month, row.program_slug, row.fund.slug, row.fund.name, text_or_absent(row.fund.inn),
              month.presentations, month.without, money(month.donated), money(month.paid_out), money(month.left),
              text_or_absent(why_words(month)), month.empty_account, month.month_cap, std::string("RUB")});
        });
      });
}

}  // namespace

void declare_report_donations(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Says by fund and month how often cards were presented, what was given away, what was paid out and what is "
         "left to pay at the month's end. A presentation that gave nothing is counted, and the reason is said: the "
         "account was empty, or the month's cap was reached."));
  verb.flag("--program", options.program, Value::program, N_("slug or title of one program"));
  verb.flag("--from", options.from, Value::date, N_("first day"));
  verb.flag("--to", options.to, Value::date, N_("last day"));
  verb.example("loyal report donations --from 2026-01-01 --to 2026-03-31");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { report_donations(session, options); });
}

}  // namespace loyal::cli
