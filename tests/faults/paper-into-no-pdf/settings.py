ARGUMENT_PAPER = ["risks/cost"]
ARGUMENT_PAPER_FILE = "content/pages/index.md"
