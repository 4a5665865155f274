MARKDOWN = {"extensions": ["footnotes_of_nobody"]}
