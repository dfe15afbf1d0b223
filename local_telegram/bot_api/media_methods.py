"""The Bot API's methods that send files and locations, and getFile."""

from collections.abc import Callable
from typing import Any

from local_telegram.bot_api.content import captioned, context, keyboard_of
from local_telegram.messages.pictures import RATIO, NotAPhoto, measure, scaled
from local_telegram.refusal import ApiError, bad_request
from local_telegram.world.files import Upload
from local_telegram.world.media import Parcel, album_flaw
from local_telegram.world.updates import Json
from local_telegram.world.world import World

UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
PHOTO_SIDES = 10_000  # pixels, width and height together
_IN_ALBUMS = {"photo", "video", "document", "audio"}
_ITEM = {
    "type", "media", "caption", "parse_mode", "caption_entities", "show_caption_above_media", "has_spoiler",
    "width", "height", "duration", "supports_streaming", "disable_content_type_detection",
}  # fmt: skip


def sending(kind: str) -> Callable[[World, Json], Json]:
    """Return the method (sendPhoto, sendDocument…) that sends an upload or an earlier `file_id`."""

    def send(world: World, given: Json) -> Json:
        world.reachable(given["chat_id"])
        content = _media(world, kind, given[kind], given) | captioned(given) | context(world, given)
        return world.say(given["chat_id"], content)[0]

    return send


def send_media_group(world: World, given: Json) -> list[Json]:
    """Send an album of 2 to 10: photos and videos, or documents, or audio."""
    world.reachable(given["chat_id"])
    items = given["media"]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse media JSON object: expected an Array of InputMedia")
    if any(item.get("type") not in _IN_ALBUMS or set(item) - _ITEM for item in items):
        raise bad_request("can't parse InputMedia: type must be one of photo, video, document, audio")
    if flaw := album_flaw([item["type"] for item in items]):
        raise bad_request(flaw)
    shared = context(world, given) | {"media_group_id": world.new_album()}
    contents = [
        _media(world, item["type"], item.get("media"), item) | captioned(item) | shared for item in items
    ]
    return world.say(given["chat_id"], *contents)


def _media(world: World, kind: str, source: Any, given: Json) -> Json:
    if isinstance(source, Upload):
        return _parcel(kind, source, given).stored(world.files)
    content = world.files.described(str(source))
    if content is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if kind not in content:
        raise bad_request(f"can't use file of type {next(iter(content)).capitalize()} as {kind.capitalize()}")
    return content


def _parcel(kind: str, upload: Upload, given: Json) -> Parcel:
    size = len(upload.content)
    if size > UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if not size:
        raise bad_request("file must be non-empty")
    if kind != "photo":
        width = given.get("width") or given.get("length") or 0
        return Parcel(kind, upload, (), given.get("duration", 0), width, given.get("height", 0))
    if size > PHOTO_BYTES:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
        )
    try:
        width, height = measure(upload.content)
        if width + height > PHOTO_SIDES or max(width, height) > RATIO * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return Parcel("photo", upload, tuple(scaled(upload.content)))
    except NotAPhoto:
        raise bad_request("IMAGE_PROCESS_FAILED") from None


def send_location(world: World, given: Json) -> Json:
    world.reachable(given["chat_id"])
    return world.say(given["chat_id"], {"location": _place(given)} | _around(world, given))[0]


def send_venue(world: World, given: Json) -> Json:
    world.reachable(given["chat_id"])
    place = _place(given)
    venue = {"location": place, "title": given["title"], "address": given["address"]}
    return world.say(given["chat_id"], {"location": place, "venue": venue} | _around(world, given))[0]


def _place(given: Json) -> Json:
    latitude, longitude = given["latitude"], given["longitude"]
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise bad_request("wrong location specified")
    return {"latitude": latitude, "longitude": longitude}


def _around(world: World, given: Json) -> Json:
    return keyboard_of(given) | context(world, given)


def get_file(world: World, given: Json) -> Json:
    """Return the file with the `file_path` under which it can be fetched for an hour; up to 20 MB."""
    file = world.files.find(given["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return file.reference() | {"file_path": world.files.link(file, world.now())}
