"""A lean Bot API for measuring: its own process on its own core, HTTP/1.1 read by hand, answers prepared.

It keeps none of Telegram's rules (the local server of `bot.demo` does that); it feeds updates, notes when
each is answered, and does so fast enough not to be what is measured. Its clock alone times everything.

An update counts as handled at the first `sendMessage` or `editMessageText` that arrives for its chat after
it was available. A chat's next update is available once its last one is answered: people read before they
tap again. So the k-th of a chat's updates belongs to the k-th of its answers.

Control, JSON over the same port: `POST /control/feed` ({"updates": [...], "per_second": number or null,
"answer_after": seconds, "awaited": text, "eager": bool}), `GET /control/state`. Updates that are fed with an
awaited text are one album: none is held back, and they are handled when a call brings that text.

Eager people wait for no answer, and press ✅ under every card that reaches them. Of their updates only the
confirmation counts: from being available to the poll whose offset says that they are committed.
"""

import argparse
import asyncio
import json
import os
import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from tests.bench.traffic import tap

HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
CHAT = re.compile(rb'"?chat_id\W{1,4}(\d+)')
FILE = re.compile(rb'"?file_id\W{1,5}([\w-]+)')
OFFSET = re.compile(rb"offset\W{1,4}(\d+)")
LIMIT = re.compile(rb"limit\W{1,4}(\d+)")
TIMEOUT = re.compile(rb"timeout\W{1,4}(\d+)")
TRUE = b'{"ok":true,"result":true}'
ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot"}}'
MESSAGE = (
    b'{"ok":true,"result":{"message_id":%d,"date":1710950400,"chat":{"id":%d,"type":"private"},"text":"x"}}'
)
FOUND = b'{"ok":true,"result":{"file_id":"%b","file_unique_id":"%b","file_size":%d,"file_path":"%b"}}'
NOTHING = b'{"ok":true,"result":[]}'
READY = re.compile(rb"d:\d+:\d+:ok")  # the data of ✅ under a card
BATCH = 100


class Pending(NamedTuple):
    update_id: int
    content: bytes
    since: float


@dataclass
class Feed:
    """What is fed, and what came of it. Times are the loop's clock, in seconds."""

    started: float = 0.0
    fed: int = 0
    last_answer: float = 0.0
    latencies: list[float] = field(default_factory=list)
    unasked: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    unanswered: dict[int, float] = field(default_factory=dict)  # since when, by chat
    awaited: bytes = b""
    eager: bool = False
    confirmed: list[float] = field(default_factory=list)  # seconds until the commit was known
    taps: int = 0
    held: defaultdict[int, deque[bytes]] = field(default_factory=lambda: defaultdict(deque))


