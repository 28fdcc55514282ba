// SPDX-License-Identifier: MIT
#include "loyal/format/xlsx_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "xlsx_value.hpp"
#include "xml_document.hpp"
#include "zip_reader.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t small_part_bytes_max = std::size_t{8} << 20U;
constexpr std::size_t sheet_bytes_max = std::size_t{256} << 20U;
constexpr std::size_t rows_max = 1'048'576;
constexpr std::size_t columns_max = 1024;

int integer_of(std::string_view text, int otherwise) {
  int number = otherwise;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc{} && end == text.data() + text.size() ? number : otherwise;
}

/// A text in runs, without what tells how it is read aloud.
std::string rich_text(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (local_name(child) == "t") text += child.text().get();
    if (local_name(child) == "r") text += child_of(child, "t").text().get();
  }
  return text;
}

/// The column of "AB12", from 0.
std::size_t column_of(std::string_view reference, std::size_t otherwise) {
  std::size_t column = 0;
  for (const char letter : reference) {
    if (letter < 'A' || letter > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(letter - 'A') + 1;
    if (column > columns_max) break;
  }
  return column == 0 ? otherwise : column - 1;
}

/// A target of a part in "xl", or of the archive's root where it begins with a slash.
std::string resolved(const std::string& folder, const std::string& target) {
  return target.starts_with('/') ? target.substr(1) : folder + target;
}

}  // namespace

class XlsxReader::Implementation {
 public:
  explicit Implementation(const std::string& path) : path_(path), archive_(path) {
    const std::string workbook = target_of("_rels/.rels", "", "officeDocument", {}, "xl/workbook.xml");
    const std::size_t slash = workbook.rfind('/');
    folder_ = slash == std::string::npos ? std::string{} : workbook.substr(0, slash + 1);
    relations_ = folder_ + "_rels/" + workbook.substr(folder_.size()) + ".rels";
    const std::string sheet = read_workbook(workbook);
    read_styles();
    read_strings();
    load(sheet_document_, sheet, sheet_bytes_max);
    const pugi::xml_node data = child_of(sheet_document_.document_element(), "sheetData");
    row_ = data.first_child();
  }

  const std::string& sheet() const { return sheet_; }

  bool next(std::vector<std::string>& cells, std::size_t& number) {
    while (row_ && local_name(row_) != "row") row_ = row_.next_sibling();
    if (!row_) return false;
    const auto said = static_cast<std::size_t>(std::max(0, integer_of(row_.attribute("r").value(), 0)));
    number_ = std::max(number_ + 1, said);
    if (number_ > rows_max) refuse(tr("a sheet has at most {} rows", rows_max));
    number = number_;
    cells.clear();
    for (const pugi::xml_node& cell : row_.children())
      if (local_name(cell) == "c") take(cell, cells);
    row_ = row_.next_sibling();
    return true;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(Fault::usage, fmt::format("{}: {}", visible(path_), what));
  }

  /// Whether the part is there.
  bool load(pugi::xml_document& document, const std::string& part, std::size_t bytes_max, bool is_needed = true) {
    auto bytes = archive_.part(part, bytes_max);
    if (!bytes && is_needed) refuse(tr("it is no workbook: the part {} is missing", visible(part)));
    if (bytes) load_xml(document, std::move(*bytes), path_ + "/" + part);
    return bytes.has_value();
  }

  /// Where a relation of a kind (or of an id) leads; `otherwise` where there is none.
  std::string target_of(const std::string& relations, const std::string& folder, std::string_view kind,
                        const std::string& id, const std::string& otherwise) {
    pugi::xml_document document;
    if (!load(document, relations, small_part_bytes_max, false)) return otherwise;
    for (const pugi::xml_node& relation : document.document_element().children()) {
      const bool is_it = id.empty() ? std::string_view(relation.attribute("Type").value()).ends_with(kind)
                                    : id == relation.attribute("Id").value();
      if (is_it) return resolved(folder, relation.attribute("Target").value());
    }
    return otherwise;
  }

  /// Answers the part of the first sheet.
  std::string read_workbook(const std::string& part) {
    pugi::xml_document document;
    load(document, part, small_part_bytes_max);
    const pugi::xml_node top = document.document_element();
    counts_from_1904_ = child_of(top, "workbookPr").attribute("date1904").as_bool();
    const pugi::xml_node sheet = child_of(child_of(top, "sheets"), "sheet");
    if (!sheet) refuse(tr("it has no sheet"));
    sheet_ = sheet.attribute("name").value();
    std::string id;
    for (const pugi::xml_attribute& attribute : sheet.attributes())
      if (std::string_view(attribute.name()).ends_with(":id")) id = attribute.value();
    return target_of(relations_, folder_, "worksheet", id, folder_ + "worksheets/sheet1.xml");
  }

