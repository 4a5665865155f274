ARGUMENT_SIDES = {"fore": "In favour"}
ARGUMENT_NOTICE = 3
ARGUMENT_STATES = {"now": "Shut"}
