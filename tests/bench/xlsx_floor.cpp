// SPDX-License-Identifier: MIT
#include <xlsxwriter.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

constexpr std::array headings{"Time",     "Receipt",     "Till", "Shop",     "Card",  "Holder", "Program",  "Total",
                              "Discount", "Points paid", "Paid", "Returned", "Spent", "Earned", "Operation"};
constexpr double first_day = 45292;  // 2024-01-01 as a workbook counts

lxw_format* number_format(lxw_workbook* workbook, const char* pattern) {
  lxw_format* const format = workbook_add_format(workbook);
  format_set_num_format(format, pattern);
  return format;
}

/// The cells of a list of sales as it comes from an import: no till, no holder, no discount, nothing spent or returned.
void write_sales(lxw_workbook* workbook, lxw_worksheet* sheet, lxw_row_t rows) {
  lxw_format* const time = number_format(workbook, "dd.mm.yyyy hh:mm:ss");
  lxw_format* const money = number_format(workbook, "#,##0.00");
  lxw_format* const points = number_format(workbook, "#,##0");
  for (lxw_col_t column = 0; column < headings.size(); ++column)
    worksheet_write_string(sheet, 0, column, headings[column], nullptr);
  for (lxw_row_t row = 1; row <= rows; ++row) {
    const double total = 50 + (row * 7919U % 800'000U) / 100.0;
    const std::string receipt = std::to_string(row);
    std::array<char, 14> card{};
    std::snprintf(card.data(), card.size(), "2900000%06u", row * 7919U % 1'000'000U);
    worksheet_write_number(sheet, row, 0, first_day + row * 730.0 / rows, time);
    worksheet_write_string(sheet, row, 1, receipt.c_str(), nullptr);
    worksheet_write_string(sheet, row, 3, "zerno", nullptr);
    worksheet_write_string(sheet, row, 4, card.data(), nullptr);
    worksheet_write_string(sheet, row, 6, "coffee", nullptr);
    worksheet_write_number(sheet, row, 7, total, money);
    worksheet_write_number(sheet, row, 8, 0, money);
    worksheet_write_number(sheet, row, 9, 0, money);
    worksheet_write_number(sheet, row, 10, total, money);
    worksheet_write_number(sheet, row, 11, 0, money);
    worksheet_write_number(sheet, row, 12, 0, points);
    worksheet_write_number(sheet, row, 13, static_cast<int>(total / 20), points);
    worksheet_write_number(sheet, row, 14, 5, nullptr);
  }
}

/// The cells of the accountant's sheet of purchases, under a program of discounts.
void write_documents(lxw_workbook* workbook, lxw_worksheet* sheet, lxw_row_t rows) {
  lxw_format* const date = number_format(workbook, "dd.mm.yyyy");
  lxw_format* const clock = number_format(workbook, "hh:mm");
  lxw_format* const money = number_format(workbook, "#,##0.00;[Red]-#,##0.00");
  lxw_format* const points = number_format(workbook, "#,##0;[Red]-#,##0");
  for (lxw_row_t row = 1; row <= rows; ++row) {
    const double total = 50 + (row * 7919U % 800'000U) / 100.0;
    const std::string receipt = std::to_string(row);
    std::array<char, 14> card{};
    std::snprintf(card.data(), card.size(), "2900000%06u", row * 7919U % 1'000'000U);
    worksheet_write_number(sheet, row, 0, static_cast<int>(first_day + row * 730.0 / rows), date);
    worksheet_write_number(sheet, row, 1, (row % 1440) / 1440.0, clock);
    worksheet_write_string(sheet, row, 2, "sale", nullptr);
    worksheet_write_string(sheet, row, 3, receipt.c_str(), nullptr);
    worksheet_write_string(sheet, row, 4, "Зерно", nullptr);
    worksheet_write_string(sheet, row, 6, card.data(), nullptr);
    worksheet_write_string(sheet, row, 8, "five", nullptr);
    worksheet_write_number(sheet, row, 9, total, money);
    worksheet_write_number(sheet, row, 10, total / 20, money);
    worksheet_write_number(sheet, row, 11, 0, money);
    worksheet_write_number(sheet, row, 12, total - total / 20, money);
    worksheet_write_number(sheet, row, 13, 0, money);
    worksheet_write_number(sheet, row, 15, 0, points);
    worksheet_write_number(sheet, row, 16, 0, points);
    worksheet_write_number(sheet, row, 17, 0, money);
  }
}

}  // namespace

/// Writes the cells of a list of sales, or of the accountant's sheet of purchases, by a bare loop in constant memory:
/// bench_xlsx_floor WORKBOOK ROWS [documents].
int main(int count, char** words) {
  if (count < 3 || count > 4) {
    std::fputs("usage: bench_xlsx_floor WORKBOOK ROWS [documents]\n", stderr);
    return 2;
  }
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* const workbook = workbook_new_opt(words[1], &options);
  lxw_worksheet* const sheet = workbook_add_worksheet(workbook, nullptr);
  const auto rows = static_cast<lxw_row_t>(std::strtoul(words[2], nullptr, 10));
  if (count == 4)
    write_documents(workbook, sheet, rows);
  else
    write_sales(workbook, sheet, rows);
  const lxw_error error = workbook_close(workbook);
  if (error != LXW_NO_ERROR) std::fprintf(stderr, "bench_xlsx_floor: %s\n", lxw_strerror(error));
  return error == LXW_NO_ERROR ? 0 : 1;
}
