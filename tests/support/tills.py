#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tills that work on one store at once, and tills that are killed; says what was lost. Used by tests/smoke/*.bats.

tills.py two-tills LOYAL STORE PROCESSES SALES SINGLE   the cards are read from standard input, one number a line
tills.py killed LOYAL STORE KILLS SEED
"""
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

REFUSED = 6


def run(loyal, store, *words, **options):
    return subprocess.run([loyal, "--db", store, *words], capture_output=True, text=True, **options)


def rows(loyal, store, *words):
    answer = run(loyal, store, *words, "--format", "json")
    if answer.returncode != 0:
        sys.exit(f"{' '.join(words)}: exit {answer.returncode}: {answer.stderr}")
    return json.loads(answer.stdout)


def require_whole(loyal, store):
    answer = run(loyal, store, "doctor")
    if answer.returncode != 0:
        sys.exit(f"the store is not whole:\n{answer.stdout}{answer.stderr}")


def two_tills(loyal, store, processes, sales, single):
    """Each till posts most sales as lines of one process, and the first `single` as processes of their own."""
    cards = sys.stdin.read().split()
    chance = random.Random(1)
    plans = []
    for till in range(processes):
        plan = []
        for number in range(sales):
            sale = {"card": chance.choice(cards), "amount": "%d.00" % chance.randint(1, 300), "receipt": f"{till}-{number}"}
            if chance.random() < 0.5:
                sale["spend"] = str(chance.randint(1, 20))
            plan.append(sale)
        plans.append(plan)

    streams = []
    for till, plan in enumerate(plans):
        lines = tempfile.TemporaryFile("w+")
        lines.writelines(json.dumps(sale) + "\n" for sale in plan[single:])
        lines.seek(0)
        streams.append(subprocess.Popen([loyal, "--db", store, "--till", f"till{till}", "sale", "add", "-"], stdin=lines,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    posted = []
    refused = 0

    def count(code, receipt, message):
        nonlocal refused
        if code == 0:
            posted.append(receipt)
        elif code == REFUSED:
            refused += 1
        else:
            sys.exit(f"receipt {receipt}: exit {code}: {message}")

    for number in range(single):
        batch = []
        for till, plan in enumerate(plans):
            sale = plan[number]
            words = ["sale", "add", sale["card"], sale["amount"], "--receipt", sale["receipt"]]
            words += ["--spend", sale["spend"]] if "spend" in sale else []
            batch.append((sale["receipt"], subprocess.Popen([loyal, "--db", store, "--till", f"till{till}", *words],
                                                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)))
        for receipt, process in batch:
            _, message = process.communicate()
            count(process.returncode, receipt, message)
    for plan, stream in zip(plans, streams):
        out, err = stream.communicate()
        answers = [json.loads(line) for line in out.splitlines()]
        if len(answers) != sales - single:
            sys.exit(f"{len(answers)} answers to {sales - single} lines: exit {stream.returncode}: {err}")
        for sale, answer in zip(plan[single:], answers):
            count(answer.get("code", 0), sale["receipt"], str(answer))

    listed = rows(loyal, store, "sale", "list")
    if sorted(row["receipt"] for row in listed) != sorted(posted):
        sys.exit(f"{len(posted)} sales were acknowledged, {len(listed)} are there")
    balance = sum(row["points"] for row in rows(loyal, store, "points", "list"))
    expected = sum(row["earned"] - row["spent"] for row in listed)
    if balance != expected:
        sys.exit(f"the entries add up to {balance}, the sales to {expected}")
    require_whole(loyal, store)
    print(f"{len(posted)} posted, {refused} refused by a rule")


def killed_stream(loyal, store, turn, cards, chance, span):
    """Posts lines until it is killed; answers with the receipts that were acknowledged."""
    receipts = [f"k{turn}-{number}" for number in range(400)]
    text = "".join(json.dumps({"card": chance.choice(cards), "amount": "100.00", "receipt": receipt}) + "\n" for receipt in receipts)
    with tempfile.TemporaryFile("w+") as lines, tempfile.TemporaryFile("w+") as out:
        lines.write(text)
        lines.seek(0)
        process = subprocess.Popen([loyal, "--db", store, "sale", "add", "-"], stdin=lines, stdout=out, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.0, span))
        process.send_signal(signal.SIGKILL)
        process.wait()
        out.seek(0)
        return [json.loads(line)["receipt"] for line in out.read().split("\n")[:-1]]  # what follows the last \n is half a line


def killed_import(loyal, store, turn, cards, chance, span):
    """Imports a file and is killed on the way: all of it is there afterwards, or nothing; answers with its receipts."""
    receipts = [f"i{turn}-{number}" for number in range(2000)]
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as table:
        table.write("card,date,amount,receipt\n")
        for receipt in receipts:
            table.write(f"{chance.choice(cards)},2026-03-01,100.00,{receipt}\n")
        table.flush()
        process = subprocess.Popen([loyal, "--db", store, "import", "sales", table.name, "--program", "coffee"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.0, 1.2 * span))
        process.send_signal(signal.SIGKILL)
        return receipts, process.wait() == 0


def killed(loyal, store, kills, seed):
    chance = random.Random(seed)
    cards = [row["number"] for row in rows(loyal, store, "card", "list")]
    can_import = run(loyal, store, "import", "sales", "--help").returncode == 0
    acknowledged = set()
    imports = []
    # The moments lie where the work is, however busy the machine: as far apart as some sales take undisturbed.
    started = time.monotonic()
    lines = "".join(json.dumps({"card": cards[0], "amount": "1.00", "receipt": f"w{number}"}) + "\n" for number in range(60))
    run(loyal, store, "sale", "add", "-", input=lines)
    span = min(2.0, max(0.1, time.monotonic() - started))
    for turn in range(kills):
        if can_import and turn % 4 == 3:
            receipts, is_done = killed_import(loyal, store, turn, cards, chance, span)
            imports.append(receipts)
            if is_done:
                acknowledged.update(receipts)
        else:
            acknowledged.update(killed_stream(loyal, store, turn, cards, chance, span))
    require_whole(loyal, store)
    stored = [row["receipt"] for row in rows(loyal, store, "sale", "list")]
    there = set(stored)
    if len(there) != len(stored):
        sys.exit("a receipt stands twice")
    if lost := acknowledged - there:
        sys.exit(f"{len(lost)} acknowledged sales are not there, {sorted(lost)[0]} among them")
    whole = 0
    for receipts in imports:
        found = len(there.intersection(receipts))
        if found not in (0, len(receipts)):
            sys.exit(f"an import of {len(receipts)} rows left {found}")
        whole += found > 0
    if not acknowledged:
        sys.exit("nothing was acknowledged before a kill: the moments tell nothing")
    print(f"{kills} kills: {len(acknowledged)} sales acknowledged, {len(there)} there, {whole} of {len(imports)} imports whole")


if __name__ == "__main__":
    what, loyal, store, *numbers = sys.argv[1:]
    {"two-tills": two_tills, "killed": killed}[what](loyal, os.path.abspath(store), *map(int, numbers))
