"""xlplan: from an annual work plan to the consolidated progress workbook, on plain Excel files."""

__version__ = "0.1.0"
