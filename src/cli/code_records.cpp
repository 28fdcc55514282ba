// SPDX-License-Identifier: MIT
#include "loyal/cli/code_records.hpp"

namespace loyal::cli {

format::Record code_record(const service::CodeReceipt& receipt) {
  format::Record record;
  record.add("card", receipt.card.number);
  record.add("symbology", receipt.code.symbology);
  record.add("code", receipt.code.text);
  return record;
}

}  // namespace loyal::cli
