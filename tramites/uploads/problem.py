class FileProblem(ValueError):
    """What is wrong with a file, said so that it fits after its name."""
