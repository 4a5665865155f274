import os

os.environ["SOURCE_DATE_EPOCH"] = "yesterday"
