"""What members see and do about themselves by their link: their data, and what they agreed to. [S1, T12]"""
