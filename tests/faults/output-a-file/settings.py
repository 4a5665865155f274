OUTPUT_PATH = "pelicanconf.py"
