"""Personal information 个人信息: who had what shown; what is kept of a person, and its erasure. [T12, PIPL]"""
