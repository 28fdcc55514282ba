// SPDX-License-Identifier: MIT
#include "loyal/format/delimited.hpp"

#include <csv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "decoder.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "separator.hpp"
#include "utf8.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t record_bytes_max = 1'000'000;
/// libcsv's state in the middle of a field; it keeps the name to itself.
constexpr int state_in_field = 2;

/// The separator that a first line such as "sep=;" names, for Excel, and nothing without such a line.
std::optional<char> named_separator(std::string_view text) {
  const bool is_named = text.size() > 5 && text.starts_with("sep=") && (text[5] == '\r' || text[5] == '\n');
  if (!is_named) return std::nullopt;
  const char separator = text[4];
  const bool can_separate = separator == '\t' || (separator >= ' ' && separator <= '~' && separator != '"');
  return can_separate ? std::optional(separator) : std::nullopt;
}

std::string separator_name(char separator) {
  switch (separator) {
    case ' ':
      return tr("blanks");
    case '\t':
      return tr("tab");
    default:
      return visible(std::string(1, separator));
  }
}

}  // namespace

/// libcsv calls back for each field and each line end; the records of one piece of the file wait here until they are
/// asked for.
class DelimitedReader::Implementation {
 public:
  Implementation(std::unique_ptr<std::istream> owned, std::istream& in, std::string name, DelimitedOptions options);
  // The parser calls back by this address.
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  bool next(Row& row);
  const std::vector<std::string>& heading() const { return heading_; }
  char separator() const { return separator_; }
  const std::string& encoding() const { return decoder_.encoding(); }
  const std::string& source() const { return options_.source; }
  CsvStyle style() const {
    const bool is_translated = decoder_.encoding() != "UTF-8";
    return {separator_ == ' ' ? ',' : separator_, decoder_.has_mark() || is_translated || separator_ == ';', has_crlf_};
  }

 private:
  struct Field {
    std::size_t start = 0;
    std::size_t bytes = 0;
  };
  struct Parser : csv_parser {
    Parser() : csv_parser{} {
      // All line ends are asked for, empty lines' too: they are what is counted.
      if (csv_init(this, CSV_REPALL_NL | CSV_EMPTY_IS_NULL) != 0) throw std::bad_alloc();
    }
    ~Parser() { csv_free(this); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
  };
  struct Record {
    std::size_t line = 0;
    std::size_t first_field = 0;
    std::size_t fields = 0;
    std::optional<RowProblem> problem;
  };

  static void on_field(void* bytes, std::size_t count, void* self) {
    static_cast<Implementation*>(self)->add_field(static_cast<const char*>(bytes), count);
  }
  static void on_line_end(int byte, void* self) { static_cast<Implementation*>(self)->end_line(byte); }

  void start();
  void read_heading();
  bool read_record(Row& row);
  bool read_piece();
  void parse(std::string_view text);
  void finish();
  void forget_taken();
  void add_field(const char* bytes, std::size_t count);
  void check_field(std::string_view text);
  void end_line(int byte);
  void end_record();
  void note(std::size_t line, std::size_t column, std::string what);
  bool is_quote_open() const { return parser_.quoted != 0 && parser_.pstate == state_in_field; }
  std::size_t lines_in(std::string_view text) const;
  void check_size();
  void end_skipped();
  std::string_view skip_line(std::string_view text);
  void check_width(Row& row);

  std::unique_ptr<std::istream> owned_;
  std::string name_;
  DelimitedOptions options_;
  Decoder decoder_;
  Parser parser_;
  char separator_ = ',';
  std::vector<std::string> heading_;
  std::size_t width_ = 0;  ///< fields that a row must have; 0: not known yet

  std::string piece_;
  bool may_be_broken_ = false;  ///< bytes beyond ASCII, or NUL, have been seen
  bool is_finished_ = false;
  bool skips_line_ = false;
  std::optional<RowProblem> fatal_;  ///< found ahead of the records that still wait

