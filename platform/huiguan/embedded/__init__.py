"""Everything that runs under one command: PostgreSQL from a wheel, web, worker, their supervisor, and the browser for tests."""
