import pandas as pd
from serve import serve

serve(lambda *columns: pd.DataFrame(dict(enumerate(columns)), copy=False).duplicated().sum(), lambda count: {"duplicatedRows": int(count)})
