"""What runs under one command: PostgreSQL from a wheel, web, worker, their supervisor, and the tests' browser."""
