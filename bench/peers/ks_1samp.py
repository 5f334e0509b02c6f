from scipy.stats import ks_1samp, norm
from serve import serve

serve(lambda x: ks_1samp(x, norm.cdf), lambda found: {"statistic": float(found.statistic)})