class Stub:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.pending: deque[Pending] = deque()
        self.next_update = self.next_message = 1
        self.answer_after = 0.0
        self.poll: tuple[Connection, asyncio.TimerHandle] | None = None
        self.limit = BATCH  # of the last poll
        self.polls = 0
        self.feed = Feed()

    # What the bot calls.

    def call(self, connection: "Connection", method: str, body: bytes) -> None:
        self.feed.calls[method] += 1
        if method == "getUpdates":
            self.get_updates(connection, body)
        elif method == "getFile":
            name = FILE.search(body)
            assert name, body
            self.reply(connection, FOUND % (name[1], name[1], len(picture(name[1])), name[1]))
        elif method in ("sendMessage", "editMessageText"):
            chat = CHAT.search(body)
            assert chat, body
            self.next_message += 1
            if self.feed.eager:
                self.tap(int(chat[1]), body)
            elif self.feed.awaited in body:
                self.answered(int(chat[1]))
            self.reply(connection, MESSAGE % (self.next_message, int(chat[1])))
        else:
            self.reply(connection, ME if method == "getMe" else TRUE)

    def tap(self, chat_id: int, body: bytes) -> None:
        """Press ✅ if the message has it."""
        if (ready := READY.search(body)) is not None:
            self.feed.taps += 1
            pressed = tap(chat_id, ready[0].decode(), self.next_message)
            self.make_available((chat_id, json.dumps(pressed, ensure_ascii=False).encode()))

    def answered(self, chat_id: int) -> None:
        feed = self.feed
        since = feed.unanswered.pop(chat_id, None)
        if since is None:
            feed.unasked += 1
            return
        feed.last_answer = self.loop.time()
        feed.latencies.append(feed.last_answer - since)
        if feed.held[chat_id]:
            self.make_available((chat_id, feed.held[chat_id].popleft()))

    def get_updates(self, connection: "Connection", body: bytes) -> None:
        self.polls += 1
        offset, timeout = OFFSET.search(body), TIMEOUT.search(body)
        confirmed = int(offset[1]) if offset else 0
        asked = LIMIT.search(body)
        self.limit = int(asked[1]) if asked else BATCH
        now = self.loop.time()
        while self.pending and self.pending[0].update_id < confirmed:
            self.feed.confirmed.append(now - self.pending.popleft().since)
        if self.pending or not timeout:
            self.answer_poll(connection)
            return
        give_up = self.loop.call_later(int(timeout[1]), self.answer_poll, connection)
        self.poll = connection, give_up

    def answer_poll(self, connection: "Connection") -> None:
        self.poll = None
        batch = [self.pending[place].content for place in range(min(self.limit, len(self.pending)))]
        self.reply(connection, b'{"ok":true,"result":[%s]}' % b",".join(batch) if batch else NOTHING)

    def reply(self, connection: "Connection", content: bytes) -> None:
        if self.answer_after:
            self.loop.call_later(self.answer_after, connection.send, content)
        else:
            connection.send(content)

    # What the harness calls.

    def control(self, connection: "Connection", action: str, body: bytes) -> None:
        if action == "feed":
            self.begin(**json.loads(body))
        connection.send(json.dumps(self.state()).encode())

    def begin(
        self,
        updates: list[dict[str, Any]],
        per_second: float | None,
        answer_after: float,
        awaited: str,
        eager: bool,
    ) -> None:
        self.pending.clear()
        self.answer_after = answer_after
        encoded = [(chat_of(each), json.dumps(each, ensure_ascii=False).encode()) for each in updates]
        fed = 1 if awaited else len(encoded)
        self.feed = Feed(started=self.loop.time(), fed=fed, awaited=awaited.encode(), eager=eager)
        if not per_second:
            self.make_available(*encoded)
            return
        for place, each in enumerate(encoded):
            self.loop.call_at(self.feed.started + place / per_second, self.make_available, each)

    def make_available(self, *updates: tuple[int, bytes]) -> None:
        now, feed = self.loop.time(), self.feed
        for chat_id, content in updates:
            if chat_id in feed.unanswered and not feed.awaited and not feed.eager:
                feed.held[chat_id].append(content)
            else:
                feed.unanswered.setdefault(chat_id, now)
                numbered = b'{"update_id":%d,%b' % (self.next_update, content[1:])
                self.pending.append(Pending(self.next_update, numbered, now))
                self.next_update += 1
        if self.poll and self.pending:
            connection, give_up = self.poll
            give_up.cancel()
            self.answer_poll(connection)

    def state(self) -> dict[str, Any]:
        feed = self.feed
        return {
            "fed": feed.fed,
            "handled": len(feed.latencies),
            "seconds": feed.last_answer - feed.started,
            "latencies": feed.latencies if len(feed.latencies) == feed.fed else [],
            "unasked": feed.unasked,
            "confirmed": feed.confirmed if feed.eager else [],
            "taps": feed.taps,
            "lasted": self.loop.time() - feed.started,
            "waiting": len(self.pending),
            "calls": feed.calls,
            "polls": self.polls,
        }

    def gone(self, connection: "Connection") -> None:
        if self.poll and self.poll[0] is connection:
            self.poll[1].cancel()
            self.poll = None


def chat_of(update: dict[str, Any]) -> int:
    message = update.get("message") or update["callback_query"]["message"]
    return int(message["chat"]["id"])


class Connection(asyncio.Protocol):
    """Requests with a Content-Length, kept alive, one at a time: what the two clients send."""

    def __init__(self, stub: Stub) -> None:
        self.stub = stub
        self.buffer = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.stub.gone(self)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(HEAD_END)) >= 0:
            head, start = self.buffer[:end], end + len(HEAD_END)
            length = LENGTH.search(head)
            stop = start + (int(length[1]) if length else 0)
            if len(self.buffer) < stop:
                return
            body, self.buffer = self.buffer[start:stop], self.buffer[stop:]
            path = head.split(b" ", 2)[1].split(b"/")
            if path[1] == b"file":
                self.send(picture(path[-1]))
            else:
                answer = self.stub.control if path[1] == b"control" else self.stub.call
                answer(self, path[-1].decode(), body)

    def send(self, content: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self.transport.write(head % len(content) + content)


def picture(name: bytes) -> bytes:
    """A photograph as large as those that Telegram keeps, of a content of its own."""
    return _noise() + name


@cache
def _noise() -> bytes:
    # Imported here: rarely needed.
    from PIL import Image

    written = BytesIO()
    Image.effect_noise((1280, 960), 40).convert("RGB").save(written, "JPEG", quality=60)
    return written.getvalue()


async def serve(port: int) -> None:
    stub = Stub()
    server = await stub.loop.create_server(lambda: Connection(stub), "127.0.0.1", port, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--core", type=int, required=True)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    os.sched_setaffinity(0, {options.core})
    asyncio.run(serve(options.port))
