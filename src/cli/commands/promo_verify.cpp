// SPDX-License-Identifier: MIT
#include <fstream>
#include <istream>
#include <iterator>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/vouchers.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string voucher, key_file, zone = "Europe/Moscow";
};

std::string text_of(const std::string& path) {
  constexpr std::size_t key_bytes_max = 4096;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(Fault::failed, tr("cannot read {}", visible(path)));
  std::string text(key_bytes_max, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

void promo_verify(Session& session, const Options& options) {
  std::string text = options.voucher;
  if (text == "-") std::getline(session.world().in, text);
  const Date today = Zone(options.zone).local(session.now()).date;
  const format::Voucher voucher = service::verified_voucher(std::string(trim(text)), text_of(options.key_file), today);
  format::Record record;
  record.add("code", tr("Code"), voucher.code).add("effect", tr("Gives"), name_cell(voucher.effect));
  record.add("value", voucher.value.empty() ? std::string{} : tr("Value"), text_or_absent(voucher.value));
  record.add("from", voucher.from ? tr("From") : std::string{}, date_or_absent(voucher.from));
  record.add("until", voucher.until ? tr("Through") : std::string{}, date_or_absent(voucher.until));
  record.add("issuer", tr("INN"), voucher.issuer);
  session.show(record);
}

}  // namespace

void declare_promo_verify(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Says whether a voucher is good, without a store: that the company signed it as it is, and that its days are "
         "these. Whether it was used before, only the store knows: give what was taken to `sale add --promo` later, "
         "voucher by voucher; a second use is refused there."));
  verb.operand(N_("VOUCHER"), options.voucher, Value::text, N_("the text of its QR; - reads it from stdin"));
  verb.flag("--public-key", options.key_file, Value::file, N_("what `promo key` printed")).required();
  verb.flag("--zone", options.zone, Value::text, N_("time zone of its days; Europe/Moscow unless given"));
  verb.example("loyal promo verify - --public-key vouchers.key");
  verb.can_end_with({Fault::refused});
  verb.runs([&options](Session& session) { promo_verify(session, options); });
}

}  // namespace loyal::cli
