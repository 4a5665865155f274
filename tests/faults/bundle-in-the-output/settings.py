ARGUMENT_BUNDLE = "output/site.zip"
