"""Turns a file into the message fields that describe it, for files of people and of the bot.

Source of the fields: https://core.telegram.org/bots/api#available-types. Unknown durations and sizes are 0.
"""

from dataclasses import dataclass

from local_telegram.messages.pictures import SENT_AS_PHOTOS, NotAPhoto, PhotoSize, scaled
from local_telegram.world.files import Files, Upload, type_named
from local_telegram.world.updates import Json

KINDS = ("photo", "document", "voice", "video", "audio", "video_note", "animation")
ALBUM_SIZE = range(2, 11)
_ALBUMS = ({"photo", "video"}, {"document"}, {"audio"})
_LENGTH = 384  # the default side of a video note, in pixels


@dataclass(frozen=True)
class Parcel:
    """A file ready to be sent: `pictures` are a photo's sizes, `duration` is in seconds."""

    kind: str
    upload: Upload
    pictures: tuple[PhotoSize, ...] = ()
    duration: int = 0
    width: int = 0
    height: int = 0

    def stored(self, files: Files) -> Json:
        """Store the file and return the message fields that describe it."""
        if self.kind == "photo":
            return self._photo(files)
        mime = self._mime()
        name = self.upload.filename if self.kind not in ("voice", "video_note") else None
        file = files.keep(self.kind, self.upload.content, mime, name)
        plain: Json = file.reference()
        if name:
            plain["file_name"] = name
        if self.kind != "video_note":
            plain["mime_type"] = mime
        content = {self.kind: plain | self._extent()}
        if self.kind == "animation":
            content["document"] = plain  # as the Bot API does, for old clients
        return files.describe([file], content)

    def _photo(self, files: Files) -> Json:
        kept = [(files.keep("photo", size.content, "image/jpeg"), size) for size in self.pictures]
        sizes = [file.reference() | {"width": size.width, "height": size.height} for file, size in kept]
        return files.describe([file for file, _ in kept], {"photo": sizes})

    def _mime(self) -> str:
        if self.kind == "voice":
            return "audio/ogg"
        return "video/mp4" if self.kind == "video_note" else type_named(self.upload.filename)

    def _extent(self) -> Json:
        if self.kind == "document":
            return {}
        extent: Json = {"duration": self.duration}
        if self.kind in ("video", "animation"):
            extent |= {"width": self.width, "height": self.height}
        if self.kind == "video_note":
            extent["length"] = self.width or _LENGTH
        return extent


def packed(upload: Upload, kind: str | None = None, duration: int = 0) -> Parcel:
    """Return a person's file as an app sends it.

    Without `kind`, it is guessed by the file's name: a still picture is a photo, `video/*` a video, anything
    else a document; so is a file with a picture's name that is none. Raises ValueError for an unknown kind,
    and if `kind` is "photo" and the file cannot be one.
    """
    if kind is not None and kind not in KINDS:
        raise ValueError(f"Files are sent as one of: {', '.join(KINDS)}.")
    mime = type_named(upload.filename)
    if kind == "photo" or (kind is None and mime in SENT_AS_PHOTOS):
        try:
            return Parcel("photo", upload, tuple(scaled(upload.content)))
        except NotAPhoto:
            if kind == "photo":
                raise
    return Parcel(kind or ("video" if mime.startswith("video/") else "document"), upload, duration=duration)


def album_flaw(kinds: list[str]) -> str | None:
    """Return Telegram's error text if these kinds cannot be one album, else None."""
    if len(kinds) not in ALBUM_SIZE:
        return f"too {'few' if len(kinds) < ALBUM_SIZE.start else 'many'} messages to send as an album"
    if any(set(kinds) <= together for together in _ALBUMS):
        return None
    odd = next((kind for kind in kinds if kind not in _ALBUMS[0]), kinds[0])
    return f"{odd.capitalize()} can't be mixed with other media types"
