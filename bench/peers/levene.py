from scipy.stats import levene
from serve import serve

serve(levene, lambda found: {"statistic": float(found.statistic), "pValue": float(found.pvalue)})
