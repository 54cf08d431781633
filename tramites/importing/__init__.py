"""Historical cases from a CSV file, read row by row with a map that says what each column is."""
