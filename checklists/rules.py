"""The six scoring rules (design, section 5).

A rule owns its parameters, the answers it reads as people type them, and its arithmetic:

* `read(typed)` returns the answer as canonical text, the form that is stored ("8/10", "late=2@bay 3"), or raises
  `UnreadableAnswer` with a sentence;
* `earn(answer, maximum)` returns the exact points of a canonical answer, before the one rounding.

`earn` is a pure function of the canonical text, so that a stored answer scores the same for ever.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from checklists.points import plain
from checklists.reading import UnreadableAnswer, folded, half_width, read_count, read_number, read_yes_no, shown
from checklists.scales import FaultScale, Frozen, Line, Number, PositiveNumber, Scale
from checklists.text import Text, joined, same

_SEPARATORS = re.compile(r"[\s,;、]+")
_NO_FAULTS = frozenset({"0", "none", "无", "无缺陷", "无扣分"})


def _exact(value: object) -> object:
    """Accept "70 %", "0.7" and "7/10" for a share."""
    if isinstance(value, str):
        word = folded(value)
        percent = word.endswith("%")
        fraction = Fraction(word.removesuffix("%").strip())
        return fraction / 100 if percent else fraction
    return value


Share = Annotated[
    Fraction,
    BeforeValidator(_exact),
    Field(ge=0, le=1),
    PlainSerializer(str, return_type=str, when_used="json"),
]
"""A part of a whole, 0..1, exact; authors write "70 %", 0.7 or "7/10"."""

_CANONICAL_FAULT = re.compile(r"(?:^| )([a-z][a-z0-9-]*)=")

FaultId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class YesNo(Frozen):
    """All or nothing."""

    kind: Literal["yes_no"] = "yes_no"

    def read(self, typed: str) -> str:
        """Read y, n, 是, 否, 1, 0; canonical "y" or "n"."""
        return "y" if read_yes_no(typed) else "n"

    def earn(self, answer: str, maximum: Decimal) -> Fraction:
        """Return everything for yes, nothing for no."""
        return Fraction(maximum) if answer == "y" else Fraction(0)


class Levels(Frozen):
    """Levels 0, 1, 2 ... each worth a share of the maximum; several observations give the mean of their shares."""

    kind: Literal["levels"] = "levels"
    shares: tuple[Share, ...] = Field(min_length=2)
    observations: int = Field(default=1, ge=1)
    """How many observations the checklist asks for; what was typed is used, however many they are."""

    @model_validator(mode="before")
    @classmethod
    def _from_top(cls, data: Any) -> Any:
        """Accept `top: 5` for six levels in equal steps."""
        if isinstance(data, dict) and "top" in data and "shares" not in data:
            top = int(data["top"])
            if top < 1:
                msg = "top must be 1 or more"
                raise ValueError(msg)
            rest = {key: value for key, value in data.items() if key != "top"}
            return {**rest, "shares": [Fraction(level, top) for level in range(top + 1)]}
        return data

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if list(self.shares) != sorted(set(self.shares)) or self.shares[-1] != 1:
            msg = "shares must rise and end at 1"
            raise ValueError(msg)
        return self

    @property
    def top(self) -> int:
        """The highest level."""
        return len(self.shares) - 1

    def read(self, typed: str) -> str:
        """Read one level, or several observations as "4 3 5"; canonical text has single blanks."""
        words = [word for word in _SEPARATORS.split(folded(typed)) if word]
        known = {str(level) for level in range(self.top + 1)}
        if not words or not known.issuperset(words):
            raise UnreadableAnswer(
                Text(
                    "“{typed}”不是 0 到 {top} 的等级；多次观察请用空格隔开，如 2 1 2",
                    '"{typed}" is no level from 0 to {top}; part several observations with blanks, e.g. 2 1 2',
                ).format(typed=shown(typed), top=self.top)
            )
        return " ".join(words)

    def earn(self, answer: str, maximum: Decimal) -> Fraction:
        """Return maximum x mean of the levels' shares."""
        levels = [int(word) for word in answer.split()]
        total = sum((self.shares[level] for level in levels), Fraction(0))
        return Fraction(maximum) * total / len(levels)


