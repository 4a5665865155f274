ARGUMENT_BUNDLE = "content.zip"
