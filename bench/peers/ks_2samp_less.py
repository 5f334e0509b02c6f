from scipy.stats import ks_2samp
from serve import serve

serve(
    lambda x, y: ks_2samp(x, y, alternative="less", method="asymp"),
    lambda found: {"statistic": float(found.statistic)},
)
