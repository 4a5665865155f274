ARGUMENT_PACK = ["index.html"]
