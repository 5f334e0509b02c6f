"""Writes preset-evidently.json: what Evidently 0.7.21 answers. python3 preset-evidently.py > preset-evidently.json

Needs evidently==0.7.21, pandas==2.3.3, numpy==2.3.5 (empirical_mmd calls numpy.percentile with an argument that numpy 2.4
has no more, and pandas 3 does not load), scipy==1.17.1, scikit-learn==1.9.1, mpmath.

`methods`: each method on pairs of columns. `types`, `choices`: how a column is typed, which method it gets. `reports`:
whole tables through DataDriftPreset. `texts`, `embeddings`: domain classifiers and the rest. `random`: numpy's RandomState.
`hashes`: what TVD answers on text under other orders of Python's sets.
Errors are written as { "error": type and message }.
"""

import json
import os
import subprocess
import sys
import warnings

# The order of a set of text depends on it, and with it how sums are rounded and what fisher_exact takes.
if os.environ.get("PYTHONHASHSEED") != "0" and len(sys.argv) == 1:
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "statistics"))
warnings.filterwarnings("ignore")

import evidently
import numpy as np
import pandas as pd
import scipy
import sklearn
from evidently import Dataset, Report
from evidently.core.datasets import infer_column_type
from evidently.legacy.calculations.stattests.registry import _registered_stat_tests, get_stattest
from evidently.legacy.core import ColumnType
from evidently.legacy.metrics.data_drift import embedding_drift_methods as embedding
from evidently.presets import DataDriftPreset
from oracle import Sample, formula, plain, samples, seed

NUM, CAT, TEXT = ColumnType.Numerical, ColumnType.Categorical, ColumnType.Text


def asked(call):
    try:
        return call()
    except Exception as error:
        return {"error": f"{type(error).__name__}: {str(error)[:120]}"}


def scored(method, kind, reference, current):
    def call():
        np.random.seed(0)
        test = _registered_stat_tests[method][kind]
        result = test(reference.copy(), current.copy(), kind, None)
        return {"score": float(result.drift_score), "drifted": bool(result.drifted)}

    return asked(call)


def series(values, dtype):
    if dtype == "float":
        return pd.Series(np.array(values, dtype=float))
    if dtype == "int":
        return pd.Series(np.array(values, dtype=np.int64))
    return pd.Series(list(values))


def written(values):
    return values.written() if isinstance(values, Sample) else plain(list(values))


