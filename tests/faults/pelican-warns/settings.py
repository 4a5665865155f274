PAGE_ORDER_BY = "colour"
