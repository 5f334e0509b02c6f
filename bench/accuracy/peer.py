"""SciPy's values of the functions that Smirnov's are compared with: JSON in, JSON out, numbers as text, "-" for none."""

import json
import sys
import warnings

import numpy
import scipy
from scipy import special, stats

warnings.simplefilter("ignore")
numpy.seterr(all="ignore")

functions = {
    "erf": special.erf,
    "erfc": special.erfc,
    "erfcx": special.erfcx,
    "erfInverse": special.erfinv,
    "erfcInverse": special.erfcinv,
    "lgamma": special.gammaln,
    "gammaP": special.gammainc,
    "gammaQ": special.gammaincc,
    "betaI": lambda x, a, b: special.betainc(a, b, x),
    "betaIComplement": lambda x, a, b: special.betaincc(a, b, x),
    "kolmogorov.sf": special.kolmogorov,
    "smirnovN.sf": lambda d, n: special.smirnov(n.astype(int), d),
}

# a law here, what it is there with its parameters in its order
laws = {
    "normal": lambda mean=0.0, sd=1.0: stats.norm(mean, sd),
    "logNormal": lambda mu, sigma: stats.lognorm(sigma, scale=numpy.exp(mu)),
    "studentT": stats.t,
    "fisherF": stats.f,
    "chiSquare": stats.chi2,
    "gamma": lambda a, s=1.0: stats.gamma(a, scale=s),
    "beta": stats.beta,
    "exponential": lambda rate: stats.expon(scale=1 / rate),
    "uniform": lambda low, high: stats.uniform(low, high - low),
    "kolmogorov": stats.kstwobign,
    "kolmogorovN": stats.kstwo,
    "smirnovN": stats.ksone,
    "binomial": stats.binom,
    "poisson": stats.poisson,
    "hypergeometric": stats.hypergeom,
}
methods = {"pdf": "pdf", "logPdf": "logpdf", "pmf": "pmf", "logPmf": "logpmf", "cdf": "cdf", "sf": "sf", "quantile": "ppf", "upperQuantile": "isf"}


def values_of(name, columns):
    if name in functions:
        return functions[name](*columns)
    law, _, method = name.partition(".")
    if law not in laws or method not in methods:
        return None
    x, *parameters = columns
    if law == "hypergeometric":
        # beyond, SciPy does not come back, or sets up an array of all values that the tail could take
        some = parameters[0] <= 1e6
        result = numpy.full(len(x), None, dtype=object)
        result[some] = getattr(stats.hypergeom(*(column[some] for column in parameters)), methods[method])(x[some])
        return result
    return getattr(laws[law](*parameters), methods[method])(x)


answer = {"version": scipy.__version__, "values": []}
for name, rows in json.load(sys.stdin):
    columns = [numpy.array(column) for column in zip(*([float(text) for text in row] for row in rows))]
    values = values_of(name, columns) if rows else None
    answer["values"].append(["-"] * len(rows) if values is None else ["-" if value is None else repr(float(value)) for value in values])
json.dump(answer, sys.stdout)
