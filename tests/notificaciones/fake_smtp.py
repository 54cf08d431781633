"""A mail server on loopback that answers what it is told to."""

import contextlib
import socketserver
import threading


class FakeSmtp:
    """``replies`` maps a command (MAIL, RCPT, DATA, BODY) to a line, or to ``None`` to hang up."""

    def __init__(self, **replies: str | None) -> None:
        self.replies, self.letters = replies, []
        handler = type("Handler", (_Handler,), {"fake": self})
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Handler(socketserver.StreamRequestHandler):
    fake: FakeSmtp

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            self._say("220 loopback")
            while line := self.rfile.readline().decode():
                command = line[:4].upper().strip()
                if command == "QUIT":
                    self._say("221 bye")
                    return
                if not self._answer(command):
                    return

    def _answer(self, command: str) -> bool:
        usual = {"DATA": "354 go on"}.get(command, "250 ok")
        reply = self.fake.replies.get(command, usual)
        if reply is None:
            return False
        self._say(reply)
        return self._letter() if reply.startswith("354") else True

    def _letter(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.fake.letters.append(b"".join(lines))
        reply = self.fake.replies.get("BODY", "250 queued")
        if reply is None:
            return False
        self._say(reply)
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
