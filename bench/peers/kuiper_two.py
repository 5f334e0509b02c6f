import numpy
from serve import serve


def kuiper_two(x, y):
    x, y = numpy.sort(x), numpy.sort(y)
    values = numpy.concatenate([x, y])
    gaps = numpy.searchsorted(x, values, "right") / len(x) - numpy.searchsorted(y, values, "right") / len(y)
    return numpy.max(gaps) - numpy.min(gaps)


serve(kuiper_two, lambda found: {"statistic": float(found)})
