#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures loyal beside floors: bare programs that do the same work. Run it by run.sh, which builds both."""

import argparse
import itertools
import json
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass

NOW = "2026-11-01T09:00:00Z"
LAST_NIGHT = "2026-01-31"  # all points of 2024 are past their day by then, under both programs
COMPANY = ["--inn", "7707083893", "--ogrn", "1027700132195", "--email", "a@b.ru", "--name", "Зерно", "--slug", "zerno"]
PROGRAM = """slug = "coffee"
title = "Coffee"
kind = "bonus"
[[earn]]
rate = "5%"
[expiry]
after = "12m"
"""
DISCOUNT_PROGRAM = """slug = "coffee"
title = "Coffee"
kind = "discount"
[[discount]]
rate = "5%"
"""
# What an export to 1C tells of each purchase.
ACCOUNTING_ROWS = """select sale.receipt, sale.document_date, sale.document_time, shop.name, card.number, customer.name,
sale.total, sale.discount, sale.points_money, sale.paid, sale.earned, sale.spent, entry.date, entry.valid_through
from sale join shop on shop.id = sale.shop_id join card on card.id = sale.card_id
left join customer on customer.id = card.customer_id left join entry on entry.card_id = sale.card_id and entry.sale_id = sale.id
order by sale.document_date, sale.id;
"""
# Twenty rules, tiers and caps: what a shop that tries everything would write.
MANY_RULES = """slug = "coffee"
title = "Coffee"
kind = "bonus"
[limits]
per_sale = 5000
per_day = { sales = 5 }
per_month = { points = 100000 }
[tiers]
window = "365d"
[[tier]]
name = "silver"
enter = "500.00"
rate = "7%"
[[tier]]
name = "gold"
enter = "2000.00"
rate = "10%"
[expiry]
after = "12m"
[[earn]]
rate = "5%"
""" + "".join(f"""[[earn]]
rate = "{number}%"
categories = ["c{number}", "d{number}"]
min_amount = "{number * 10}.00"
""" for number in range(1, 10)) + "".join(f"""[[earn]]
rate = "{number + 3}%"
weekdays = ["mon", "sat"]
hours = "{number:02}:00-{number + 1:02}:00"
""" for number in range(1, 10)) + """[[earn]]
points = 3
per = "visit"
first_purchase = true
"""
EXPIRE_FLOOR = f"""pragma synchronous = full; pragma cache_size = -65536;
begin immediate;
insert into entry (card, lot, kind, points, date)
  select card, id, 'expire', -points, date(valid_through, '+1 day') from lot where valid_through < '{LAST_NIGHT}';
delete from lot where valid_through < '{LAST_NIGHT}';
commit;"""
# What one sale writes: three rows and the operation that they belong to.
SALE_FLOOR = """pragma synchronous = full;
begin immediate;
insert into sale (operation_id, company_id, shop_id, till, receipt, receipt_day, generation, card_id, program_version_id,
    document_date, document_time, points_date, total, discount, points_money, paid, earned, spent)
  select max(id) + 1, 1, 1, '', '{receipt}', '', 1, {card}, 1, '2026-11-01', '12:00:00', '2026-11-01', 125000, 0, 0, 125000, 62, 0
  from operation;
insert into entry (operation_id, card_id, lot_id, kind, points, issuer_id, shop_id, sale_id, rule, date, usable_from,
    valid_through, reason)
  select (select max(id) + 1 from operation), {card}, max(id) + 1, 'earn', 62, 1, 1, last_insert_rowid(), '', '2026-11-01',
    '2026-11-01', '2027-11-01', '' from entry;
insert into lot (card_id, id, remainder, issuer_id, date, usable_from, valid_through)
  values ({card}, last_insert_rowid(), 62, 1, '2026-11-01', '2026-11-01', '2027-11-01');
insert into operation (at, wall_at, verb, input_digest, sale_to, sale_line_to, sale_return_to, sale_return_line_to, entry_to,
    card_to, program_version_to, change_to, hash)
  select '2026-11-01T09:00:00Z', '2026-11-01T09:00:00Z', 'sale add', randomblob(32), sale_to + 1, sale_line_to, sale_return_to,
    sale_return_line_to, entry_to + 1, card_to, program_version_to, change_to, randomblob(32)
  from operation order by id desc limit 1;
commit;"""


