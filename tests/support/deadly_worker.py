"""A worker process that ends, or never ends, as soon as it judges an order with a certain id.

    python deadly_worker.py WORD ORDER_ID...

The word is the name of a signal, `hang` or `exit`. With `parse` SIGKILL comes while the order is read; with
`poison` it comes at the order that is judged next.
"""

import os
import signal
import sys
import time
from typing import Any

from orderguard.order import Order
from orderguard.verifier import Verifier
from orderguard.workers import worker

WORD, *IDS = sys.argv[1:]


def strike() -> None:
    """End this process, or hang, where no Python could do anything about it."""
    if WORD == "hang":
        while True:
            time.sleep(1)
    if WORD == "exit":
        os._exit(3)
    os.kill(os.getpid(), signal.SIGKILL if WORD in ("parse", "poison") else signal.Signals[WORD])


plain_judge = Verifier._pack_for
plain_read = Order.model_validate_json


poisoned = False


def judge(self: Verifier, order: Order) -> Any:
    global poisoned  # noqa: PLW0603 (there is one worker in this process)
    if poisoned or (order.order_id in IDS and WORD != "poison"):
        strike()
    poisoned = order.order_id in IDS
    return plain_judge(self, order)


def read(text: bytes) -> Order:
    if any(name.encode() in text for name in IDS):
        strike()
    return plain_read(text)


if WORD == "parse":
    Order.model_validate_json = read  # type: ignore[method-assign,assignment]
else:
    Verifier._pack_for = judge  # type: ignore[method-assign]
worker.main()
