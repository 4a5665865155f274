OUTPUT_PATH = "content/site"
