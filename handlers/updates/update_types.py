"""The fields of the Bot API's types that the bot reads. Other fields are ignored.

A field of another type than documented makes the update invalid. Ids have 64 bits and dates 32, as Telegram
promises.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

Id = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Moment = Annotated[int, Field(ge=0, lt=2**32)]  # Unix time in seconds


class _Type(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class User(_Type):
    id: Id
    is_bot: bool | None = None
    first_name: str | None = None
    last_name: str | None = None


class Chat(_Type):
    id: Id


class Size(_Type):
    file_id: str
    width: Id
    height: Id
    file_size: Id | None = None


class File(_Type):
    file_id: str
    file_name: str | None = None
    mime_type: str | None = None
    file_size: Id | None = None


class Location(_Type):
    latitude: FiniteFloat
    longitude: FiniteFloat


class Venue(_Type):
    title: str | None = None


class Button(_Type):
    callback_data: str | None = None


class Markup(_Type):
    inline_keyboard: list[list[Button]] | None = None


class ForwardOrigin(_Type):
    date: Moment


class Replied(_Type):
    """The message replied to."""

    message_id: Id
    sender: User | None = Field(default=None, alias="from")
    text: str | None = None
    caption: str | None = None
    reply_markup: Markup | None = None


class InChat(_Type):
    """Where a message is: its chat, and the topic of a forum."""

    message_id: Id
    chat: Chat
    message_thread_id: Id | None = None
    is_topic_message: bool | None = None
    ephemeral_message_id: Id | None = None  # only its person and the bot see it


class Message(InChat):
    date: Moment
    sender: User | None = Field(default=None, alias="from")
    edit_date: Moment | None = None
    forward_origin: ForwardOrigin | None = None
    reply_to_message: Replied | None = None
    media_group_id: str | None = None
    text: str | None = None
    caption: str | None = None
    photo: list[Size] | None = None
    location: Location | None = None
    venue: Venue | None = None
    animation: File | None = None
    video: File | None = None
    video_note: File | None = None
    voice: File | None = None
    audio: File | None = None
    document: File | None = None


class CallbackQuery(_Type):
    id: str
    sender: User = Field(alias="from")
    message: InChat | None = None  # the message with the button; an old one has only its id
    data: str | None = None


class MemberStatus(_Type):
    status: str


class ChatMemberUpdated(_Type):
    chat: Chat
    sender: User = Field(alias="from")
    date: Moment
    new_chat_member: MemberStatus
