from scipy.stats import epps_singleton_2samp
from serve import serve

serve(epps_singleton_2samp, lambda found: {"statistic": float(found.statistic), "pValue": float(found.pvalue)})
