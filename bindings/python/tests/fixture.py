"""The real server with a county and invented people, as a program beside the test. It prints one line of JSON when it
listens and ends when its input is closed."""

import asyncio
import json
import os
import subprocess


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

    def stop(self):
        self.program.stdin.close()
        self.program.stdout.close()
        try:
            self.program.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.program.kill()
            self.program.wait()