def methods():
    s = samples()
    random = np.random.default_rng(seed)
    whole = lambda low, high, n: [int(v) for v in random.integers(low, high, n)]
    small = lambda n, shift=0.0: Sample(np.round(random.normal(shift, 1, n), 6))
    numeric = [
        ("normal", "shifted normal", s["normal"], s["shifted normal"], "float"),
        ("itself", "itself", s["normal"], s["normal"], "float"),
        ("lognormal", "cauchy", s["lognormal"], s["cauchy"], "float"),
        ("digits", "more digits", s["digits"], s["more digits"], "float"),
        ("one decimal", "normal", s["one decimal"], s["normal"], "float"),
        ("two values", "one decimal", s["two values"], s["one decimal"], "float"),
        ("constant", "constant", s["constant"], s["constant"], "float"),
        ("constant", "another", s["constant"], Sample([0.05] * 20), "float"),
        ("constant", "normal", s["constant"], s["normal"], "float"),
        ("far from zero", "far from zero + 1", s["far from zero"], Sample([v + 1 for v in s["far from zero"]]), "float"),
        ("very far", "very far + 3", s["very far"], Sample([v + 3 for v in s["very far"]]), "float"),
        ("zeros of both signs", "two", s["zeros of both signs"], s["two"], "float"),
        ("one value", "one value", s["one value"], s["one value"], "float"),
        ("one value", "two", s["one value"], s["two"], "float"),
        ("5", "5", small(5), small(5, 1), "float"),
        ("8", "30", small(8), small(30, 0.5), "float"),
        ("9", "9", small(9), small(9, 0.5), "float"),
        ("20", "20", small(20), small(20, 1), "float"),
        ("20", "13", small(20), small(13, 0.8), "float"),
        ("21", "7", small(21), small(7, -1), "float"),
        ("25 with ties", "16 with ties", Sample(np.round(small(15), 0)), Sample(np.round(small(16, 1), 0)), "float"),
        ("64 distinct", "64 distinct", Sample(np.arange(64) / 7), Sample(np.arange(64) / 7 + 0.5), "float"),
        ("1 500", "1 200", formula(1500, 7919, 1009, 100, 0, True), formula(1200, 6271, 997, 100, 0.4, True), "float"),
        ("2 000 tied", "900", formula(2000, 7919, 31), formula(900, 6271, 29, 1, 1), "float"),
        ("11 000", "900", formula(11000, 7919, 10007, 1000), formula(900, 6271, 9973, 1000, 0.3), "float"),
        ("ints 0-40", "ints 0-40", whole(0, 41, 120), whole(2, 41, 100), "int"),
        ("ints 0-21, wide sides", "ints", whole(0, 22, 4000), whole(0, 22, 3000), "int"),
        ("ints to 1000", "ints to 1000", whole(0, 1000, 90), whole(0, 900, 70), "int"),
    ]
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = lambda n, k, skew: [letters[int(v)] for v in np.minimum(random.geometric(skew, n) - 1, k - 1)]
    categorical = [
        ("a, b", "a, b", list("aababbab"), list("abbbbbab"), "text"),
        ("a, b", "b, c", list("aababbab"), list("bbbcbccb"), "text"),
        ("a", "a", list("aaaa"), list("aaaa"), "text"),
        ("a", "b", list("aaaa"), list("bbbb"), "text"),
        ("a", "a, unequal", list("aaaa"), list("aaa"), "text"),
        ("3 of 30", "3 of 30", words(30, 3, 0.4), words(30, 3, 0.6), "text"),
        ("3 of 30", "3 of 45", words(30, 3, 0.4), words(45, 3, 0.5), "text"),
        ("8 of 300", "8 of 200", words(300, 8, 0.3), words(200, 8, 0.35), "text"),
        ("26 of 2000", "26 of 1500", words(2000, 26, 0.1), words(1500, 26, 0.12), "text"),
        ("vanished", "new", list("aaabbbccc") * 4, list("bbbcccddd") * 4, "text"),
        ("rare, shares to 1e-4", "rare", list("a" * 11000 + "b"), list("a" * 400 + "c" * 3), "text"),
        ("1-6", "1-6", whole(1, 7, 96), whole(1, 7, 96), "int"),
        ("1-6", "2-9", whole(1, 7, 96), whole(2, 10, 110), "int"),
        ("0, 1", "0, 1", whole(0, 2, 50), whole(0, 2, 50), "int"),
        ("0, 1 skewed", "0, 1", [0] * 45 + [1] * 5, whole(0, 2, 50), "int"),
        ("true", "false", [True, False, True, True] * 5, [False, False, True, False] * 5, "bool"),
        ("0.5, 1.5, 2.5", "and 3.5", [0.5, 1.5, 2.5] * 7, [0.5, 1.5, 1.5, 3.5] * 6, "float"),
    ]
    cases = []
    for kind, rows in ((NUM, numeric), (CAT, categorical)):
        for a, b, x, y, dtype in rows:
            names = [name for name, kinds in _registered_stat_tests.items() if kind in kinds]
            if len(x) + len(y) > 6000:
                names = [name for name in names if name not in ("empirical_mmd", "TVD")]
            scores = {name: scored(name, kind, series(x, dtype), series(y, dtype)) for name in names}
            cases.append(
                {
                    "name": f"{a} | {b}",
                    "kind": kind.value,
                    "dtype": dtype,
                    "reference": written(x),
                    "current": written(y),
                    "scores": scores,
                }
            )
    return cases


