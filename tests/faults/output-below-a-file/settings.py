OUTPUT_PATH = "pelicanconf.py/output"
