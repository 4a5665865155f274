ARGUMENT_CONTACT = "reading-room@example.org"