def types():
    nan = float("nan")
    columns = {
        "floats": ("float", [0.0, 1.0] * 20),
        "integers, 10 distinct": ("int", list(range(10)) * 3),
        "integers, 11 distinct": ("int", list(range(11)) * 3),
        "integers with a missing one": ("float", [1, 2, nan] * 5),
        "texts, half of them distinct": ("text", ["a", "b", "a", "b"]),
        "texts, more than half distinct": ("text", ["a", "b", "c", "a", "b"]),
        "texts, half of those that are there": ("text", ["a", "b", None, None, "a", "b"]),
        "texts, more than half of those that are there": ("text", ["a", "b", None, None, None]),
        "one text": ("text", ["a"]),
        "truth values": ("bool", [True, False]),
        "categories": ("category", ["a", "b", "c"]),
    }
    result = []
    for name, (dtype, values) in columns.items():
        column = pd.Series(values, dtype="category") if dtype == "category" else series(values, dtype)
        result.append(
            {"name": name, "dtype": dtype, "values": plain(values), "type": infer_column_type(column).value}
        )
    return result


def choices():
    result = []
    for rows in (10, 999, 1000, 1001, 3000):
        for distinct in (1, 2, 3, 5, 6, 30):
            for extra in (0, 1):
                x = [float(k % distinct) for k in range(rows)]
                y = [float(k % (distinct + extra)) for k in range(50)]
                if len(set(x)) < distinct:
                    continue
                for kind in (NUM, CAT, TEXT):
                    a, b = pd.Series(x), pd.Series(y)
                    if kind == TEXT:
                        a, b = a.astype(str), b.astype(str)
                    name = get_stattest(a, b, kind, None).name
                    result.append({"rows": rows, "distinct": distinct, "more": extra, "kind": kind.value, "method": name})
    return result


def frames():
    random = np.random.default_rng(seed + 1)
    n, m = 400, 300
    nan = float("nan")
    holes = lambda values, share: [nan if random.random() < share else v for v in values]
    digits = lambda values: [float(v) for v in np.round(values, 6)]
    reference = {
        "price": digits(random.normal(10, 2, n)),
        "load": holes(digits(random.normal(0, 1, n)), 0.1),
        "count": [int(v) for v in random.poisson(40, n)],
        "grade": [int(v) for v in random.integers(1, 6, n)],
        "flag": [bool(v) for v in random.random(n) < 0.4],
        "city": [str(v) for v in random.choice(["Bonn", "Köln", "Ulm"], n, p=[0.5, 0.3, 0.2])],
        "infinite": [float("inf") if k % 50 == 0 else v for k, v in enumerate(digits(random.normal(0, 1, n)))],
        "two": [float(v) for v in random.integers(0, 2, n)],
        "four": [float(v) for v in random.integers(0, 4, n)],
    }
    current = {
        "price": digits(random.normal(10.6, 2, m)),
        "load": holes(digits(random.normal(0, 1, m)), 0.3),
        "count": [int(v) for v in random.poisson(41, m)],
        "grade": [int(v) for v in random.integers(1, 7, m)],
        "flag": [bool(v) for v in random.random(m) < 0.45],
        "city": [str(v) for v in random.choice(["Bonn", "Köln", "Ulm"], m, p=[0.3, 0.4, 0.3])],
        "infinite": [-float("inf") if k % 40 == 0 else v for k, v in enumerate(digits(random.normal(0.1, 1, m)))],
        "two": [float(v) for v in random.integers(0, 2, m)],
        "four": [float(v) for v in random.integers(0, 4, m)],
    }
    return reference, current


def long_frames():
    random = np.random.default_rng(seed + 2)
    digits = lambda values: [float(v) for v in np.round(values, 4)]
    make = lambda n, shift: {
        "price": digits(random.normal(10 + shift, 2, n)),
        "grade": [int(v) for v in random.integers(1, 6, n)],
        "city": [str(v) for v in random.choice(["Bonn", "Köln", "Ulm"], n)],
        "four": [float(v) for v in random.integers(0, 4, n)],
    }
    return make(1200, 0), make(500, 0.3)


