"""The verbs of the field, pure: values in, values and findings out."""
