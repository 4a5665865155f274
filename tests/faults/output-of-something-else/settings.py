OUTPUT_PATH = "documents"
