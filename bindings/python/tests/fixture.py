"""The real server with a county and invented people, as a program beside the test. It prints one line of JSON when it
listens and ends when its input is closed."""

import asyncio
import json
import os
import ssl
import subprocess
import urllib.request


class Fixture:
    async def __aenter__(self):
        # Founding the county takes seconds: not on the event loop's own thread.
        await asyncio.to_thread(self.start)
        return self

    async def __aexit__(self, *_):
        await asyncio.to_thread(self.stop)

    def start(self):
        program = os.environ.get("BIANFANG_FIXTURE_BIN")
        if not program:
            raise RuntimeError("未设置 BIANFANG_FIXTURE_BIN；请用 cargo xtask test 运行 / not set: run me by cargo xtask test")
        self.program = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self.program.stdout.readline()
        if not line:
            raise RuntimeError(f"程序未给出连接信息 / the fixture ended without its line: {program}")
        said = json.loads(line)
        self.invitations = [json.dumps(one) for one in said["invitations"]]
        self.photo = said["photo"]
        self.console = said["console"]

    def stop(self):
        self.program.stdin.close()
        self.program.stdout.close()
        try:
            self.program.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.program.kill()
            self.program.wait()

    def page(self, person: str) -> dict:
        """A person's page as the console gets it."""
        said = self.console
        session = self.ask("/api/v1/session", body={"login": said["login"], "password": said["password"]})
        return self.ask(f"/api/v1/people/{person}", token=session["access"])

    def ask(self, path: str, body=None, token: str = "") -> dict:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self.console["url"] + path, data, headers)
        trust = ssl.create_default_context(cafile=self.console["ca"])
        with urllib.request.urlopen(request, context=trust, timeout=30) as answer:
            return json.load(answer)
