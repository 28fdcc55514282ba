# SPDX-License-Identifier: MIT
"""Writes the cells of the accountant's sheet of purchases by Python's XlsxWriter in constant memory, as bench_xlsx_floor
does by libxlsxwriter: xlsx_floor.py WORKBOOK ROWS."""
import sys

import xlsxwriter

FIRST_DAY = 45292  # 2024-01-01 as a workbook counts

rows = int(sys.argv[2])
workbook = xlsxwriter.Workbook(sys.argv[1], {"constant_memory": True})
sheet = workbook.add_worksheet()
date, clock, money, points = (workbook.add_format({"num_format": pattern}) for pattern in
                              ("dd.mm.yyyy", "hh:mm", "#,##0.00;[Red]-#,##0.00", "#,##0;[Red]-#,##0"))
for row in range(1, rows + 1):
    total = 50 + row * 7919 % 800_000 / 100
    sheet.write_number(row, 0, int(FIRST_DAY + row * 730 / rows), date)
    sheet.write_number(row, 1, row % 1440 / 1440, clock)
    sheet.write_string(row, 2, "sale")
    sheet.write_string(row, 3, str(row))
    sheet.write_string(row, 4, "Зерно")
    sheet.write_string(row, 6, f"2900000{row * 7919 % 1_000_000:06}")
    sheet.write_string(row, 8, "five")
    sheet.write_number(row, 9, total, money)
    sheet.write_number(row, 10, total / 20, money)
    sheet.write_number(row, 11, 0, money)
    sheet.write_number(row, 12, total - total / 20, money)
    sheet.write_number(row, 13, 0, money)
    sheet.write_number(row, 15, 0, points)
    sheet.write_number(row, 16, 0, points)
    sheet.write_number(row, 17, 0, money)
workbook.close()
