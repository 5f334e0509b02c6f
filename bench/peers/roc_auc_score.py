from serve import serve
from sklearn.metrics import roc_auc_score

serve(roc_auc_score, lambda auc: {"auc": float(auc)})
