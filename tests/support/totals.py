# SPDX-License-Identifier: MIT
"""Counts and adds up the purchases of sales.xlsx (openpyxl), of again.csv (what ssconvert made of it) and of sales.csv."""
import csv
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl

folder = Path(sys.argv[1])
book = openpyxl.load_workbook(folder / "sales.xlsx", read_only=True)
rows = list(book.worksheets[0].iter_rows(values_only=True))
place = rows[0].index("Total")
workbook = [Decimal(repr(row[place])).quantize(Decimal("0.01")) for row in rows[1:]]
with open(folder / "again.csv", newline="", encoding="utf-8") as file:
    converted = [Decimal(row["Total"].replace(",", "")) for row in csv.DictReader(file)]
with open(folder / "sales.csv", newline="", encoding="utf-8") as file:
    plain = [Decimal(row["total"]) / 100 for row in csv.DictReader(file)]
print(" ".join(f"{len(amounts)} {sum(amounts):.2f}" for amounts in (workbook, converted, plain)))