def report(name, reference, current, **options):
    x, y = pd.DataFrame(reference), pd.DataFrame(current)
    run = Report([DataDriftPreset(**options)]).run(Dataset.from_pandas(y), Dataset.from_pandas(x))
    # What Evidently names methods by, for people, as what it calls them in options.
    known = {test.display_name: key for key, tests in _registered_stat_tests.items() for test in tests.values()}
    columns, share, count = {}, None, None
    for metric in run.dict()["metrics"]:
        config = metric["config"]
        if config["type"].endswith("DriftedColumnsCount"):
            share, count = metric["value"]["share"], metric["value"]["count"]
            continue
        method = config["method"]
        columns[config["column"]] = {
            "method": known.get(method, method),
            "threshold": config["threshold"],
            "score": float(metric["value"]),
        }
    for test in run.dict().get("tests", []):
        params = test["metric_config"]["params"]
        if "column" in params:
            columns[params["column"]]["drifted"] = str(test["status"]).split(".")[-1] == "FAIL"
    return {"name": name, "options": options, "share": share, "count": count, "columns": columns}


def reports():
    short, long = frames(), long_frames()
    tables = {
        name: {side: {c: plain(v) for c, v in frame.items()} for side, frame in zip(("reference", "current"), pair)}
        for name, pair in (("short", short), ("long", long))
    }
    cases = [
        {"table": "short", **report("defaults", *short)},
        {"table": "long", **report("defaults, more than 1 000 rows", *long)},
        {
            "table": "short",
            **report(
                "method and threshold by column, type and for all",
                *short,
                method="psi",
                num_method="wasserstein",
                per_column_method={"price": "ks", "city": "TVD"},
                threshold=0.2,
                cat_threshold=0.3,
                per_column_threshold={"price": 0.01, "grade": 0.4},
            ),
        },
        {"table": "short", **report("three columns", *short, columns=["price", "city", "two"], drift_share=0.3)},
    ]
    return tables, cases


def sentences(random, words, n, length):
    return [" ".join(random.choice(words, int(random.integers(2, length)))) for _ in range(n)]


def texts():
    random = np.random.default_rng(seed + 3)
    base = "the delivery was late and driver said traffic rain again box damaged open refund please thanks great fast".split()
    other = "the invoice is wrong total tax number missing please correct account again payment twice thanks VAT naïve 42".split()
    hard = ["", "a I", "It's don't", "Straße ÉCOLE", "under_score 3.14", "日本語 テキスト", "ab ab ab cd", "the and of"]
    tables = {
        "clear": (sentences(random, base, 60, 9), sentences(random, other, 50, 9)),
        "mixed": (sentences(random, base + other[:6], 120, 8), sentences(random, other + base[:8], 100, 8)),
        "none": (sentences(random, base, 80, 9), sentences(random, base, 80, 9)),
        "hard": (hard * 3 + sentences(random, base, 20, 5), hard * 2 + sentences(random, other, 20, 5)),
        "many": (sentences(random, base + other[:9], 600, 12), sentences(random, other + base[:9], 500, 12)),
        "only stop words": (["the and", "of the"] * 5, ["and of"] * 9),
        "too few": (["one text"], ["another text"]),
    }
    cases = []
    for name, (x, y) in tables.items():
        scores = {m: scored(m, TEXT, pd.Series(x), pd.Series(y)) for m in ("perc_text_content_drift", "abs_text_content_drift")}
        cases.append({"name": name, "reference": x, "current": y, "scores": scores})
    return cases


