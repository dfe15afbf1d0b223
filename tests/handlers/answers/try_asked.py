import csv, sys, asyncio, tempfile
from pathlib import Path
from tests.handlers.answers.replayed import first_quarter_replayed


async def main(path):
    out = []
    with tempfile.TemporaryDirectory() as folder:
        async with first_quarter_replayed(Path(folder)) as quarter:
            for row in csv.DictReader(open(path)):
                phone = quarter.of(row["who"])
                quarter.stage.world.advance(240)
                await phone.send(row["text"])
                await quarter.stage.settled()
                msgs = [m for m in await phone.messages() if m.from_bot]
                got = []
                # since last own
                allm = await phone.messages()
                k = max(i for i, m in enumerate(allm) if not m.from_bot)
                print("=====", row["who"], "|", row["text"], "|", row.get("expected", ""))
                for m in allm[k + 1 :]:
                    print(
                        "  >",
                        (m.text or "")[: int(sys.argv[2]) if len(sys.argv) > 2 else 260].replace("\n", " / "),
                        [b for r in m.keyboard() for b in r][:8],
                    )


asyncio.run(main(sys.argv[1]))
