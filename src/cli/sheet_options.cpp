// SPDX-License-Identifier: MIT
#include "loyal/cli/sheet_options.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string_view>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/verb.hpp"
#include "loyal/service/companies.hpp"

namespace loyal::cli {
namespace {

constexpr int dpi_usual = 300;
constexpr const char* grid_example = "loyal code sheet --grid 3x8 --label 70x37 -o cards.pdf";

std::vector<std::string> layout_names() {
  std::vector<std::string> names;
  for (const format::SheetLayout& layout : format::sheet_layouts()) names.push_back(layout.name);
  return names;
}

format::SheetLayout layout_of(const SheetFlags& flags) {
  const auto& grid = flags.grid;
  if (!grid.grid.empty() && !flags.layout.empty())
    throw Error(Fault::usage, tr("--layout and --grid are two ways to say the same"), grid_example);
  if (!grid.grid.empty()) return format::sheet_layout_of(grid);
  if (!grid.label.empty() || !grid.margin.empty() || !grid.gap.empty())
    throw Error(Fault::usage, tr("--label, --margin and --gap are of a grid of one's own: --grid is missing"),
                grid_example);
  return flags.layout.empty() ? format::SheetLayout{} : format::sheet_layout_named(flags.layout);
}

void read_symbologies(const SheetFlags& flags, format::SheetOptions& sheet) {
  for (std::size_t index = 0; index < flags.symbologies.size(); ++index) {
    const auto& name = flags.symbologies[index];
    if (std::find(flags.symbologies.begin(), flags.symbologies.begin() + static_cast<std::ptrdiff_t>(index), name) !=
        flags.symbologies.begin() + static_cast<std::ptrdiff_t>(index))
      throw Error(Fault::usage, tr("--symbology names {} twice", name));
    const auto symbology = format::symbology_named(name);
    if (index == 0)
      sheet.symbology = symbology;
    else
      sheet.further_symbologies.push_back(symbology);
  }
}

format::Look look_of(Session& session, const SheetFlags& flags, CompanyId company) {
  format::Look look;
  if (company && !flags.plain) look = service::company_look(session.reading().store, company);
  // A background of one's own may ask for another colour of texts than the company's.
  if (!flags.background.empty()) look.colour.reset();
  if (!flags.logo.empty()) look.logo = format::read_logo(flags.logo);
  if (!flags.colour.empty()) look.colour = format::colour_of(flags.colour);
  if (!flags.background.empty()) look.background = format::colour_of(flags.background);
  return look;
}

/// cards.pdf has cards.manifest.csv beside it; a device has no place beside it.
std::string manifest_path_of(const std::string& path) {
  if (path.starts_with("/dev/")) return {};
  return path.substr(0, path.rfind('.')) + ".manifest.csv";
}

/// “2-3,5” as pages from 1.
std::vector<std::pair<std::size_t, std::size_t>> ranges_of(const std::string& text) {
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  const auto number = [&](std::string_view digits) {
    std::size_t value = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc{} || stop != end || value == 0)
      throw Error(Fault::usage, tr("--pages: “{}” is not like 2-3,5", visible(text)));
    return value;
  };
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto part = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const auto dash = part.find('-');
    const auto first = number(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : number(part.substr(dash + 1));
    if (first > last) throw Error(Fault::usage, tr("--pages: “{}” runs backwards", std::string(part)));
    ranges.emplace_back(first, last);
  }
  return ranges;
}

/// Leaves the labels of these pages, each at the place it had.
void keep_pages(std::vector<format::SheetLabel>& labels, const SheetFlags& flags, const format::SheetOptions& sheet) {
  if (flags.pages.empty()) return;
  if (sheet.first_place > 0) throw Error(Fault::usage, tr("--pages prints pages as they were; --start moves them"));
  const bool two_sided = sheet.layout.paper == format::Paper::card;
  const auto per_page = static_cast<std::size_t>(sheet.layout.labels());
  const std::size_t pages = (labels.size() + per_page - 1) / per_page * (two_sided ? 2 : 1);
  const auto ranges = ranges_of(flags.pages);
  for (const auto& [first, last] : ranges)
    if (last > pages)
      throw Error(Fault::usage, tr("there is no page {}: the sheet has {}", last,
                                   trn("{} page", "{} pages", static_cast<std::int64_t>(pages))));
  std::size_t index = 0;
  std::erase_if(labels, [&](const format::SheetLabel&) {
    const std::size_t page = index++ / per_page + 1;
    // A plastic card is printed on both sides, whichever was spoiled.
    return std::ranges::none_of(ranges, [&](const auto& range) {
      const auto [first, last] = range;
      return two_sided ? page >= (first + 1) / 2 && page <= (last + 1) / 2 : page >= first && page <= last;
    });
  });
}

}  // namespace

