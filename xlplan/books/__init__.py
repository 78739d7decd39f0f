"""One module per workbook, both directions: compose(model) gives a Book, parse(Book) gives the model."""
