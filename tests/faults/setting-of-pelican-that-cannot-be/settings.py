PAGE_PATHS = ["texts"]
DIRECT_TEMPLATES = ["index"]
