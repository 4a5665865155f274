ARGUMENT_PACK = ["risks/csot", "quotations/never-in-the-week"]
