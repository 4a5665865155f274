SITEURL = "example.org"