  std::size_t line_ = 1;             ///< where the record that is being read starts
  std::size_t lines_in_record_ = 0;  ///< line ends in its fields so far
  int last_line_end_ = 0;
  bool has_crlf_ = false;
  std::optional<RowProblem> problem_;
  std::size_t first_field_ = 0;
  std::size_t first_byte_ = 0;
  std::string bytes_;
  std::vector<Field> fields_;
  std::vector<Record> records_;
  std::size_t taken_ = 0;
  std::vector<std::string_view> views_;
};

DelimitedReader::Implementation::Implementation(std::unique_ptr<std::istream> owned, std::istream& in, std::string name,
                                                DelimitedOptions options)
    : owned_(std::move(owned)),
      name_(std::move(name)),
      options_(std::move(options)),
      decoder_(in, name_, options_.encoding) {
  csv_set_blk_size(&parser_, 4096);
  start();
  if (options_.has_heading) read_heading();
}

void DelimitedReader::Implementation::start() {
  if (!decoder_.read(piece_)) {
    is_finished_ = true;
    return;
  }
  const std::optional<char> named = named_separator(piece_);
  separator_ = options_.separator ? *options_.separator
               : named            ? *named
                                  : guess_separator(piece_, decoder_.is_at_end());
  csv_set_delim(&parser_, static_cast<unsigned char>(separator_));
  if (named) piece_.erase(0, 5);  // its line end is left, and counted
  parse(piece_);
}

void DelimitedReader::Implementation::read_heading() {
  Row row;
  if (!read_record(row)) throw Error(Fault::usage, tr("{}: the file is empty", name_), options_.empty_hint);
  if (row.problem) throw Error(Fault::usage, fmt::format("{}:{}: {}", name_, row.problem->line, row.problem->what));
  for (const std::string_view field : row.fields) heading_.emplace_back(trim(field));
  width_ = heading_.size();
}

bool DelimitedReader::Implementation::next(Row& row) {
  if (!read_record(row)) return false;
  check_width(row);
  return true;
}

bool DelimitedReader::Implementation::read_record(Row& row) {
  while (taken_ == records_.size()) {
    if (fatal_) throw Error(Fault::usage, fmt::format("{}:{}: {}", name_, fatal_->line, fatal_->what));
    if (!read_piece()) return false;
  }
  Record& record = records_[taken_++];
  views_.clear();
  for (std::size_t place = 0; place < record.fields; ++place) {
    const Field& field = fields_[record.first_field + place];
    views_.emplace_back(bytes_.data() + field.start, field.bytes);
  }
  row.line = record.line;
  row.fields = views_;
  row.problem = std::move(record.problem);
  return true;
}

void DelimitedReader::Implementation::check_width(Row& row) {
  if (width_ == 0) width_ = row.fields.size();
  if (row.problem || row.fields.size() == width_) return;
  const auto is_empty = [](std::string_view field) { return field.empty(); };
  if (row.fields.size() > width_ &&
      std::all_of(row.fields.begin() + static_cast<std::ptrdiff_t>(width_), row.fields.end(), is_empty)) {
    row.fields = row.fields.first(width_);
    return;
  }
  const auto count = static_cast<long long>(row.fields.size());
  row.problem = RowProblem{row.line, 0, trn("{} field, and not {}", "{} fields, and not {}", count, width_)};
}

bool DelimitedReader::Implementation::read_piece() {
  if (is_finished_) return false;
  forget_taken();
  if (decoder_.read(piece_)) {
    parse(piece_);
  } else {
    is_finished_ = true;
    finish();
  }
  return true;
}

/// Keeps only the fields of the record that is being read.
void DelimitedReader::Implementation::forget_taken() {
  records_.clear();
  taken_ = 0;
  fields_.erase(fields_.begin(), fields_.begin() + static_cast<std::ptrdiff_t>(first_field_));
  for (Field& field : fields_) field.start -= first_byte_;
  bytes_.erase(0, first_byte_);
  first_field_ = 0;
  first_byte_ = 0;
}

void DelimitedReader::Implementation::parse(std::string_view text) {
  may_be_broken_ = may_be_broken_ || !is_ascii(text) || std::memchr(text.data(), '\0', text.size()) != nullptr;
  if (separator_ == ' ') std::replace(piece_.begin(), piece_.end(), '\t', ' ');
  if (skips_line_) text = skip_line(text);
  if (csv_parse(&parser_, text.data(), text.size(), on_field, on_line_end, this) != text.size())
    throw Error(Fault::failed, fmt::format("{}:{}: {}", name_, line_, csv_strerror(csv_error(&parser_))));
  check_size();
}

void DelimitedReader::Implementation::finish() {
  if (skips_line_) return end_skipped();
  if (is_quote_open()) {
    const std::size_t opened = line_ + lines_in_record_;
    const std::size_t last = opened + lines_in({reinterpret_cast<const char*>(parser_.entry_buf), parser_.entry_pos});
    const std::size_t column = fields_.size() - first_field_ + 1;
    note(opened, column, tr("a quote opens here that is not closed before the file ends at line {}", last));
    csv_fini(&parser_, nullptr, nullptr, nullptr);
    end_record();
    return;
  }
  csv_fini(&parser_, on_field, on_line_end, this);
}

/// Bounds what one record may take: past it, an open quote has swallowed the file, or the line is skipped.
void DelimitedReader::Implementation::check_size() {
  if (bytes_.size() - first_byte_ + parser_.entry_pos <= record_bytes_max) return;
  if (is_quote_open()) {
    fatal_ = RowProblem{line_ + lines_in_record_, 0,
                        tr("a quote opens here that is not closed within {} bytes", record_bytes_max)};
    is_finished_ = true;
    return;
  }
  csv_fini(&parser_, nullptr, nullptr, nullptr);
  bytes_.resize(first_byte_);
  fields_.resize(first_field_);
  skips_line_ = true;
}

void DelimitedReader::Implementation::end_skipped() {
  skips_line_ = false;
  note(line_, 0, tr("the record is longer than {} bytes", record_bytes_max));
  end_record();
}

std::string_view DelimitedReader::Implementation::skip_line(std::string_view text) {
  const std::size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos) return {};
  end_skipped();
  last_line_end_ = text[end];
  return text.substr(end + 1);
}

