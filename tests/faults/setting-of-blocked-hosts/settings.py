ARGUMENT_BLOCKED = ["example.org", "https://example.com"]
ARGUMENT_BLOCKED_NOTE = " "