def embeddings():
    random = np.random.default_rng(seed + 4)
    make = lambda n, d, shift, scale=1.0: np.round(random.normal(shift, scale, (n, d)), 5)
    pairs = {
        "same": (make(80, 4, 0), make(60, 4, 0)),
        "shifted": (make(80, 4, 0), make(60, 4, 0.4)),
        "one dimension": (make(50, 1, 0), make(40, 1, 0.3)),
        "small unit": (make(40, 6, 0, 0.1), make(40, 6, 0.03, 0.1)),
        "more than 1 000 rows": (make(1100, 2, 0), make(300, 2, 0.1)),
    }
    options = [
        ("distance", {}),
        ("distance", {"dist": "cosine"}),
        ("distance", {"dist": "cityblock"}),
        ("distance", {"dist": "chebyshev"}),
        ("distance", {"bootstrap": True}),
        ("model", {}),
        ("model", {"bootstrap": True}),
        ("ratio", {}),
        ("ratio", {"component_stattest": "ks", "component_stattest_threshold": 0.05}),
        ("mmd", {}),
        ("mmd", {"bootstrap": True}),
    ]
    cases = []
    for name, (x, y) in pairs.items():
        frame = lambda values: pd.DataFrame(values, columns=[f"c{k}" for k in range(values.shape[1])])
        results = []
        for method, given in options:
            if name == "more than 1 000 rows" and method == "mmd" and given:
                continue

            def call():
                score, drifted, _ = getattr(embedding, method)(**given)(frame(y), frame(x))
                return {"score": float(score), "drifted": bool(drifted)}

            results.append({"method": method, "options": given, **asked(call)})
        cases.append(
            {
                "name": name,
                "dimension": x.shape[1],
                "reference": plain(x.ravel()),
                "current": plain(y.ravel()),
                "results": results,
            }
        )
    return cases


def random_numbers():
    result = []
    for state in (0, 1, 42, 4294967295):
        source = np.random.RandomState(state)
        result.append(
            {
                "seed": state,
                "permutation": plain(source.permutation(20)),
                "uniform": plain(source.rand(5)),
                "integers": [int(source.randint(1, 2147483647)), int(source.randint(10000)), int(source.randint(3))],
                "after": plain(np.random.RandomState(state).permutation(1000)[-5:]),
            }
        )
    return result


def short_texts(cases):
    return [case for case in cases if case["dtype"] == "text" and len(case["reference"]) < 400]


if len(sys.argv) > 1:
    cases = json.load(sys.stdin)
    print(json.dumps([scored("TVD", CAT, series(c["reference"], "text"), series(c["current"], "text"))["score"] for c in cases]))
    sys.exit()


def hashes(cases):
    chosen = short_texts(cases)
    asked = {"input": json.dumps(chosen), "capture_output": True, "text": True, "check": True}
    answers = []
    for order in range(8):
        environment = {**os.environ, "PYTHONHASHSEED": str(order)}
        answers.append(json.loads(subprocess.run([sys.executable, sys.argv[0], "hashes"], env=environment, **asked).stdout))
    return [
        {"name": case["name"], "scores": sorted({answer[k] for answer in answers})} for k, case in enumerate(chosen)
    ]


tables, report_cases = reports()
about = {
    "about": "evidently",
    "versions": {
        "python": sys.version.split()[0],
        "evidently": evidently.__version__,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "pandas": pd.__version__,
    },
    "script": "preset-evidently.py",
    "seed": seed,
}
method_cases = methods()
parts = {
    "methods": method_cases,
    "hashes": hashes(method_cases),
    "types": types(),
    "choices": choices(),
    "reports": report_cases,
    "texts": texts(),
    "embeddings": embeddings(),
    "random": random_numbers(),
}
lines = ["{" + json.dumps(about)[1:-1] + ",", '"tables":' + json.dumps(plain(tables), separators=(",", ":"), ensure_ascii=False) + ","]
for key, cases in parts.items():
    body = ",\n".join(json.dumps(plain(case), separators=(",", ":"), allow_nan=False, ensure_ascii=False) for case in cases)
    lines.append(f'"{key}":[\n{body}\n]' + ("" if key == list(parts)[-1] else ","))
print("\n".join(lines) + "}")
