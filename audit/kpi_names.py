"""Finding a KPI and its series by what people call them: id, Chinese or English name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from audit.kpi import in_scope
from checklists.reading import shown
from checklists.text import Text, UserError, joined, same
from checklists.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.state import AuditState
    from checklists.model import Checklist, Kpi

Found = tuple[str, str]
"""A KPI and one of its series."""

_SEPARATORS = re.compile(r"[\W_]+")
_NO_KPI = Text("没有名为“{word}”的指标。{hint}", 'There is no KPI "{word}". {hint}')
_OUTSIDE = Text("{kpi} 不在本次评估的部门范围内", "{kpi} lies outside the departments of this audit")
_SEVERAL = Text("“{word}”可以是 {kpis}，请写明编号", '"{word}" may be {kpis}; write the id')
_NO_SERIES = Text("{kpi} 没有名为“{word}”的数据序列。{hint}", '{kpi} has no series "{word}". {hint}')
_WHICH = Text("{kpi} 有几个数据序列：{series}；请写明是哪一个", "{kpi} has several series: {series}; say which")
_NONE = Text("评估表没有定义指标", "The checklist defines no KPIs")


class UnknownKpi(UserError):
    """The checklist, or the audit's scope, has no such KPI or series, or several may be meant."""


def folded(word: str) -> str:
    """Return what is compared of a name: letters and digits, in one width and case."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", word)).casefold()


class KpiNames:
    """The names of an audit's KPIs."""

    def __init__(self, checklist: Checklist, state: AuditState) -> None:
        """Collect what KPIs and series may be called."""
        self._all = checklist.kpis
        self._mine = {own_id: checklist.kpis[own_id] for own_id in in_scope(checklist, state)}
        self._kpis: dict[str, set[str]] = {}
        self._series: dict[str, set[Found]] = {}
        for own_id, kpi in self._mine.items():
            names = (own_id, kpi.name.zh, kpi.name.en, f"{own_id}{kpi.name.zh}", f"{own_id}{kpi.name.en}")
            for name in names:
                self._kpis.setdefault(folded(name), set()).add(own_id)
            for series in kpi.series:
                for name in _series_names(kpi, series):
                    for full in (name, *(prefix + name for prefix in names)):
                        self._series.setdefault(folded(full), set()).add((own_id, series))

    def kpi(self, word: str) -> str:
        """Return the id of the KPI that a word names.

        Raises:
            UnknownKpi: when none or several may be meant.
        """
        found = self._kpis.get(folded(word), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise UnknownKpi(_SEVERAL.format(word=shown(word), kpis=_listed(sorted(found))))
        outside = {own_id.casefold(): own_id for own_id in self._all if own_id not in self._mine}
        if word.strip().casefold() in outside:
            raise UnknownKpi(_OUTSIDE.format(kpi=outside[word.strip().casefold()]))
        raise UnknownKpi(_NO_KPI.format(word=shown(word), hint=self._hint(word)))

    def series(self, kpi: str, word: str = "") -> str:
        """Return the id of a KPI's series; the only one needs no name.

        Raises:
            UnknownKpi: when it has none of that name, or none is named and there are several.
        """
        known = self._mine[kpi].series
        wanted = folded(word)
        if not wanted and len(known) == 1:
            return next(iter(known))
        found = [
            series for series in known if wanted in {folded(name) for name in _series_names(self._mine[kpi], series)}
        ]
        if len(found) == 1:
            return found[0]
        if not wanted:
            raise UnknownKpi(_WHICH.format(kpi=kpi, series=_listed(known)))
        names = [name for series in known for name in _series_names(self._mine[kpi], series)]
        raise UnknownKpi(_NO_SERIES.format(kpi=kpi, word=shown(word), hint=_offer(word, names)))

    def either(self, word: str) -> Found:
        """Return KPI and series that one word names: "K10/booked", a series' own name, or a KPI with one series.

        Raises:
            UnknownKpi: when none or several may be meant.
        """
        found = self._series.get(folded(word), set())
        if len(found) == 1:
            return next(iter(found))
        if len(found) > 1 and folded(word) not in self._kpis:
            kpis = [same(f"{kpi}/{series}") for kpi, series in sorted(found)]
            raise UnknownKpi(_SEVERAL.format(word=shown(word), kpis=joined(kpis)))
        kpi = self.kpi(word)
        return kpi, self.series(kpi)

    def _hint(self, word: str) -> Text:
        if not self._mine:
            return _NONE
        return _offer(word, [name for kpi in self._names() for name in kpi])

    def _names(self) -> Iterable[tuple[str, ...]]:
        for own_id, kpi in self._mine.items():
            own = tuple(name for series in kpi.series for name in _series_names(kpi, series))
            yield (own_id, kpi.name.zh, kpi.name.en, *own)


def _series_names(kpi: Kpi, series: str) -> tuple[str, ...]:
    name = kpi.series[series].name
    return tuple(dict.fromkeys((series, name.zh, name.en)))


def _offer(word: str, names: Iterable[str]) -> Text:
    return did_you_mean(word[:80], dict.fromkeys(names))


def _listed(names: Iterable[str]) -> Text:
    return joined([same(name) for name in names])