void DelimitedReader::Implementation::add_field(const char* bytes, std::size_t count) {
  if (bytes == nullptr && separator_ == ' ') return;  // a run of blanks is one separator
  const std::string_view text(bytes == nullptr ? "" : bytes, count);
  if (text.find('\n') != std::string_view::npos || text.find('\r') != std::string_view::npos)
    lines_in_record_ += lines_in(text);
  fields_.push_back({bytes_.size(), count});
  bytes_.append(text);
  if (may_be_broken_) check_field(text);
}

void DelimitedReader::Implementation::check_field(std::string_view text) {
  if (is_utf8(text)) return;
  const std::size_t column = fields_.size() - first_field_;
  if (text.find('\0') != std::string_view::npos)
    note(line_, column, tr("a NUL byte"));
  else
    note(line_, column, tr("bytes that are not {}", decoder_.encoding()));
}

void DelimitedReader::Implementation::end_line(int byte) {
  const bool is_empty = fields_.size() == first_field_;
  const bool is_second_half = byte == '\n' && last_line_end_ == '\r' && is_empty;
  last_line_end_ = byte;
  if (is_second_half) {
    has_crlf_ = true;
    last_line_end_ = 0;
    return;
  }
  if (is_empty)
    ++line_;
  else
    end_record();
}

void DelimitedReader::Implementation::end_record() {
  if (bytes_.size() - first_byte_ > record_bytes_max)
    note(line_, 0, tr("the record is longer than {} bytes", record_bytes_max));
  records_.push_back({line_, first_field_, fields_.size() - first_field_, std::move(problem_)});
  problem_.reset();
  line_ += lines_in_record_ + 1;
  lines_in_record_ = 0;
  first_field_ = fields_.size();
  first_byte_ = bytes_.size();
}

void DelimitedReader::Implementation::note(std::size_t line, std::size_t column, std::string what) {
  if (!problem_) problem_ = RowProblem{line, column, std::move(what)};
}

std::size_t DelimitedReader::Implementation::lines_in(std::string_view text) const {
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_pair = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (text[at] == '\n' || (text[at] == '\r' && !is_pair)) ++lines;
  }
  return lines;
}

DelimitedReader::DelimitedReader(const std::string& path, DelimitedOptions options) {
  errno = 0;
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) throw Error(Fault::failed, tr("cannot read {}: {}", path, std::strerror(errno)));
  std::istream& in = *file;
  implementation_ = std::make_unique<Implementation>(std::move(file), in, path, std::move(options));
}

DelimitedReader::DelimitedReader(std::istream& in, std::string name, DelimitedOptions options)
    : implementation_(std::make_unique<Implementation>(nullptr, in, std::move(name), std::move(options))) {}

DelimitedReader::~DelimitedReader() = default;
DelimitedReader::DelimitedReader(DelimitedReader&&) noexcept = default;
DelimitedReader& DelimitedReader::operator=(DelimitedReader&&) noexcept = default;

const std::vector<std::string>& DelimitedReader::heading() const {
  return implementation_->heading();
}
bool DelimitedReader::next(Row& row) {
  return implementation_->next(row);
}
char DelimitedReader::separator() const {
  return implementation_->separator();
}
const std::string& DelimitedReader::encoding() const {
  return implementation_->encoding();
}

CsvStyle DelimitedReader::style() const {
  return implementation_->style();
}

std::string DelimitedReader::description() const {
  if (const std::string& source = implementation_->source(); !source.empty()) return source;
  return tr("{}, separator {}", encoding(), separator_name(separator()));
}

}  // namespace loyal::format
