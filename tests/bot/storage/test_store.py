"""The evidence store: complete files only, each content once, nothing deleted that was stored again."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage.store import Store
from tests.support.phones.stage import MORNING

DAY = timedelta(days=1)


def keep(store: Store, content: bytes, now: timedelta = timedelta()) -> str:
    with store.arriving() as arriving:
        arriving.write(content)
        return store.keep(arriving, MORNING + now)


def files(store: Store) -> list[Path]:
    return [each for each in store.folder.rglob("*") if each.is_file()]


def test_a_kept_file_can_be_read(tmp_path: Path) -> None:
    store = Store(tmp_path / "evidence")
    sha256 = keep(store, b"acta")
    with store.open(sha256) as file:
        assert file.read() == b"acta"
    assert store.size(sha256) == 4 and store.holds(sha256)
    assert store.path(sha256) == tmp_path / "evidence" / sha256[:2] / sha256


def test_the_same_content_twice_is_one_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert keep(store, b"acta") == keep(store, b"acta")
    assert len(files(store)) == 1


def test_a_file_that_is_not_kept_is_deleted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(OSError, match="the line broke"), store.arriving() as arriving:
        arriving.write(b"half")
        raise OSError("the line broke")
    assert not files(store)


def test_only_the_bots_own_user_reads_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "evidence")
    place = store.path(keep(store, b"acta"))
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_an_invalid_hash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        Store(tmp_path).path("../../etc/passwd")


def test_only_files_last_stored_before_a_time_are_listed_and_released(tmp_path: Path) -> None:
    store = Store(tmp_path / "evidence")
    old, again, new = keep(store, b"old"), keep(store, b"again"), keep(store, b"new", DAY)
    listed = [each for folder in store.kept_before(MORNING + DAY) for each in folder]
    assert sorted(listed) == sorted([old, again])
    keep(store, b"again", DAY)
    given_up = [store.give_up(each, tmp_path / each, MORNING + DAY) for each in (old, again, new)]
    assert given_up == [True, False, False]
    assert not store.holds(old) and store.holds(again) and store.holds(new)
    assert (tmp_path / old).read_bytes() == b"old" and store.count() == 2


def test_an_empty_store_lists_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "evidence")
    assert list(store.kept_before(MORNING)) == [] and store.tidy() == 0


def test_leftovers_are_deleted_and_arriving_files_stay(tmp_path: Path) -> None:
    store = Store(tmp_path)
    keep(store, b"acta")
    (tmp_path / "incoming" / "999-1").write_bytes(b"half")
    with store.arriving() as arriving:
        arriving.write(b"whole")
        assert store.tidy() == 1
        assert store.holds(store.keep(arriving, MORNING))


def test_many_threads_store_the_same_content_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(keep(store, b"acta"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1 and len(files(store)) == 1
