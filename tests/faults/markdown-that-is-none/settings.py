MARKDOWN = {"extensions": "codehilite"}
