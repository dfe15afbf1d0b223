"""A webhook that another program left on the token."""

import pytest

from tests.stage import ANA, Stage


@pytest.mark.parametrize("when", ["before the start", "while it runs"])
async def test_a_webhook_left_on_the_token_is_logged_and_removed(
    stage: Stage, caplog: pytest.LogCaptureFixture, when: str
) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    if when == "before the start":
        await stage.stop_bot()
    stage.world.webhook = {"url": "https://example.org/hook"}
    if when == "before the start":
        await stage.start_bot()
    else:
        stage.world.advance(1)  # ends the pending poll, so that the next one meets the webhook
    await ana.send("/ayuda")
    await ana.wait_for("puedo hacer por usted")
    assert stage.world.webhook.get("url", "") == ""
    assert "A webhook was set for this token" in caplog.text
    assert "Another program polls" not in caplog.text
