"""river's detectors, a value at a time: how often each finds a drift, and where, added up."""

from river import drift
from serve import serve

makers = [
    drift.ADWIN,
    drift.PageHinkley,
    lambda: drift.KSWIN(seed=7),
    drift.binary.DDM,
    drift.binary.EDDM,
    drift.binary.HDDM_A,
    drift.binary.HDDM_W,
]
lists = {}


def detect(which, values):
    # plain numbers, as river's users have them
    stream = lists.setdefault(id(values), values.tolist())
    detector = makers[int(which[0])]()
    drifts, places = 0, 0
    for k, value in enumerate(stream):
        detector.update(value)
        if detector.drift_detected:
            drifts += 1
            places += k
    return drifts, places


serve(detect, lambda found: {"drifts": found[0], "places": found[1]})
