"""Writes drifts.json: where river's detectors find something, and what they know by then. python3 drifts.py > drifts.json

Needs river==0.21.2 on Python 3.11.

river's KSWIN draws from random.Random, which is replaced with our generator, so that both draw the same values.
"""

import importlib.metadata
import json
import platform
import sys

import river.drift.kswin
from river import drift
from streams import Sfc32, part, values_of

river.drift.kswin.random.Random = Sfc32

streams = [
    {"name": "no change", "seed": 1, "parts": [part("normal", 3000, 0)]},
    {"name": "abrupt", "seed": 2, "parts": [part("normal", 800, 0), part("normal", 800, 1), part("normal", 800, -0.5)]},
    {"name": "gradual", "seed": 3, "parts": [part("normal", 700, 0), part("normal", 900, 0, 3), part("normal", 500, 3)]},
    {"name": "wider", "seed": 4, "parts": [part("normal", 900, 5, scale=0.5), part("normal", 900, 5, scale=3)]},
    {"name": "far from zero", "seed": 5, "parts": [part("normal", 600, 1e6, scale=100), part("normal", 600, 1e6 + 200, scale=100)]},
    {"name": "uniform", "seed": 6, "parts": [part("uniform", 2500, 0)]},
    {"name": "uniform, abrupt", "seed": 7, "parts": [part("uniform", 700, 0, scale=0.5), part("uniform", 700, 0.3, scale=0.7), part("uniform", 900, 0, scale=0.4)]},
    {"name": "errors, no change", "seed": 8, "parts": [part("errors", 4000, 0.2)]},
    {"name": "errors, abrupt", "seed": 9, "parts": [part("errors", 1500, 0.1), part("errors", 1500, 0.4), part("errors", 1500, 0.05)]},
    {"name": "errors, gradual", "seed": 10, "parts": [part("errors", 1500, 0.3), part("errors", 2000, 0.3, 0.8), part("errors", 800, 0.8)]},
    {"name": "errors, rare", "seed": 11, "parts": [part("errors", 3000, 0.01), part("errors", 1500, 0.06)]},
]
numbers = ["no change", "abrupt", "gradual", "wider", "far from zero", "uniform", "uniform, abrupt", "errors, abrupt"]
shares = ["uniform", "uniform, abrupt"]
errors = ["errors, no change", "errors, abrupt", "errors, gradual", "errors, rare"]


def weighted(sample):
    return {"mean": sample.ewma if sample._is_init else None, "squares": sample.ibc}


def finite(value):
    return value if value is not None and abs(value) < float("inf") else None


