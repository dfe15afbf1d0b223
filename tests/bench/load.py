"""How many calls per second the stub answers, to know that it is not what is measured."""

import asyncio
import sys

from tests.bench.cores import take_core

CONNECTIONS = 32
BODY = b'{"chat_id": 1000001, "text": "Buenos d\\u00edas", "parse_mode": "HTML"}'
CALL = (
    b"POST /bot1:bench/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
)


class Caller(asyncio.Protocol):
    """Calls again as soon as it is answered."""

    answers = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(CALL)

    def data_received(self, data: bytes) -> None:
        self.answers += 1
        self.transport.write(CALL)


async def measure(port: int, seconds: float) -> float:
    """Return the calls answered per second, over `CONNECTIONS` connections."""
    loop = asyncio.get_running_loop()
    callers: list[Caller] = []
    for _ in range(CONNECTIONS):
        _, caller = await loop.create_connection(Caller, "127.0.0.1", port)
        callers.append(caller)
    started, before = loop.time(), sum(caller.answers for caller in callers)
    await asyncio.sleep(seconds)
    answered, took = sum(caller.answers for caller in callers) - before, loop.time() - started
    for caller in callers:
        caller.transport.abort()
    return answered / took


if __name__ == "__main__":
    take_core(int(sys.argv[2]))
    print(asyncio.run(measure(int(sys.argv[1]), float(sys.argv[3]))))
