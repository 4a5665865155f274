SITEURL = "https://reading.example.org/case"
ARGUMENT_AUTHOR = "Friend, Faith"
ARGUMENT_BLOCKED = ["example.org"]
ARGUMENT_SHARE_WITH = {
    "Village board": "https://board.example.org/new?at={address}&about={words}",
    "Noticeboard": "https://notices.example.net/?text={words}%20{address}",
}
