ARGUMENT_PACK = ["risks.html#risks-compared--csot"]
