// SPDX-License-Identifier: MIT
#include <utility>

#include "column_choice.hpp"
#include "loyal/format/json.hpp"
#include "output.hpp"
#include "sinks.hpp"

namespace loyal::format {
namespace {

class JsonSink : public Sink {
 public:
  JsonSink(std::ostream& out, std::vector<Column> columns, const FormOptions& options)
      : out_(out), choice_(std::move(columns), options.columns, false), is_array_(options.form == Form::json) {
    for (std::size_t place = 0; place < choice_.size(); ++place) {
      std::string key = place == 0 ? "{" : ",";
      append_json_text(key, choice_.column(place).key);
      key += ':';
      keys_.push_back(std::move(key));
    }
  }

  void row(std::span<const Cell> cells) override {
    choice_.check(cells);
    std::string& text = out_.text();
    if (is_array_) text += has_rows_ ? ",\n" : "[\n";
    has_rows_ = true;
    for (std::size_t place = 0; place < choice_.size(); ++place) {
      text += keys_[place];
      append_json(text, choice_.cell(cells, place));
    }
    text += is_array_ ? "}" : "}\n";
    out_.settle();
  }

  void finish() override {
    if (is_array_) out_.text() += has_rows_ ? "\n]\n" : "[]\n";
    out_.finish();
  }

 private:
  Output out_;
  ColumnChoice choice_;
  bool is_array_;
  bool has_rows_ = false;
  std::vector<std::string> keys_;
};

}  // namespace

std::unique_ptr<Sink> make_json_sink(std::ostream& out, std::vector<Column> columns, const FormOptions& options) {
  return std::make_unique<JsonSink>(out, std::move(columns), options);
}

}  // namespace loyal::format
