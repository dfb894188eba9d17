from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.dealers import BadDealer, Dealer, Dealers, UnknownDealer
from audit.journal import Author
from audit.store.store import Store

SHXX = Dealer(code="SHXX", name_zh="上海XX汽车", city="上海", aliases=("沪XX",), body_shop="no", ev="no")


@pytest.fixture
def dealers(tmp_path: Path) -> Iterator[Dealers]:
    with Store.open(str(tmp_path / "a.db")) as store:
        yield Dealers(store, Author("李工", "laptop-1"))


def test_dealerships_are_kept_and_found_in_any_case(dealers: Dealers) -> None:
    assert dealers.save(SHXX) == 1
    assert dealers.get("shxx") == SHXX
    assert dealers.get("SHXX").name.en == "上海XX汽车"
    assert dealers.get("SHXX").lacks() == {"body-shop", "ev"}


def test_saving_again_changes_only_what_differs(dealers: Dealers) -> None:
    dealers.save(SHXX)
    assert dealers.save(SHXX) == 0
    assert dealers.save(Dealer(code="SHXX", name_zh="上海XX汽车", city="苏州")) == 1
    assert [d.city for d in dealers.all()] == ["苏州"]


def test_an_unknown_code_says_what_was_meant(dealers: Dealers) -> None:
    dealers.save(SHXX)
    with pytest.raises(UnknownDealer, match="SHXX"):
        dealers.get("SHX")


@pytest.mark.parametrize(
    "wrong",
    [
        Dealer(code="", name_zh="x"),
        Dealer(code="a b", name_zh="x"),
        Dealer(code="x" * 41, name_zh="x"),
        Dealer(code="A1"),
        Dealer(code="A1", name_zh="x", ev="maybe"),
    ],
)
def test_one_dealership_that_cannot_be_used_keeps_all_of_them_out(dealers: Dealers, wrong: Dealer) -> None:
    with pytest.raises(BadDealer):
        dealers.save(SHXX, wrong)
    assert dealers.all() == []
