MARKDOWN = {"extensions": ["pymdownx.blocks.admonition"]}
