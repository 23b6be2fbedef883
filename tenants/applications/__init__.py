"""Applications to become a member. [S1 入会申请]"""
