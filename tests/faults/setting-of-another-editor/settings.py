ARGUMENT_EDITOR = "pelicanconf.py"