class Failed(Exception):
    """A command that does not do what is asked of it."""


@dataclass
class Run:
    """What one run of one command took."""

    wall: float
    processor: float
    peak_mb: float


@dataclass
class Row:
    """One line of the table."""

    what: str
    ours: str
    floor: str
    measured: str
    bound: str
    verdict: str
    processor: str = ""


class Bench:
    """The programs, the scratch folder and the table; every scenario is one of its methods."""

    def __init__(self, options, folder):
        self.build = pathlib.Path(options.build).resolve()
        self.loyal_path = options.loyal or str(self.build / "loyal")
        self.folder = folder
        self.scale = 10 if options.small else 1
        self.runs = options.runs
        self.rows = []

    # Running

    def tool(self, name):
        return str(self.build / "tests" / "bench" / f"bench_{name}")

    def measure(self, command, may_end_with=(0,)):
        """Runs a command to its end."""
        result = self.folder / "result"
        environment = {**os.environ, "LOYAL_NOW": NOW, "LC_ALL": "C.UTF-8", "TMPDIR": str(self.folder)}
        done = subprocess.run([self.tool("measure"), result, *map(str, command)], env=environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode not in may_end_with:
            said = done.stderr.strip().splitlines()
            raise Failed(f"exit {done.returncode}: {said[0] if said else ' '.join(map(str, command[:4]))}")
        wall, processor, peak = result.read_text().split()
        return Run(float(wall), float(processor), int(peak) / 1024)

    def loyal(self, store, *words):
        return self.measure([self.loyal_path, "--db", store, "--no-input", "-q", *words])

    def loyal_answer(self, store, *words):
        done = subprocess.run([self.loyal_path, "--db", store, "--no-input", "-q", *words, "--json"], check=True, text=True,
                              stdout=subprocess.PIPE, env={**os.environ, "LOYAL_NOW": NOW})
        return json.loads(done.stdout)

    def shell(self, store, sql):
        return self.measure(["sqlite3", "-batch", "-bail", "-init", "/dev/null", store, sql])

    def pairs(self, count, ours, floor):
        """Runs both in turn, each time the other one first; `ours` and `floor` get the number of the pair."""
        both = []
        for number in range(count):
            order = [ours, floor] if number % 2 == 0 else [floor, ours]
            runs = {}
            for one in order:
                runs[one] = one(number)
            both.append((runs[ours], runs[floor]))
        return both

    # Reporting

    def note(self, text):
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    def report(self, row):
        self.rows.append(row)

    def report_ratio(self, what, both, bound):
        """The median of the ratios of the pairs, not the ratio of the medians: a pair shares its minute's noise."""
        ratio = statistics.median(ours.wall / floor.wall for ours, floor in both)
        self.report(Row(what, seconds(statistics.median(ours.wall for ours, _ in both)),
                        seconds(statistics.median(floor.wall for _, floor in both)), f"{ratio:.2f} ×",
                        f"≤ {bound} ×" if bound else "", verdict(ratio, bound) if bound else "", processor_ratio(both)))

    def report_time(self, what, runs, bound):
        """The median of what whole processes took, beside a bound in seconds."""
        wall = statistics.median(run.wall for run in runs)
        self.report(Row(what, seconds(wall), "", seconds(wall), f"≤ {seconds(bound)}", verdict(wall, bound)))

    def report_peak(self, what, runs, bound=None):
        peak = max(run.peak_mb for run in runs)
        self.report(Row(f"{what}: peak memory", "", "", f"{peak:.0f} MB", f"≤ {bound} MB" if bound else "", verdict(peak, bound)))

    # Stores and files

    def path(self, name):
        return self.folder / name

    def purchases(self, rows, cards, days=730, first_receipt=1, first_year=2024):
        """A file of purchases, made once and kept as long as the scenario needs it."""
        path = self.path(f"purchases-{rows}-{cards}-{days}-{first_receipt}-{first_year}.csv")
        if not path.exists():
            self.note(f"generating {rows} purchases")
            with open(path, "wb") as file:
                subprocess.run([self.tool("generate"), *map(str, (rows, cards, days, first_receipt, first_year))], stdout=file,
                               check=True)
        return path

    def new_store(self, name, program=PROGRAM):
        store = self.path(name)
        rules = self.path("coffee.toml")
        rules.write_text(program)
        remove_store(store)
        self.loyal(store, "init")
        self.loyal(store, "company", "add", *COMPANY)
        self.loyal(store, "program", "apply", rules)
        return store

    def import_sales(self, store, file):
        return self.loyal(store, "import", "sales", file, "--program", "coffee", "--create-cards")

    def filled_store(self, name, file, program=PROGRAM):
        store = self.new_store(name, program)
        self.note(f"filling {name}")
        self.import_sales(store, file)
        return store

    def floor_store(self, name, file, *settings):
        store = self.path(name)
        remove_store(store)
        os.sync()
        return store, self.measure([self.tool("floor"), store, file, *settings])

    # Scenarios

    def import_(self):
        """a million purchases from a file, beside four prepared statements a purchase"""
        file = self.purchases(1_000_000 // self.scale, 100_000 // self.scale)
        empty = self.new_store("empty.db")

        def ours(_):
            return self.import_sales(copy_store(empty, self.path("ours.db")), file)

        def floor(_):
            return self.floor_store("floor.db", file)[1]

        both = self.pairs(self.runs or 5, ours, floor)
        self.report_ratio("import", both, 0.8)
        tuned = [(run, self.floor_store("floor.db", file, "tuned")[1]) for run, _ in both]
        self.report_ratio("import, floor with loyal's page and cache", tuned, None)
        self.report_peak("import", [run for run, _ in both], 250)

    def nightly(self):
        """expiry of a million lots in one night, and of a year of missed nights, beside set-based SQL"""
        file = self.purchases(1_000_000 // self.scale, 100_000 // self.scale, days=365)
        whole_year = PROGRAM + 'round_to = "year"\n'
        stores = {"one night": self.filled_store("night.db", file, whole_year), "a year missed": self.filled_store("year.db", file)}
        floor_store, _ = self.floor_store("floor.db", file)
        for (name, store), bound in zip(stores.items(), (0.9, 1.2)):

            def ours(_, store=store):
                return self.loyal(copy_store(store, self.path("ours.db")), "nightly", "--until", LAST_NIGHT)

            def floor(_):
                return self.shell(copy_store(floor_store, self.path("floor-copy.db")), EXPIRE_FLOOR)

            both = self.pairs(self.runs or 5, ours, floor)
            self.report_ratio(f"nightly, {name}", both, bound)
            self.report_peak(f"nightly, {name}", [run for run, _ in both])

    def doctor(self):
        """doctor on a store of a million purchases, beside SQLite's integrity_check of the same file"""
        store = self.filled_store("doctor.db", self.purchases(1_000_000 // self.scale, 100_000 // self.scale))
        both = self.pairs(self.runs or 5, lambda _: self.loyal(store, "doctor"),
                          lambda _: self.shell(store, "pragma integrity_check;"))
        self.report_ratio("doctor", both, 3)
        self.report_peak("doctor", [run for run, _ in both])

    def sale(self):
        """one sale as a whole process, beside the sqlite3 shell inserting the same rows into a copy of the store"""
        store = self.filled_store("ours.db", self.purchases(100_000 // self.scale, 10_000 // self.scale))
        shells = copy_store(store, self.path("shell.db"))
        cards = codes_of(store)

        def ours(number):
            code, _ = cards[number * 37 % len(cards)]
            return self.loyal(store, "sale", "add", code, "1250.00", "--receipt", f"N{number}")

        def floor(number):
            _, card = cards[number * 37 % len(cards)]
            return self.shell(shells, SALE_FLOOR.format(receipt=f"N{number}", card=card))

        both = self.pairs(self.runs or 300 // self.scale, ours, floor)
        self.report_ratio("sale add", both, 2.5)
        self.report_peak("sale add", [run for run, _ in both])

    def growth(self):
        """a row's time with four million purchases in the store, beside 250,000"""
        many, few, cards = 4_000_000 // self.scale, 250_000 // self.scale, 100_000 // self.scale
        following = self.purchases(few, cards, 90, first_receipt=many + 1, first_year=2026)
        large = self.filled_store("large.db", self.purchases(many, cards))
        small = self.filled_store("small.db", self.purchases(few, cards))
        both = self.pairs(self.runs or 3, lambda _: self.import_sales(copy_store(large, self.path("large-copy.db")), following),
                          lambda _: self.import_sales(copy_store(small, self.path("small-copy.db")), following))
        self.report_ratio("import onto 4 million", both, 1.5)
        self.report_peak("import onto 4 million", [run for run, _ in both], 250)

    def lines(self):
        """a million purchases of two lines each, beside the same without lines"""
        file = self.purchases(1_000_000 // self.scale, 100_000 // self.scale)
        lined = self.path("lined.csv")
        write_two_lines_each(file, lined)
        empty = self.new_store("empty.db")
        both = self.pairs(self.runs or 3, lambda _: self.import_sales(copy_store(empty, self.path("ours.db")), lined),
                          lambda _: self.import_sales(copy_store(empty, self.path("floor.db")), file))
        self.report_ratio("import of two lines each", both, 2)
        self.report_peak("import of two lines each", [run for run, _ in both])

    def reconcile(self):
        """a million purchases compared with themselves in a file, beside importing them"""
        file = self.purchases(1_000_000 // self.scale, 100_000 // self.scale)
        store, empty = self.filled_store("reconcile.db", file), self.new_store("empty.db")
        both = self.pairs(self.runs or 3, lambda _: self.loyal(store, "reconcile", file),
                          lambda _: self.import_sales(copy_store(empty, self.path("floor.db")), file))
        self.report_ratio("reconcile", both, 1)
        self.report_peak("reconcile", [run for run, _ in both])

    def rules(self):
        """a million purchases under twenty rules, tiers and caps, beside the same under one rule"""
        file = self.purchases(1_000_000 // self.scale, 100_000 // self.scale)
        many, one = self.new_store("many.db", MANY_RULES), self.new_store("one.db")
        both = self.pairs(self.runs or 3, lambda _: self.import_sales(copy_store(many, self.path("ours.db")), file),
                          lambda _: self.import_sales(copy_store(one, self.path("floor.db")), file))
        self.report_ratio("import under 20 rules", both, 1.5)
        self.report_peak("import under 20 rules", [run for run, _ in both])

    def replay(self):
        """a million purchases made again under changed rules, beside importing them"""
        file = self.purchases(1_000_000 // self.scale, 100_000 // self.scale)
        store, empty = self.filled_store("replay.db", file), self.new_store("empty.db")
        rules = self.path("changed.toml")
        rules.write_text(PROGRAM.replace("5%", "7%"))
        both = self.pairs(self.runs or 3, lambda _: self.loyal(store, "program", "replay", rules),
                          lambda _: self.import_sales(copy_store(empty, self.path("floor.db")), file))
        self.report_ratio("program replay", both, 1)
        self.report_peak("program replay", [run for run, _ in both])

    def idle(self):
        """a night with nothing due on a million open lots"""
        file = self.purchases(1_000_000 // self.scale, 100_000 // self.scale)
        store = self.filled_store("idle.db", file, PROGRAM.replace('"12m"', '"120m"'))
        self.loyal(store, "nightly")
        self.report_time("nightly, nothing due", [self.loyal(store, "nightly") for _ in range(self.runs or 20)], 0.05)

    def explain(self):
        """why a card of ten thousand entries holds what it holds"""
        rows = 10_000
        store = self.filled_store("explain.db", self.purchases(rows, 1))
        code = codes_of(store)[0][0]
        both = [self.loyal(store, "card", "explain", code) for _ in range(self.runs or 20)]
        self.report_time("card explain, 10,000 entries", both, 0.05)

    def quote(self):
        """one receipt of fifty lines under twenty rules, in process"""
        rules = self.path("rules.toml")
        rules.write_text(MANY_RULES)
        done = subprocess.run([self.tool("micro"), "--benchmark_filter=assess_fifty_lines", "--benchmark_format=json"],
                              env={**os.environ, "LOYAL_BENCH_RULES": str(rules)}, text=True, check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        wall = json.loads(done.stdout)["benchmarks"][0]["real_time"] / 1e9
        self.report(Row("quote of 50 lines, 20 rules", f"{wall * 1e6:.0f} µs", "", f"{wall * 1e6:.0f} µs", "≤ 100 µs",
                        verdict(wall, 100e-6)))

    def promo(self):
        """a million promo codes, beside a program that inserts random codes under a unique index; one of ten million checked"""
        count = 1_000_000 // self.scale
        store = self.new_store("promo.db")
        made = itertools.count(1)

        def ours(_):
            return self.loyal(store, "promo", "create", f"SPRING{next(made)}", "--count", count, "--discount", "10%",
                              "--pattern", "SPRING-*****-*****")

        def floor(_):
            path = self.path("codes.db")
            remove_store(path)
            return self.measure([self.tool("code_floor"), path, count])

        both = self.pairs(self.runs or 5, ours, floor)
        self.report_ratio("promo create", both, 1.3)
        self.report_peak("promo create", [run for run, _ in both], 256)
        for _ in range(10 - len(both)):
            ours(None)
        code = self.loyal_answer(store, "promo", "create", "ONE", "--discount", "10%")["made"][0]["code"]
        done = subprocess.run([self.tool("micro"), "--benchmark_filter=find_promo", "--benchmark_format=json"],
                              env={**os.environ, "LOYAL_BENCH_STORE": str(store), "LOYAL_BENCH_CODE": code}, text=True,
                              check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        wall = json.loads(done.stdout)["benchmarks"][0]["real_time"] / 1e9
        self.report(Row("one code among ten million", f"{wall * 1e6:.0f} µs", "", f"{wall * 1e6:.0f} µs", "≤ 1000 µs",
                        verdict(wall, 1e-3)))

    def sheet(self):
        """10,000 QR codes on A4 labels as one PDF, beside zint writing each as an SVG"""
        count = 10_000 // self.scale
        store = self.new_store("cards.db")
        self.loyal(store, "card", "issue", "coffee", "--count", count)
        codes = self.path("codes.txt")
        codes.write_text("".join(f"{code}\n" for code, _ in codes_of(store)))
        pdf, drawings = self.path("cards.pdf"), self.path("drawings")

        def ours(_):
            return self.loyal(store, "code", "sheet", "--program", "coffee", "--symbology", "qr", "--no-verify",
                              "--no-manifest", "-o", pdf)

        def checked(_):
            return self.loyal(store, "code", "sheet", "--program", "coffee", "--symbology", "qr", "-o", pdf)

        def floor(_):
            shutil.rmtree(drawings, ignore_errors=True)
            drawings.mkdir()
            run = self.measure(["zint", "--batch", "-b", "QRCODE", "-i", codes, "-o", drawings / "~~~~~.svg"])
            if len(list(drawings.iterdir())) != count:
                raise Failed("zint did not write all codes")
            return run

        both = self.pairs(self.runs or 5, ours, floor)
        self.report_ratio("code sheet", both, 0.8)
        self.report_peak("code sheet", [run for run, _ in both], 64)
        both_checked = self.pairs(self.runs or 3, checked, floor)
        self.report_ratio("code sheet, read back", both_checked, 6)
        self.report_peak("code sheet, read back", [run for run, _ in both_checked], 200)
        drawn = sum(path.stat().st_size for path in drawings.iterdir())
        self.report(Row("code sheet: bytes", megabytes(pdf.stat().st_size), megabytes(drawn),
                        f"{pdf.stat().st_size / drawn:.2f} ×", "≤ 10 MB", verdict(pdf.stat().st_size, 10e6)))

    def list(self):
        """a list of a million sales as a workbook, beside a bare libxlsxwriter loop of the same cells"""
        count = 1_000_000 // self.scale
        store = self.filled_store("list.db", self.purchases(count, 100_000 // self.scale))
        ours_file, floor_file = self.path("ours.xlsx"), self.path("floor.xlsx")
        both = self.pairs(self.runs or 3, lambda _: self.loyal(store, "sale", "list", "-o", ours_file),
                          lambda _: self.measure([self.tool("xlsx_floor"), floor_file, count]))
        self.report_ratio("sale list -o x.xlsx", both, 1.2)
        self.report_peak("sale list -o x.xlsx", [run for run, _ in both], 64)
        sizes = ours_file.stat().st_size, floor_file.stat().st_size
        self.report(Row("sale list -o x.xlsx: bytes", *map(megabytes, sizes), f"{sizes[0] / sizes[1]:.2f} ×", "", ""))


    def workbook(self):
        """the accountant's workbook of a million purchases, beside a bare libxlsxwriter loop of the purchases' cells alone"""
        count = 1_000_000 // self.scale
        store = self.filled_store("workbook.db", self.purchases(count, 100_000 // self.scale), DISCOUNT_PROGRAM)
        ours_file, floor_file = self.path("ours.xlsx"), self.path("floor.xlsx")
        both = self.pairs(self.runs or 3,
                          lambda _: self.loyal(store, "export", "xlsx", "--no-lines", "--from", "2024-01-01", "-o", ours_file),
                          lambda _: self.measure([self.tool("xlsx_floor"), floor_file, count, "documents"]))
        self.report_ratio("export xlsx", both, 1.2)
        self.report_peak("export xlsx", [run for run, _ in both], 64)
        # Debian's Python has Debian's XlsxWriter.
        python = "/usr/bin/python3"
        if subprocess.run([python, "-c", "import xlsxwriter"], stderr=subprocess.DEVNULL).returncode != 0:
            self.report(Row("export xlsx beside XlsxWriter", "", "", "", "", "skipped: python3-xlsxwriter is not installed"))
            return
        script = pathlib.Path(__file__).with_name("xlsx_floor.py")
        beside_python = [(ours, self.measure([python, script, floor_file, count])) for ours, _ in both]
        self.report_ratio("export xlsx beside XlsxWriter", beside_python, 0.4)

    def accounting(self):
        """a million purchases to 1C, beside the sqlite3 shell printing the same rows as CSV"""
        store = self.filled_store("accounting.db", self.purchases(1_000_000 // self.scale, 100_000 // self.scale))
        rows = self.path("rows.csv")
        for form in ("enterprise-data", "commerceml"):
            both = self.pairs(self.runs or 3,
                              lambda _, form=form: self.loyal(store, "export", "1c", "--as", form, "-o", self.path("q.xml")),
                              lambda _: self.measure(["sqlite3", "-batch", "-bail", "-init", "/dev/null", "-csv", "-cmd",
                                                      f".output {rows}", store, ACCOUNTING_ROWS]))
            self.report_ratio(f"export 1c, {form}", both, 1.5)
            self.report_peak(f"export 1c, {form}", [run for run, _ in both], 64)


SCENARIOS = {"import": Bench.import_, "nightly": Bench.nightly, "doctor": Bench.doctor, "sale": Bench.sale,
             "growth": Bench.growth, "sheet": Bench.sheet, "promo": Bench.promo, "list": Bench.list, "rules": Bench.rules,
             "lines": Bench.lines, "reconcile": Bench.reconcile, "replay": Bench.replay, "idle": Bench.idle,
             "explain": Bench.explain, "quote": Bench.quote, "workbook": Bench.workbook, "accounting": Bench.accounting}


def write_two_lines_each(file, lined):
    """The same purchases with two goods on each receipt."""
    with open(file, encoding="utf-8") as source, open(lined, "w", encoding="utf-8") as target:
        heading = source.readline().rstrip("\n").split(",")
        amount = next(place for place, name in enumerate(heading) if name in ("amount", "total"))
        target.write(",".join([*heading, "sku", "category", "quantity"]) + "\n")
        for row in source:
            cells = row.rstrip("\n").split(",")
            kopecks = round(float(cells[amount]) * 100)
            for place, part in enumerate((kopecks // 3, kopecks - kopecks // 3)):
                cells[amount] = f"{part // 100}.{part % 100:02}"
                target.write(",".join([*cells, f"A{(kopecks + place) % 500}", f"c{kopecks % 20}", "1"]) + "\n")


def processor_ratio(both):
    """Processor time beside processor time: what is left of the truth when others keep the machine busy."""
    floor = statistics.median(floor.processor for _, floor in both)
    return f"{statistics.median(ours.processor for ours, _ in both) / floor:.2f} ×" if floor > 0 else ""


def seconds(value):
    return f"{value * 1000:.2f} ms" if value < 0.1 else f"{value:.2f} s"


def megabytes(count):
    return f"{count / 1e6:.1f} MB"


def verdict(value, bound):
    if bound is None:
        return ""
    return "met" if value <= bound else "missed"


def remove_store(store):
    for ending in ("", "-wal", "-shm"):
        pathlib.Path(f"{store}{ending}").unlink(missing_ok=True)


def copy_store(source, target):
    """Copies a store that nobody writes to, with its log, which a short command leaves behind; then waits until nothing is left to be written to the disk."""
    remove_store(target)
    for ending in ("", "-wal"):
        if os.path.exists(f"{source}{ending}"):
            shutil.copyfile(f"{source}{ending}", f"{target}{ending}")
    os.sync()
    return target


def codes_of(store):
    """The numbers of all cards, each with its row."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        return connection.execute("select value, card_id from code order by card_id").fetchall()
    finally:
        connection.close()


def print_table(rows):
    headings = Row("", "loyal", "floor", "measured", "bound", "", "processor")
    lines = [[row.what, row.ours, row.floor, row.processor, row.measured, row.bound, row.verdict] for row in [headings, *rows]]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    for line in lines:
        what, *numbers, end = line
        cells = [what.ljust(widths[0]), *(text.rjust(width) for text, width in zip(numbers, widths[1:])), end]
        print("  ".join(cells).rstrip())


def parse_options():
    parser = argparse.ArgumentParser(prog="tests/bench/run.sh", description="Measures loyal beside floors that do the same work.")
    parser.add_argument("--only", metavar="NAME", action="append", choices=list(SCENARIOS), help="one scenario; may be repeated")
    parser.add_argument("--runs", metavar="N", type=int, help="pairs of runs in each scenario")
    parser.add_argument("--small", action="store_true", help="a tenth of the size, for trying; the bounds are meant for the whole")
    parser.add_argument("--list", action="store_true", help="name the scenarios and end")
    parser.add_argument("--build", default="build/release", help=argparse.SUPPRESS)
    parser.add_argument("--loyal", metavar="PATH", help="another binary of loyal to measure")
    options = parser.parse_args()
    if options.runs is not None and options.runs < 1:
        parser.error("--runs needs at least 1")
    return options


def main():
    options = parse_options()
    if options.list:
        for name, scenario in SCENARIOS.items():
            print(f"{name:8}  {scenario.__doc__}")
        return 0
    parent = os.environ.get("TMPDIR") or pathlib.Path(options.build).parent / "bench"
    os.makedirs(parent, exist_ok=True)
    rows = []
    for name in options.only or SCENARIOS:
        with tempfile.TemporaryDirectory(prefix="loyal-bench-", dir=parent) as folder:
            bench = Bench(options, pathlib.Path(folder).resolve())
            try:
                SCENARIOS[name](bench)
            except (Failed, OSError, subprocess.SubprocessError, sqlite3.Error) as problem:
                bench.report(Row(name, "", "", "", "", f"failed: {problem}"))
            bench.note("")
            rows += bench.rows
    if options.small:
        print("a tenth of the size: for trying, not for judging")
    print_table(rows)
    return 0 if all(row.verdict in ("", "met") or row.verdict.startswith("skipped") for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
