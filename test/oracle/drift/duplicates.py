"""Writes duplicates.json. python3 duplicates.py > duplicates.json

Rows that equal an earlier one, as pandas counts them: NaN equals NaN, None equals None, 0.0 equals -0.0.
"""

import json
import random

import numpy as np
import pandas as pd

random.seed(6)


def column(kind, rows, distinct):
    pools = {
        "numbers": [random.gauss(0, 1) for _ in range(distinct)] + [0.0, -0.0, None],
        "counters": list(range(distinct)) + [None],
        "texts": [f"text {k}" * (k % 5) for k in range(distinct)] + ["", "ß", "🙂", None],
        "flags": [True, False, None],
    }
    return [random.choice(pools[kind]) for _ in range(rows)]


def frame_of(kind, values):
    # NaN is the only missing number; texts and flags keep None.
    return np.array([np.nan if v is None else v for v in values]) if kind in ("numbers", "counters") else pd.Series(values, dtype=object)


cases = []
for rows, distinct, kinds in [
    (1, 3, ["numbers"]),
    (50, 3, ["numbers", "texts"]),
    (500, 5, ["numbers", "counters", "texts", "flags"]),
    (1200, 30, ["counters", "texts"]),
    (1200, 2000, ["numbers"]),
    (2000, 3, ["flags", "flags", "texts", "counters", "numbers"]),
    (1500, 60, ["counters", "counters"]),
]:
    columns = {f"c{k}": column(kind, rows, distinct) for k, kind in enumerate(kinds)}
    frame = pd.DataFrame({name: frame_of(kind, columns[name]) for name, kind in zip(columns, kinds)})
    again = frame.duplicated()
    cases.append({
        "kinds": kinds,
        "columns": columns,
        "duplicated": int(again.sum()),
        "first": [int(k) for k in np.flatnonzero(again)[:20]],
    })

print(json.dumps({"source": f"pandas {pd.__version__}", "seed": 6, "cases": cases}, ensure_ascii=True))
