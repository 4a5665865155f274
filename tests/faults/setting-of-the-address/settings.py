
SITEURL = "example.org"
