ARGUMENT_BUNDLE = "site.zip"