void declare_sheet_flags(Verb& verb, SheetFlags& flags) {
  verb.flag("--symbology", flags.symbologies, Value::choice,
            N_("qr unless given; ean13 takes 13 digits; several with commas between stand side by side"))
      .one_of(format::symbology_names())
      .listed()
      .called("NAME,…");
  verb.flag(
          "--layout", flags.layout, Value::choice,
          N_("a grid of labels on A4, label paper by its number, plastic cards (cr80) or a receipt printer's roll; 3x8 "
             "unless given"))
      .one_of(layout_names())
      .called("NAME");
  verb.flag("--grid", flags.grid.grid, Value::text, N_("a grid of one's own on A4: columns x rows")).called("3x8");
  verb.flag("--label", flags.grid.label, Value::text,
            N_("the size of its labels, width x height in mm; they fill the page unless given"))
      .called("70x37");
  verb.flag("--margin", flags.grid.margin, Value::text,
            N_("white at the left and above in mm; the grid stands in the middle unless given"))
      .called("0x0.5");
  verb.flag("--gap", flags.grid.gap, Value::text, N_("between labels, across and down in mm; none unless given"))
      .called("2.5x0");
  verb.flag("--start", flags.start, Value::number, N_("the place of the first label on a page that was begun before"));
  verb.flag("--pages", flags.pages, Value::text, N_("only these pages of the sheet, printed again: 2-3,5"))
      .called("PAGES");
  verb.flag("--no-marks", flags.no_marks, N_("no marks to cut along"));
  verb.flag("--dpi", flags.dpi, Value::number, N_("the resolution of a PNG; 300 unless given"));
  verb.flag("--title", flags.title, Value::text, N_("in bold on each label; the program's title unless given"));
  verb.flag("--line", flags.lines, Value::text, N_("a further line on each label; may be given several times"));
  verb.flag("--logo", flags.logo, Value::file, N_("a PNG or JPEG image on each label; the company's unless given"));
  verb.flag("--color", flags.colour, Value::text, N_("of the texts: #1a7f37, red, blue …")).called("COLOR");
  verb.flag("--background", flags.background, Value::text, N_("of the labels; symbols stay black on white"))
      .called("COLOR");
  verb.flag("--plain", flags.plain, N_("without the company's logo and colours"));
  verb.flag("--no-verify", flags.no_verify, N_("do not read the symbols back"));
  verb.flag("--no-manifest", flags.no_manifest, N_("no CSV file of what stands where beside the sheet"));
}

std::string taken_sheet_path(Session& session, const std::string& example) {
  std::string path = session.take_output_path(tr("the file for the sheet is missing"), example);
  format::sheet_form_of(path);
  return path;
}

void write_sheet(Session& session, const SheetFlags& flags, const std::string& path, SheetBatch batch) {
  auto& labels = batch.labels;
  format::SheetOptions sheet;
  sheet.form = format::sheet_form_of(path);
  if (flags.dpi && sheet.form != format::SheetForm::png)
    throw Error(Fault::usage, tr("--dpi is of a PNG; {} is drawn in lines, for any resolution", visible(path)));
  read_symbologies(flags, sheet);
  sheet.layout = layout_of(flags);
  const auto whole = [](std::int64_t number) {
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    return static_cast<int>(std::clamp(number, -most, most));
  };
  sheet.first_place = whole(flags.start.value_or(1)) - 1;
  sheet.dpi = whole(flags.dpi.value_or(dpi_usual));
  sheet.look = look_of(session, flags, batch.company);
  sheet.created = batch.created;
  sheet.cut_marks = !flags.no_marks;
  sheet.read_back = !flags.no_verify;
  if (!flags.no_manifest) sheet.manifest_path = manifest_path_of(path);
  keep_pages(labels, flags, sheet);
  for (auto& label : labels) {
    if (!flags.title.empty()) label.title = flags.title;
    label.lines.insert(label.lines.end(), flags.lines.begin(), flags.lines.end());
  }
  sheet.title = labels.empty() ? std::string{} : labels.front().title;
  const auto total = static_cast<std::int64_t>(labels.size());
  std::size_t place = 0;
  const format::SheetReceipt receipt = format::write_sheet(path, sheet, [&](format::SheetLabel& label) {
    if (place == labels.size()) return false;
    session.progress(tr("labels"), static_cast<std::int64_t>(place), total);
    label = labels[place++];
    return true;
  });
  std::string names(format::traits(sheet.symbology).name);
  for (const auto symbology : sheet.further_symbologies) names += "," + std::string(format::traits(symbology).name);
  format::Record record;
  record.add("file", receipt.files.front()).add("labels", receipt.labels).add("pages", receipt.pages);
  record.add("symbology", names).add("layout", sheet.layout.name).add("verified", sheet.read_back);
  record.add("files", static_cast<std::int64_t>(receipt.files.size()));
  record.add("manifest", sheet.manifest_path.empty() ? format::Cell{} : format::Cell{sheet.manifest_path});
  const std::string file =
      receipt.files.size() == 1 ? receipt.files.front() : tr("{} to {}", receipt.files.front(), receipt.files.back());
  session.answer(tr("{} written: {}, {}", file, trn("{} label", "{} labels", receipt.labels),
                    trn("{} page", "{} pages", receipt.pages)),
                 record);
}

}  // namespace loyal::cli
