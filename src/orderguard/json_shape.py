"""Where a JSON text ends and whether it is well formed, read piece by piece and without recursion.

Values are not kept. Depth costs one byte a level, so a text nested a hundred thousand deep is as harmless as
a flat one.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""[ \t\n\r]*+(?:
        (?P<mark>[{}\[\]:,])
      | (?P<string>"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+")
      | (?P<scalar>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null)
    )""",
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t\n\r]*+")

_VALUE = "value"
_FIRST_ITEM = "value or ]"
_FIRST_KEY = "key or }"
_KEY = "key"
_COLON = ":"
_AFTER_ITEM = ", or ]"
_AFTER_MEMBER = ", or }"
_DONE = "nothing more"

_TAKES_VALUE = frozenset({_VALUE, _FIRST_ITEM})
_OPENERS = {"{": _FIRST_KEY, "[": _FIRST_ITEM}
_CLOSERS = {"}": (_FIRST_KEY, _AFTER_MEMBER), "]": (_FIRST_ITEM, _AFTER_ITEM)}
_AFTER_COMMA = {_AFTER_ITEM: _VALUE, _AFTER_MEMBER: _KEY}


class JsonShape:
    """Follows the shape of one JSON value through pieces of text that are cut between tokens (at line ends).

    Attributes:
        broken: what was read cannot be the beginning of a JSON value.
        done: one whole JSON value was read, and nothing but white space after it.
    """

    def __init__(self) -> None:
        self._open = bytearray()
        self._expected = _VALUE
        self.broken = False

    @property
    def done(self) -> bool:
        """Whether one whole value was read."""
        return self._expected == _DONE and not self.broken

    def feed(self, text: str) -> int:
        """Read one more piece.

        Returns:
            The offset at which reading stopped: the end of the piece, or the place where it broke.
        """
        position = 0
        while not self.broken:
            token = _TOKEN.match(text, position)
            if token is None or not self._take(token):
                break
            position = token.end()
        position = _end_of_space(text, position)
        self.broken = self.broken or position < len(text)
        return position

    def end_of_value(self, text: str, start: int) -> int | None:
        """The offset just after the value that begins at `start`; None when it is not well formed."""
        position = start
        while self._expected != _DONE:
            token = _TOKEN.match(text, position)
            if token is None or not self._take(token):
                return None
            position = token.end()
        return position

    def _take(self, token: re.Match[str]) -> bool:
        """Step over one token; False when it cannot stand here."""
        if token.lastgroup == "mark":
            return self._take_mark(token["mark"])
        if self._expected in _TAKES_VALUE:
            self._after_value()
            return True
        if token.lastgroup == "string" and self._expected in (_KEY, _FIRST_KEY):
            self._expected = _COLON
            return True
        return False

    def _take_mark(self, mark: str) -> bool:
        if mark in _OPENERS:
            return self._enter(mark)
        if mark in _CLOSERS:
            return self._leave(mark)
        if mark == ":":
            following = _VALUE if self._expected == _COLON else None
        else:
            following = _AFTER_COMMA.get(self._expected)
        self._expected = following or self._expected
        return following is not None

    def _enter(self, mark: str) -> bool:
        if self._expected not in _TAKES_VALUE:
            return False
        self._open.append(ord(mark))
        self._expected = _OPENERS[mark]
        return True

    def _leave(self, mark: str) -> bool:
        if self._expected not in _CLOSERS[mark]:
            return False
        self._open.pop()
        self._after_value()
        return True

    def _after_value(self) -> None:
        if not self._open:
            self._expected = _DONE
        else:
            self._expected = _AFTER_MEMBER if self._open[-1] == ord("{") else _AFTER_ITEM


def _end_of_space(text: str, position: int) -> int:
    """The offset of the first character from `position` on that is not white space."""
    space = _SPACE.match(text, position)
    return space.end() if space else position


def is_object(text: str) -> bool:
    """Whether the text is one well-formed JSON object."""
    shape = JsonShape()
    shape.feed(text)
    return shape.done and text.lstrip(" \t\n\r").startswith("{")
