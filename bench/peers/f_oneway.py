from scipy.stats import f_oneway
from serve import serve

serve(f_oneway, lambda found: {"statistic": float(found.statistic), "pValue": float(found.pvalue)})