class Sample(Frozen):
    """Conforming / checked of a sample; limits replace the plain share where a basic duty is sampled."""

    kind: Literal["sample"] = "sample"
    size: int | Literal["all"] = "all"
    """Records the checklist asks for; "all" where the count is known only on site."""
    zero_at: Share | None = None
    full_at: Share | None = None
    all_or_nothing: bool = False
    """One record that does not conform earns nothing (lifts)."""

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        low, high = self._limits()
        if low >= high:
            msg = "zero_at must lie below full_at"
            raise ValueError(msg)
        if self.all_or_nothing and (self.zero_at is not None or self.full_at is not None):
            msg = "all_or_nothing leaves no room for zero_at or full_at"
            raise ValueError(msg)
        if self.size != "all" and self.size < 1:
            msg = "size must be 1 or more"
            raise ValueError(msg)
        return self

    def read(self, typed: str) -> str:
        """Read "8/10" (also "8 of 10", "8、10" is refused); canonical "8/10"."""
        parts = re.split(r"\s*(?:/|of)\s*", folded(typed))
        if len(parts) != 2:
            raise UnreadableAnswer(
                Text(
                    "“{typed}”不是抽样结果：请输入 符合数/检查数，如 8/10",
                    '"{typed}" is no sample: type conforming/checked, e.g. 8/10',
                ).format(typed=shown(typed))
            )
        conforming, checked = read_count(parts[0]), read_count(parts[1])
        if checked == 0:
            raise UnreadableAnswer(
                Text(
                    "“{typed}”没有检查任何样本：没有案例请记 NC，无法提供请记 ND",
                    '"{typed}" checked nothing: record NC when there was no case, ND when nothing could be shown',
                ).format(typed=shown(typed))
            )
        if conforming > checked:
            raise UnreadableAnswer(
                Text(
                    "“{typed}”符合数多于检查数：请输入 符合数/检查数，如 8/10",
                    '"{typed}" has more conforming than checked: type conforming/checked, e.g. 8/10',
                ).format(typed=shown(typed))
            )
        return f"{conforming}/{checked}"

    def earn(self, answer: str, maximum: Decimal) -> Fraction:
        """Return maximum x share, or the straight line between the limits."""
        conforming, checked = self.counts(answer)
        if self.all_or_nothing:
            return Fraction(maximum) if conforming == checked else Fraction(0)
        low, high = self._limits()
        share = (Fraction(conforming, checked) - low) / (high - low)
        return Fraction(maximum) * max(Fraction(0), min(Fraction(1), share))

    def share_for(self, earned: Fraction) -> Fraction:
        """Return the share of conforming records that is worth a share of the points, both 0..1."""
        if self.all_or_nothing:
            return Fraction(earned == 1)
        low, high = self._limits()
        return low + earned * (high - low)

    @staticmethod
    def counts(answer: str) -> tuple[int, int]:
        """Return (conforming, checked) of a canonical answer."""
        conforming, checked = answer.split("/")
        return int(conforming), int(checked)

    def _limits(self) -> tuple[Fraction, Fraction]:
        low = Fraction(0) if self.zero_at is None else self.zero_at
        high = Fraction(1) if self.full_at is None else self.full_at
        return low, high


_SCALE_KEYS: dict[str, frozenset[str]] = {
    "line": frozenset({"zero_at", "full_at"}),
    "flanks": frozenset({"zero_below", "full_from", "full_to", "zero_above"}),
}


def _text_or_symbol(value: object) -> object:
    """Accept a plain string for a unit that reads the same in both languages ("%")."""
    return same(value) if isinstance(value, str) else value


Unit = Annotated[Text, BeforeValidator(_text_or_symbol)]


