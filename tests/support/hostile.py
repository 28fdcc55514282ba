# SPDX-License-Identifier: MIT
"""Takes strings as customers' names through the store and every form in which loyal writes them, and back into a second store."""
import csv
import json
import subprocess
import sys
from pathlib import Path

import openpyxl

loyal, strings_path, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
strings = json.load(open(strings_path, encoding="utf-8"))
assert len(strings) > 500, "the list has become short"


def run(store, *words, codes=(0,)):
    done = subprocess.run([loyal, "--db", folder / store, "-q", *words], capture_output=True)
    assert done.returncode in codes, (words, done.returncode, done.stderr.decode(errors="replace"))
    return done.stdout


def open_store(store, names):
    """A store with one customer for each name; the names that were taken."""
    run(store, "init")
    run(store, "company", "add", "--inn", "7707083893", "--ogrn", "1027700132195", "--name", "Зерно")
    path = folder / (store + ".csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "tags"])
        # A tag of its own keeps strings apart that differ only in what a name does not keep.
        writer.writerows([name, f"n{number}"] for number, name in enumerate(names))
    answer = json.loads(run(store, "import", "customers", path, "--separator", ",", "--encoding", "utf-8", "--json", codes=(0, 3)))
    return answer


report = open_store("first.db", strings)
people = json.loads(run("first.db", "customer", "list", "--json"))
names = sorted(person["name"] or "" for person in people)
assert len(names) > 400, f"only {len(names)} of {len(strings)} names were taken: {report}"

table = run("first.db", "customer", "list").decode("utf-8")
bad = {f"U+{ord(letter):04X}" for letter in table if ord(letter) < 32 and letter != "\n" or 127 <= ord(letter) < 160}
assert not bad, f"the table passes control characters on: {bad}"

run("first.db", "customer", "list", "-o", folder / "names.csv")
with open(folder / "names.csv", newline="", encoding="utf-8") as file:
    assert sorted(row["name"] for row in csv.DictReader(file)) == names, "CSV changes names"

run("first.db", "customer", "list", "-o", folder / "names.xlsx")
sheet = openpyxl.load_workbook(folder / "names.xlsx", read_only=True).worksheets[0]
rows = list(sheet.iter_rows(values_only=True))
place = rows[0].index("Full name")
in_workbook = sorted((row[place] or "") for row in rows[1:])
differing = [(a, b) for a, b in zip(names, in_workbook) if a != b and a.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") != b]
assert len(in_workbook) == len(names) and not differing, f"the workbook changes names: {differing[:5]}"

open_store("second.db", [person["name"] or "" for person in people])
again = sorted(person["name"] or "" for person in json.loads(run("second.db", "customer", "list", "--json")))
assert again == names, "a second way through a store changes names"
for store in ("first.db", "second.db"):
    run(store, "doctor")
print(f"{len(names)} of {len(strings)} strings were taken as names; the others were refused with a reason")
