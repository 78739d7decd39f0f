"""Reading Chinese: numerals, quantities, targets, owners, dates, script and numbering."""
