// SPDX-License-Identifier: MIT
#include "loyal/cli/report.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::cli {
namespace {

constexpr int bug_code = 70;

int report(std::ostream& err, int code, std::string_view kind, const std::string& message, const std::string& hint,
           const Details& details, bool as_json) {
  if (as_json) {
    nlohmann::ordered_json object;
    object["code"] = code;
    object["kind"] = kind;
    object["message"] = message;
    if (hint.empty())
      object["hint"] = nullptr;
    else
      object["hint"] = hint;
    object["details"] = nlohmann::ordered_json::object();
    for (const auto& [key, value] : details) object["details"][key] = value;
    err << object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  } else {
    err << tr("loyal: error: {}", visible(message)) << '\n';
    if (!hint.empty()) err << tr("loyal: hint: {}", visible(hint)) << '\n';
  }
  err.flush();
  return code;
}

}  // namespace

int report_error(std::ostream& err, const Error& error, bool as_json) {
  return report(err, exit_code(error.fault()), name(error.fault()), error.what(), error.hint(), error.details(),
                as_json);
}

format::Record error_record(const Error& error) {
  format::Record record;
  record.add("code", std::int64_t{exit_code(error.fault())});
  record.add("kind", std::string(name(error.fault())));
  record.add("message", std::string(error.what()));
  record.add("hint", error.hint().empty() ? format::Cell{} : format::Cell{error.hint()});
  return record;
}

int report_bug(std::ostream& err, const std::string& what, bool as_json) {
  return report(err, bug_code, "bug", tr("this is a bug in loyal: {}", what),
                tr("please report it with the command line and what this prints: loyal --version"), {}, as_json);
}

}  // namespace loyal::cli
