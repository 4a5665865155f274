ARGUMENT_PACK = ["risks/cost"]
ARGUMENT_PACK_FILE = "theme"
