"""`huiguan up` without Django: the supervisor and a real server, with a page of one word."""

import os
import sys

from huiguan.embedded import up
from huiguan.embedded.house import House
from huiguan.embedded.processes import Program

PAGE = """
import http.server
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"welcome")
http.server.HTTPServer(("127.0.0.1", %d), Page).serve_forever()
"""


class SmallHouse(up.Supervisor):
    def bring_up_to_date(self, house: House) -> None:
        pass

    def start_programs(self, house: House) -> None:
        command = [sys.executable, "-S", "-c", PAGE % self.port]
        self.programs = [Program("web", command, os.environ, house.folder / "log", self.terminal.detail)]
        self.programs[0].start()
        self.wait_for_page()


if __name__ == "__main__":
    up.Supervisor = SmallHouse  # type: ignore[misc]
    sys.exit(up.main([]))
