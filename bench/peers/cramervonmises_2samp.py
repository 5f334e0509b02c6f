from scipy.stats import cramervonmises_2samp
from serve import serve

serve(cramervonmises_2samp, lambda found: {"statistic": float(found.statistic), "pValue": float(found.pvalue)})
