"""Files that a chamber keeps: pictures and documents that belong to its records. [T8]"""
