"""Reading workbooks: one module per format or part of it, all filling grids of plain values."""
