SITEURL = "https://reading.example.org/case"
ARGUMENT_AUTHOR = "Friend, Faith"
ARGUMENT_BLOCKED = ["example.org"]
