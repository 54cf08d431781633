"""Database engines of Django's, with what this house needs of them."""