class Measure(Frozen):
    """A number with its unit, turned into points by a scale."""

    kind: Literal["measure"] = "measure"
    unit: Unit
    scale: Scale
    of_plan: bool = False
    """The limits are percent of the plan value, which the auditor gives with the answer ("85/100")."""

    @model_validator(mode="before")
    @classmethod
    def _fold_scale(cls, data: Any) -> Any:
        """Accept a scale's keys beside the unit: `zero_at: 60, full_at: 90`, `steps: {...}`, `bands: [...]`."""
        if not isinstance(data, dict) or "scale" in data:
            return data
        for kind, keys in _SCALE_KEYS.items():
            if keys & data.keys():
                scale = {"kind": kind, **{key: data[key] for key in keys & data.keys()}}
                return {**{key: value for key, value in data.items() if key not in keys}, "scale": scale}
        if isinstance(data.get("steps"), dict):
            rest = {key: value for key, value in data.items() if key != "steps"}
            return {**rest, "scale": {"kind": "steps", **data["steps"]}}
        if "bands" in data:
            rest = {key: value for key, value in data.items() if key != "bands"}
            return {**rest, "scale": {"kind": "bands", "bands": data["bands"]}}
        return data

    def read(self, typed: str) -> str:
        """Read a number, with its unit or without; against a plan also "value/plan"."""
        if not self.of_plan:
            number = read_number(typed, self.unit)
            if self._is_share and not 0 <= number <= 100:
                raise UnreadableAnswer(
                    Text("“{typed}”不是 0 到 100 之间的百分比", '"{typed}" is no percentage from 0 to 100').format(
                        typed=shown(typed)
                    )
                )
            return plain(number)
        parts = [part.strip() for part in folded(typed).split("/")]
        if len(parts) != 2:
            raise UnreadableAnswer(
                Text(
                    "“{typed}”缺少计划值：请输入 实际/计划，如 85/100",
                    '"{typed}" lacks the plan: type actual/plan, e.g. 85/100',
                ).format(typed=shown(typed))
            )
        actual, plan = (read_number(part, self.unit) for part in parts)
        if plan <= 0:
            raise UnreadableAnswer(
                Text("“{typed}”的计划值必须大于 0", 'The plan in "{typed}" must be above 0').format(typed=shown(typed))
            )
        return f"{plain(actual)}/{plain(plan)}"

    @property
    def _is_share(self) -> bool:
        """Whether it is a part of a whole: a percentage whose limits both lie below 100."""
        return (
            self.unit.en == "%" and isinstance(self.scale, Line) and max(self.scale.zero_at, self.scale.full_at) < 100
        )

    def earn(self, answer: str, maximum: Decimal) -> Fraction:
        """Return the scale's points of the value, or of its percentage of the plan."""
        if self.of_plan:
            actual, plan = answer.split("/")
            value = Fraction(actual) / Fraction(plan) * 100
        else:
            value = Fraction(answer)
        return self.scale.earn(value, maximum)


class Fault(Frozen):
    """A named fault: so many points each, or a measured one that costs points through steps or bands."""

    id: FaultId
    name: Text
    points: PositiveNumber | None = None
    scale: FaultScale | None = None
    unit: Unit | None = None

    @model_validator(mode="before")
    @classmethod
    def _fold_scale(cls, data: Any) -> Any:
        if isinstance(data, dict) and "scale" not in data:
            for key in ("steps", "bands"):
                if key in data:
                    body = data[key] if key == "steps" else {"bands": data[key]}
                    rest = {name: value for name, value in data.items() if name != key}
                    return {**rest, "scale": {"kind": key, **body}}
        return data

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.points is None) == (self.scale is None):
            msg = "a fault has either points, or steps or bands"
            raise ValueError(msg)
        return self

    def cost(self, amount: Decimal) -> Fraction:
        """Return the points that `amount` (a count, or a measured value) costs."""
        if self.scale is not None:
            return self.scale.cost(Fraction(amount))
        return Fraction(amount) * Fraction(self.points or 0)


class Count(Frozen):
    """One part of a counted answer: which fault, how often (or how much), and where."""

    id: str
    amount: Number
    place: str = ""