  void read_styles() {
    pugi::xml_document document;
    if (!load(document, target_of(relations_, folder_, "/styles", {}, folder_ + "styles.xml"), small_part_bytes_max,
              false))
      return;
    std::map<int, std::string> codes;
    const pugi::xml_node top = document.document_element();
    for (const pugi::xml_node& format : child_of(top, "numFmts").children())
      codes[format.attribute("numFmtId").as_int()] = format.attribute("formatCode").value();
    for (const pugi::xml_node& style : child_of(top, "cellXfs").children()) {
      const int format = style.attribute("numFmtId").as_int();
      const auto code = codes.find(format);
      kinds_.push_back(number_kind(format, code == codes.end() ? std::string_view{} : code->second));
    }
  }

  void read_strings() {
    pugi::xml_document document;
    if (!load(document, target_of(relations_, folder_, "/sharedStrings", {}, folder_ + "sharedStrings.xml"),
              sheet_bytes_max, false))
      return;
    for (const pugi::xml_node& text : document.document_element().children())
      if (local_name(text) == "si") strings_.push_back(rich_text(text));
  }

  void take(const pugi::xml_node& cell, std::vector<std::string>& cells) {
    const std::size_t column = column_of(cell.attribute("r").value(), cells.size());
    if (column >= columns_max) refuse(tr("a table has at most {} columns", columns_max));
    if (column < cells.size() && !cells[column].empty()) refuse(tr("a cell of row {} is there twice", number_));
    std::string text = text_in(cell);
    if (text.empty()) return;
    if (column >= cells.size()) cells.resize(column + 1);
    cells[column] = std::move(text);
  }

  std::string text_in(const pugi::xml_node& cell) const {
    const std::string_view type = cell.attribute("t").value();
    const std::string_view value = child_of(cell, "v").text().get();
    if (type == "inlineStr") return rich_text(child_of(cell, "is"));
    if (type == "s") {
      const int place = integer_of(value, -1);
      if (place < 0 || static_cast<std::size_t>(place) >= strings_.size())
        refuse(tr("a cell of row {} names a text that is not there", number_));
      return strings_[static_cast<std::size_t>(place)];
    }
    if (type == "b") return value == "1" ? "true" : "false";
    if (!type.empty() && type != "n") return std::string(value);
    const auto style = static_cast<std::size_t>(std::max(0, cell.attribute("s").as_int()));
    return cell_text(value, style < kinds_.size() ? kinds_[style] : NumberKind::number, counts_from_1904_);
  }

  std::string path_;
  ZipReader archive_;
  std::string folder_, relations_, sheet_;
  bool counts_from_1904_ = false;
  std::vector<NumberKind> kinds_;
  std::vector<std::string> strings_;
  pugi::xml_document sheet_document_;
  pugi::xml_node row_;
  std::size_t number_ = 0;
};

XlsxReader::XlsxReader(const std::string& path) : implementation_(std::make_unique<Implementation>(path)) {}
XlsxReader::~XlsxReader() = default;
XlsxReader::XlsxReader(XlsxReader&&) noexcept = default;
XlsxReader& XlsxReader::operator=(XlsxReader&&) noexcept = default;

const std::string& XlsxReader::sheet() const {
  return implementation_->sheet();
}
bool XlsxReader::next(std::vector<std::string>& cells, std::size_t& number) {
  return implementation_->next(cells, number);
}

bool is_archive(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 4> start{};
  return file.read(start.data(), start.size()) && std::string_view(start.data(), start.size()) == "PK\x03\x04";
}

std::string sheet_as_text(XlsxReader& reader) {
  std::string text;
  std::vector<std::string> cells;
  std::size_t number = 0;
  for (std::size_t line = 1; reader.next(cells, number); ++line) {
    for (; line < number; ++line) text += '\n';
    for (std::size_t place = 0; place < cells.size(); ++place) {
      if (place > 0) text += ';';
      text += '"';
      for (const char letter : cells[place]) {
        if (letter == '"') text += '"';
        // A line is a row: its number is told to people.
        text += letter == '\n' || letter == '\r' ? ' ' : letter;
      }
      text += '"';
    }
    text += '\n';
  }
  return text;
}

}  // namespace loyal::format
