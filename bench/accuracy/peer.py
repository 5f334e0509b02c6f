"""SciPy's values of the functions that Smirnov's are compared with: JSON in, JSON out, infinities as text."""

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
    "normal.sf": lambda x: special.ndtr(-x),
    "normal.cdf": special.ndtr,
    "studentT.sf": lambda t, df: stats.t.sf(t, df),
    "studentT.cdf": lambda t, df: stats.t.cdf(t, df),
    "fisherF.cdf": lambda f, a, b: stats.f.cdf(f, a, b),
    "fisherF.sf": lambda f, a, b: stats.f.sf(f, a, b),
    "chiSquare.cdf": lambda x, df: stats.chi2.cdf(x, df),
    "chiSquare.sf": lambda x, df: stats.chi2.sf(x, df),
    "gamma.cdf": lambda x, a, s: stats.gamma.cdf(x, a, scale=s),
    "gamma.sf": lambda x, a, s: stats.gamma.sf(x, a, scale=s),
    "beta.cdf": lambda x, a, b: stats.beta.cdf(x, a, b),
    "beta.sf": lambda x, a, b: stats.beta.sf(x, a, b),
    "exponential.cdf": lambda x, r: stats.expon.cdf(x, scale=1 / r),
    "exponential.sf": lambda x, r: stats.expon.sf(x, scale=1 / r),
    "uniform.cdf": lambda x, a, b: stats.uniform.cdf(x, a, b - a),
    "uniform.sf": lambda x, a, b: stats.uniform.sf(x, a, b - a),
    "kolmogorov.sf": special.kolmogorov,
    "kolmogorov.cdf": lambda x: stats.kstwobign.cdf(x),
    "smirnovN.sf": lambda d, n: special.smirnov(n.astype(int), d),
    "kolmogorovN.cdf": lambda d, n: stats.kstwo.cdf(d, n),
    "kolmogorovN.sf": lambda d, n: stats.kstwo.sf(d, n),
    "normal.quantile": special.ndtri,
    "studentT.quantile": lambda p, df: stats.t.ppf(p, df),
    "gamma.quantile": lambda p, a, s: special.gammaincinv(a, p) * s,
    "gamma.upperQuantile": lambda p, a, s: special.gammainccinv(a, p) * s,
    "beta.quantile": lambda p, a, b: special.betaincinv(a, b, p),
    "beta.upperQuantile": lambda p, a, b: special.betainccinv(a, b, p),
}

answer = {"version": scipy.__version__, "values": []}
for name, rows in json.load(sys.stdin):
    function = functions.get(name)
    if function is None or not rows:
        answer["values"].append(None)
        continue
    columns = numpy.array(rows, dtype=float).T
    answer["values"].append([repr(float(value)) for value in function(*columns)])
json.dump(answer, sys.stdout)
