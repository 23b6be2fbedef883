"""What a person's browser or another house asks a server of these tests."""

import httpx

# `httpx.post` reads all certificates of the machine for each call, 30 ms of processor time; no server here has any.
WEB = httpx.Client(limits=httpx.Limits(max_keepalive_connections=0))
