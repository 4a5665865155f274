ARGUMENT_SIDES = {"fore": "In favour"}
ARGUMENT_NOTICE = 3