detectors = [
    {
        "name": "adwin",
        "make": drift.ADWIN,
        "streams": numbers + shares + errors,
        "options": [
            ({}, {}),
            ({"delta": 0.05, "clock": 1, "max_buckets": 3}, {"delta": 0.05, "clock": 1, "maxBuckets": 3}),
            ({"min_window_length": 20, "grace_period": 100}, {"minWindowLength": 20, "gracePeriod": 100}),
        ],
        "fixed": {"variant": "river"},
        "knows": lambda d: {"width": d.width, "total": d.total, "squares": d.variance},
    },
    {
        "name": "pageHinkley",
        "make": drift.PageHinkley,
        "streams": numbers + errors,
        "options": [
            ({}, {}),
            ({"mode": "up", "threshold": 20}, {"direction": "up", "threshold": 20}),
            ({"mode": "down", "threshold": 10, "alpha": 0.99}, {"direction": "down", "threshold": 10, "alpha": 0.99}),
            ({"delta": 0.5, "threshold": 8, "alpha": 1, "min_instances": 5}, {"delta": 0.5, "threshold": 8, "alpha": 1, "minInstances": 5}),
        ],
        "fixed": {},
        "knows": lambda d: {
            "mean": d._x_mean.get(),
            "high": d._sum_increase,
            "low": d._sum_decrease,
            "least": d._min_increase,
            "greatest": d._max_decrease,
        },
    },
    {
        "name": "kswin",
        "make": drift.KSWIN,
        "streams": numbers,
        "options": [
            ({"seed": 7}, {"seed": 7}),
            ({"seed": 8, "alpha": 0.0001, "window_size": 200, "stat_size": 60}, {"seed": 8, "alpha": 0.0001, "windowSize": 200, "statSize": 60}),
            ({"seed": 2**40 + 9, "alpha": 0.3, "window_size": 30, "stat_size": 7}, {"seed": 2**40 + 9, "alpha": 0.3, "windowSize": 30, "statSize": 7}),
        ],
        "fixed": {"variant": "river"},
        "knows": lambda d: {"pValue": float(d.p_value)} if d.n >= d.window_size else {},
    },
    {
        "name": "ddm",
        "make": drift.binary.DDM,
        "streams": errors,
        "options": [
            ({}, {}),
            ({"warm_start": 100, "warning_threshold": 1, "drift_threshold": 2}, {"warmStart": 100, "warningThreshold": 1, "driftThreshold": 2}),
        ],
        "fixed": {},
        "knows": lambda d: {"rate": d._p.get(), "leastRate": d._p_min, "leastDeviation": d._s_min},
    },
    {
        "name": "eddm",
        "make": drift.binary.EDDM,
        "streams": errors,
        "options": [({}, {}), ({"warm_start": 50, "alpha": 0.9, "beta": 0.7}, {"warmStart": 50, "alpha": 0.9, "beta": 0.7})],
        "fixed": {"variant": "river"},
        "knows": lambda d: {
            "errors": d._n_errors,
            "lastError": d._last_error,
            "mean": d._error_distances.mean.get(),
            "squares": d._error_distances._S,
            "greatest": None if d._p2s_prime_max == -1 else d._p2s_prime_max,
        },
    },
    {
        "name": "hddmA",
        "make": drift.binary.HDDM_A,
        "streams": errors + shares,
        "options": [
            ({}, {}),
            ({"two_sided_test": True, "drift_confidence": 0.01, "warning_confidence": 0.05}, {"direction": "both", "driftConfidence": 0.01, "warningConfidence": 0.05}),
        ],
        "fixed": {},
        "knows": lambda d: {
            "mean": d._z.get(),
            "leastValues": d._x_min.n,
            "leastMean": d._x_min.get(),
            "greatestValues": d._x_max.n,
            "greatestMean": d._x_max.get(),
        },
    },
    {
        "name": "hddmW",
        "make": drift.binary.HDDM_W,
        "streams": errors + shares,
        "options": [
            ({}, {}),
            ({"two_sided_test": True, "drift_confidence": 0.01, "warning_confidence": 0.05, "lambda_val": 0.1}, {"direction": "both", "driftConfidence": 0.01, "warningConfidence": 0.05, "lambda": 0.1}),
        ],
        "fixed": {"variant": "river"},
        "knows": lambda d: {
            "total": weighted(d._total),
            "riseBefore": weighted(d._s1_incr),
            "riseAfter": weighted(d._s2_incr),
            "fallBefore": weighted(d._s1_decr),
            "fallAfter": weighted(d._s2_decr),
            "leastUpper": finite(d._incr_cutpoint),
            "greatestLower": finite(d._decr_cutpoint),
        },
    },
]


def case(detector, stream, theirs, ours):
    found = detector["make"](**theirs)
    runs, checks = [], []
    for index, value in enumerate(values_of(stream)):
        found.update(value)
        is_warning = getattr(found, "warning_detected", False)
        status = "drift" if found.drift_detected else "warning" if is_warning else "stable"
        if runs and runs[-1][1] == status:
            runs[-1][0] += 1
        else:
            runs.append([1, status])
        if status == "drift" or index % 211 == 210:
            checks.append([index, detector["knows"](found)])
    return {
        "detector": detector["name"],
        "options": {**ours, **detector["fixed"]},
        "stream": stream["name"],
        "runs": runs,
        "checks": checks[:40],
    }


cases = [
    case(detector, stream, theirs, ours)
    for detector in detectors
    for theirs, ours in detector["options"]
    for stream in streams
    if stream["name"] in detector["streams"]
]
head = {
    "about": "drift detectors of river, value by value",
    "versions": {"python": platform.python_version(), **{name: importlib.metadata.version(name) for name in ["river", "scipy", "numpy"]}},
    "script": sys.argv[0].split("/")[-1],
    "streams": streams,
}
lines = ",\n".join(json.dumps(entry, separators=(",", ":"), allow_nan=False) for entry in cases)
print(json.dumps(head, allow_nan=False)[:-1] + ',"cases":[\n' + lines + "\n]}")
