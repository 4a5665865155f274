ARGUMENT_BUNDLE = "site.tar"
