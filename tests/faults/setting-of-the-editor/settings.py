ARGUMENT_EDITOR = "sveltia-cms.tgz"
ARGUMENT_EDITOR_REPOSITORY = "https://github.com/owner/name"