class _Counted(Frozen):
    """What deductions and bonus points share: an answer that counts named things, "late=2@bay 3 attitude=1"."""

    def read(self, typed: str) -> str:
        """Read `name=count` parts, each with `@place` if wanted; "0", "none" or "无" for none at all.

        A name is a fault's id or its name in either language, blanks included.
        """
        if folded(typed) in _NO_FAULTS:
            return "0"
        pieces = self._pattern.split(half_width(typed))
        if len(pieces) < 3 or pieces[0].strip():
            raise self._unreadable(typed)
        counts = [self._one(name, rest) for name, rest in zip(pieces[1::2], pieces[2::2], strict=True)]
        placeless = [count.id for count in counts if not count.place]
        if len(placeless) != len(set(placeless)):
            raise UnreadableAnswer(
                Text(
                    "“{typed}”中同一名称出现两次：请合并次数，或分别写明地点（@地点）",
                    '"{typed}" names the same fault twice: add up the counts, or give each its @place',
                ).format(typed=shown(typed))
            )
        return " ".join(f"{c.id}={plain(c.amount)}" + (f"@{c.place}" if c.place else "") for c in counts)

    @staticmethod
    def counts(answer: str) -> tuple[Count, ...]:
        """Return the parts of a canonical answer."""
        pieces = _CANONICAL_FAULT.split(answer)
        found = []
        for name, rest in zip(pieces[1::2], pieces[2::2], strict=True):
            amount, _, place = rest.partition("@")
            found.append(Count(id=name, amount=Decimal(amount.strip()), place=place.strip()))
        return tuple(found)

    def _named(self) -> tuple[Fault, ...]:
        """Return what this rule counts; each of the two rules has its own word for it."""
        return ()

    @cached_property
    def _by_name(self) -> dict[str, Fault]:
        """Every spelling of every fault."""
        return {folded(name): fault for fault in self._named() for name in (fault.name.zh, fault.name.en, fault.id)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """One part's name up to its "=": the longest name that fits, at the beginning or after a separator."""
        names = "|".join(re.escape(name) for name in sorted(self._by_name, key=len, reverse=True))
        return re.compile(rf"(?:^|[\s,;、]+)({names})\s*=\s*", re.IGNORECASE)

    def _cost(self, answer: str) -> Fraction:
        by_id = {fault.id: fault for fault in self._named()}
        return sum((by_id[count.id].cost(count.amount) for count in self.counts(answer)), Fraction(0))

    def _one(self, name: str, rest: str) -> Count:
        fault = self._by_name[folded(name)]
        amount, _, place = rest.partition("@")
        if "=" in place or (fault.scale is None and "=" in amount):
            raise self._unreadable(rest)
        amount = amount.rstrip(" ,;、")
        number = read_number(amount, fault.unit) if fault.scale is not None else Decimal(read_count(amount))
        if number < 0:
            raise UnreadableAnswer(
                Text("“{name}”的数值不能小于 0", '"{name}" cannot be below 0').format(name=shown(name))
            )
        return Count(id=fault.id, amount=number, place=" ".join(place.split()).rstrip(",;、"))

    def _unreadable(self, typed: str) -> UnreadableAnswer:
        known = joined([f.name for f in self._named()], zh="；", en="; ")
        return UnreadableAnswer(
            Text(
                "“{typed}”无法识别：请输入 名称=次数，如 {first}=2@地点；没有则输入 0。可用名称：{known}",
                '"{typed}" cannot be read: type name=count, e.g. {first}=2@place, or 0 for none. Names: {known}',
            ).format(typed=shown(typed), first=self._named()[0].name, known=known)
        )


class Deduct(_Counted):
    """Maximum minus what the named faults cost, not below 0 (seed 003: -25 for every late delivery out of 100)."""

    kind: Literal["deduct"] = "deduct"
    faults: tuple[Fault, ...] = Field(min_length=1)

    def earn(self, answer: str, maximum: Decimal) -> Fraction:
        """Return what the faults leave of the maximum."""
        return max(Fraction(0), Fraction(maximum) - self._cost(answer))

    def _named(self) -> tuple[Fault, ...]:
        return self.faults


class Bonus(_Counted):
    """Points on top for counted merits, capped at the item's points (seed 001: phone praise +5, good review +1)."""

    kind: Literal["bonus"] = "bonus"
    merits: tuple[Fault, ...] = Field(min_length=1)

    def earn(self, answer: str, maximum: Decimal) -> Fraction:
        """Return the merits' points, at most `maximum`."""
        return min(Fraction(maximum), self._cost(answer))

    def _named(self) -> tuple[Fault, ...]:
        return self.merits


Rule = Annotated[YesNo | Levels | Sample | Measure | Deduct | Bonus, Field(discriminator="kind")]
ItemRule = Annotated[YesNo | Levels | Sample | Measure | Deduct, Field(discriminator="kind")]
RULE_KINDS = ("yes_no", "levels", "sample", "measure", "deduct", "bonus")
