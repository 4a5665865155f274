SITEURL = "https://reading.example.org/case"
ARGUMENT_DATE = "2024-11-30"
