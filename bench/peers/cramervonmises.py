from scipy.stats import cramervonmises
from serve import serve

serve(lambda x: cramervonmises(x, "norm"), lambda found: {"statistic": float(found.statistic)})
