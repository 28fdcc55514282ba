// SPDX-License-Identifier: MIT
#include <set>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/domain/promo_pattern.hpp"
#include "loyal/service/campaigns.hpp"
#include "loyal/service/import_people.hpp"

namespace loyal::service {
namespace {

/// Codes of another maker are taken as they are: their look says nothing of how they were made.
class CodeTaker {
 public:
  CodeTaker(const TableRun& run, const store::Campaign& campaign, ImportPlan& plan)
      : run_(run), campaign_(campaign), plan_(plan), finder_(run.context().store, campaign.company) {}

  void take(const TableRow& row) {
    const std::string text = row.text("code");
    const std::string folded = domain::fold_code(text);
    if (folded.empty()) throw BadRow{tr("no code"), "code"};
    constexpr std::size_t longest = 40;
    if (text.size() > longest || visible(text) != text || tidy_name(text) != text)
      throw BadRow{tr("\"{}\" is no code: letters and digits are, at most {} bytes", visible(text), longest), "code"};
    if (!domain::is_decent(folded))
      throw BadRow{tr("\"{}\" would spell a word that no shop prints", visible(text)), "code"};
    const auto words = [&text] { return text; };
    if (const auto found = store::promo_code(run_.context().store, folded);
        found && found->batch.campaign == campaign_.id)
      return plan_.skipped.take(row.line(), words);
    if (store::is_code_taken(run_.context().store, folded))
      throw BadRow{tr("\"{}\" is a code of this store already", visible(text)), "code", true};
    if (!seen_.insert(folded).second) return plan_.skipped.take(row.line(), words);
    const std::string customer = row.text("customer");
    codes_.push_back({folded, customer.empty() ? CustomerId{} : finder_.find(customer, "customer").id, text});
    plan_.created.take(row.line(), words);
  }

  std::vector<store::PromoCode>& codes() { return codes_; }

 private:
  const TableRun& run_;
  const store::Campaign& campaign_;
  ImportPlan& plan_;
  PeopleFinder finder_;
  std::set<std::string> seen_;
  std::vector<store::PromoCode> codes_;
};

}  // namespace

const std::vector<ImportField>& promo_code_fields() {
  static const std::vector<ImportField> fields = {
      {"code",
       {"code", "promo", "promo code", "promocode", "coupon", "voucher", "код", "промокод", "промо код", "купон",
        "сертификат"},
       true},
      {"customer",
       {"customer", "phone", "email", "телефон", "номер телефона", "почта", "клиент", "покупатель", "фио", "name"},
       false},
  };
  return fields;
}

TableReceipt import_promo_codes(const Context& given, const TableImport& request, const std::string& name,
                                const ImportNote& note, const ImportProgress& progress) {
  TableRun run(given, request, promo_code_fields(), {}, "loyal import promo", note, progress);
  Operation operation(run.context(), "import promo", InputDigest(given).add(run.digest(), name).finish());
  if (operation.replayed()) {
    TableReceipt receipt;
    receipt.operation = operation.replayed();
    receipt.is_replayed = true;
    return receipt;
  }
  const store::Campaign campaign = find_campaign(given, name);
  CodeTaker taker(run, campaign, run.receipt().plan);
  run.each_row(tr("adding"), [&taker](const TableRow& row) { taker.take(row); });
  if (!taker.codes().empty()) {
    store::PromoBatch batch;
    batch.campaign = campaign.id;
    store::add_promo_batch(operation.journal(), batch, taker.codes(),
                           [](const store::PromoCode& taken) { return taken; });
  }
  return run.finish(operation);
}

}  // namespace loyal::service
