"""Lines that are no orders, each wrong in a way that breaks readers."""

from __future__ import annotations

from support.documents import example, text_of

GOOD = text_of(example("lemtrada-course-1.json"))
START = b'{"schema_version": "1", "order_id": "ORD-1", "product": {}, "infusions": [{}], "patient": '
BROKEN: dict[str, bytes] = {
    "NaN": START + b'{"labs": [{"test": "tsh", "value": NaN}]}}',
    "minus infinity": START + b'{"labs": [{"test": "tsh", "value": -Infinity}]}}',
    "1e400": START + b'{"labs": [{"test": "tsh", "value": 1e400}]}}',
    "1e-400": START + b'{"labs": [{"test": "tsh", "value": 1e-400}]}}',
    "1e999999999": START + b'{"cytopenia_holds": 1e999999999}}',
    "a whole number of 300,000 digits": START + b'{"cytopenia_holds": ' + b"9" * 300_000 + b"}}",
    "a string of 10 MB": START + b'{"patient_id": "' + b"x" * 10_000_000 + b'"}}',
    "a key of 3 MB": START + b'{"' + b"k" * 3_000_000 + b'": 1}}',
    "20,000 keys": START + b"{" + b",".join(b'"k%d": 1' % number for number in range(20_000)) + b"}}",
    "100,000 lists in one another": START + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "100,000 objects in one another": START + b'{"patient": ' * 100_000 + b"{}" + b"}" * 100_000 + b"}",
    "100,000 open lists": b"[" * 100_000,
    "100,000 open objects": b'{"a":' * 100_000,
    "half a surrogate pair": START + b'{"patient_id": "\\ud800"}}',
    "a key of half a surrogate pair": START + b'{"\\udfff": 1}}',
    "a key given twice": START + b'{"sex": "male", "sex": "female"}}',
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16 without its mark": GOOD.encode("utf-16-le").replace(b"\n", b" "),
    "UTF-32": GOOD.encode("utf-32"),
    "no UTF-8": START + b'{"patient_id": "\xff\xfe"}}',
    "a control character": START + b'{"patient_id": "a\x00b"}}',
    "a line that is cut": GOOD.encode()[:3000],
    "a line that is cut in a character": START + '{"patient_id": "é'.encode()[:-1],
    "the rest of a line": GOOD.encode()[3000:],
    "two orders on one line": (GOOD + GOOD).encode(),
    "a comment": GOOD.encode() + b" // good",
    "no object": b"12",
    "an empty object": b"{}",
    "an object of nulls": b'{"schema_version": null, "order_id": null, "patient": null}',
    "zero bytes": b"\0" * 5000,
    "a list of orders": f"[{GOOD}]".encode(),
    "1,001 infusions": START + b"{}, " + b'"infusions": [' + b",".join([b"{}"] * 1001) + b"]}",
}
