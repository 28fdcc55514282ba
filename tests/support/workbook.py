# SPDX-License-Identifier: MIT
"""Looks an accountant's workbook over: sheets, panes, filters, formats; sums anew, by hand and by ssconvert (or by
LibreOffice, where the third argument is soffice), beside the values that stand in the file. Prints one line of figures; exits 1 with the first thing that is wrong."""
import csv
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl

path, folder = Path(sys.argv[1]), Path(sys.argv[2])
formulas = openpyxl.load_workbook(path)
values = openpyxl.load_workbook(path, data_only=True)
MONEY = "#,##0.00;[Red]-#,##0.00"


def expect(holds, what):
    if not holds:
        sys.exit(f"{path.name}: {what}")


def decimal(value):
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value or 0)


def compute_by_ssconvert():
    command = ["ssconvert", "--recalc", "-S", str(path), str(folder / "anew.csv")]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def compute_by_libreoffice():
    """LibreOffice believes the values in a file unless it is told to compute them on loading."""
    home = folder / "libreoffice"
    (home / "user").mkdir(parents=True, exist_ok=True)
    (home / "user" / "registrymodifications.xcu").write_text(
        """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>""")
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", every_sheet, "--outdir",
               str(folder), str(path)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def converted(number, title):
    """The sheet as it was computed anew."""
    name = f"{path.stem}-{title}.csv" if by_libreoffice else f"anew.csv.{number}"
    with open(folder / name, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def as_number(text):
    try:
        # A spreadsheet adds doubles: what it shows of them has two digits.
        return Decimal(text.replace(",", "")).quantize(Decimal("0.01"))
    except ArithmeticError:
        return text


by_libreoffice = sys.argv[3:] == ["soffice"]
compute_by_libreoffice() if by_libreoffice else compute_by_ssconvert()
sums = {}
for number, sheet in enumerate(formulas.worksheets):
    shown = values[sheet.title]
    rows = list(sheet.iter_rows())
    if number == 0:
        expect(len(sheet._charts) == 3, "the summary has not three charts")
        continue
    expect(sheet.freeze_panes == "A2", f"{sheet.title}: the heading is not frozen")
    expect(sheet.print_title_rows in ("1:1", "$1:$1"), f"{sheet.title}: the heading is not repeated in print")
    expect(sheet.page_setup.orientation == "landscape", f"{sheet.title}: not landscape")
    expect(all(cell.value for cell in rows[0]), f"{sheet.title}: a heading is blank")
    has_total = str(rows[-1][0].value) in ("Total", "Итого")
    last = len(rows) - (1 if has_total else 0)
    expect(sheet.auto_filter.ref.endswith(str(last)), f"{sheet.title}: the filter {sheet.auto_filter.ref} takes the total in")
    if not has_total:
        continue
    anew = converted(number, sheet.title)[last]
    for place, cell in enumerate(rows[-1]):
        if not str(cell.value).startswith("="):
            continue
        expect(re.fullmatch(rf"=SUBTOTAL\(9,[A-Z]+2(:[A-Z]+{last})?\)", cell.value), f"{sheet.title}: {cell.value}")
        by_hand = sum((decimal(row[place].value) for row in shown.iter_rows(min_row=2, max_row=last)), Decimal(0))
        cached = decimal(shown.cell(row=last + 1, column=place + 1).value)
        expect(by_hand == cached, f"{sheet.title}, {rows[0][place].value}: {cached} in the file, {by_hand} by hand")
        expect(as_number(anew[place]) == cached, f"{sheet.title}, {rows[0][place].value}: {anew[place]} anew")
        sums[sheet.title, rows[0][place].value] = cached
for sheet in formulas.worksheets[1:]:
    for row in sheet.iter_rows(min_row=2, max_row=3):
        for cell in row:
            if cell.is_date and cell.number_format == "General":
                sys.exit(f"{sheet.title}: {cell.coordinate} is no date")
paid = next(key for key in sums if key[1] in ("To pay", "К оплате"))
sheet = formulas[paid[0]]
place = [cell.value for cell in sheet[1]].index(paid[1])
expect(sheet[2][place].number_format == MONEY, f"money is {sheet[2][place].number_format}")
expect(sheet[2][0].number_format == "dd.mm.yyyy", f"dates are {sheet[2][0].number_format}")
print("|".join(sheet.title for sheet in formulas.worksheets))
print(len(list(sheet.iter_rows())) - 2, f"{sums[paid]:.2f}")
