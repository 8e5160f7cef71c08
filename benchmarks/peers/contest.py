"""Who judges, whether all say the same, and how long each takes."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from orderguard.engine.judge import Engines
from orderguard.order import Order
from ours import CACHE, Items, RuleStage, Setting, with_peer
from peer import Peer
from peer_clips import ClipsFunctionPeer, ClipsRulesPeer
from peer_json_logic import JsonLogicPeer
from peer_rule_engine import RuleEnginePeer
from peer_zen import ZenPeer
from translation import Part

PEERS: Sequence[Callable[[Sequence[Part]], Peer]] = (
    ZenPeer,
    ClipsFunctionPeer,
    ClipsRulesPeer,
    RuleEnginePeer,
    JsonLogicPeer,
)
OURS = "orderguard, as it runs"
WAYS: Mapping[str, tuple[Engines, int]] = {
    OURS: ("both", CACHE),
    "both engines, cache off": ("both", 0),
    "reference, cache on": ("reference", CACHE),
    "reference, cache off": ("reference", 0),
    "durable-rules, cache on": ("durable", CACHE),
    "durable-rules, cache off": ("durable", 0),
}
ROUND = 25
"""How many orders one contestant judges before the next one does."""

_MICROSECONDS = 1e6


class Times(NamedTuple):
    """Microseconds for an order."""

    mean: float
    median: float


class Figures(NamedTuple):
    """What was measured.

    Attributes:
        times: by kind and name. Kinds are ours, peer, translated and cache; `translated` are the peers again,
            with the time that the facts take into the form that they need.
        known: how many judgements of groups our cache knew.
        judged: how many it did not know, so that both engines made them.
    """

    times: Mapping[str, Mapping[str, Times]]
    known: int
    judged: int


class Judging(NamedTuple):
    """Someone who judges orders.

    Attributes:
        prepare: the facts as it takes them.
        judge: what it does with them.
    """

    prepare: Callable[[Items], Any]
    judge: Callable[[Any], Any]


class Contest:
    """Everyone anew, with nothing remembered.

    Attributes:
        stages: our rule stage in each way, by name.
        peers: the peers as they run.
        with_cache: the peers in place of our engines, behind the same cache, by name.
    """

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self.stages = {
            name: RuleStage(setting.at_work(engines, cache)) for name, (engines, cache) in WAYS.items()
        }
        self.peers = [make(setting.parts) for make in PEERS]
        self.with_cache = {
            peer.name: with_peer(setting.at_work("reference", CACHE), peer)
            for peer in [make(setting.group_parts) for make in PEERS]
        }

    def differing(self, orders: Iterable[Order]) -> dict[str, int]:
        """How many orders each peer judges otherwise than both engines do.

        Compared are the answers to each question about each item; and with the cache, what all rules say.
        """
        found = dict.fromkeys([peer.name for peer in self.peers], 0)
        for number, order in enumerate(orders):
            items = self._setting.items(order)
            stage = self.stages[OURS]
            meant = self._setting.meant(stage, items)
            said = stage.said(stage.judge(items))
            for peer in self.peers if number % ROUND == 0 else ():
                peer.rest()
            for peer in self.peers:
                numbers = peer.numbers(peer.judge(peer.given(self._setting.asked(items))))
                behind = self.with_cache[peer.name]
                found[peer.name] += numbers != meant or behind.said(behind.judge(items)) != said
        return found

    def judging(self) -> dict[tuple[str, str], Judging]:
        """Everyone who is timed, by kind and name."""
        everyone: dict[tuple[str, str], Judging] = {}
        for name, stage in self.stages.items():
            everyone["ours", name] = Judging(_as_they_are, stage.judge)
        for peer in self.peers:
            everyone["peer", peer.name] = Judging(self._given(peer), peer.judge)
        for name, stage in self.with_cache.items():
            everyone["cache", name] = Judging(_as_they_are, stage.judge)
        return everyone

    def _given(self, peer: Peer) -> Callable[[Items], Any]:
        return lambda items: peer.given(self._setting.asked(items))


def _as_they_are(items: Items) -> Items:
    return items


def measured(setting: Setting, orders: Iterable[Order]) -> Figures:
    """Times over orders, with everyone anew.

    Everyone judges a round of orders before the next one does. Before an order is judged its facts are
    measured, outside of the time that counts, so that the processor has been at other work, as in a
    verification.
    """
    contest = Contest(setting)
    everyone = contest.judging()
    rng = random.Random(0)
    taken: dict[tuple[str, str], list[float]] = {}
    gc.collect()
    gc.freeze()
    for some in _rounds(orders):
        for peer in contest.peers:
            peer.rest()
        for (kind, name), who in rng.sample(list(everyone.items()), len(everyone)):
            for order in some:
                items = setting.items(order)
                started = time.process_time()
                given = who.prepare(items)
                prepared = time.process_time()
                who.judge(given)
                done = time.process_time()
                taken.setdefault((kind, name), []).append(done - prepared)
                if kind == "peer":
                    taken.setdefault(("translated", name), []).append(done - started)
    result: dict[str, dict[str, Times]] = {}
    for (kind, name), times in taken.items():
        mean, median = statistics.mean(times), statistics.median(times)
        result.setdefault(kind, {})[name] = Times(mean * _MICROSECONDS, median * _MICROSECONDS)
    known, judged = contest.stages[OURS].lookups()
    return Figures(result, known, judged)


def _rounds(orders: Iterable[Order]) -> Iterator[list[Order]]:
    waiting = iter(orders)
    while some := list(islice(waiting, ROUND)):
        yield some
