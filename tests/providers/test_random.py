import base64
import re
from typing import Any

import bcrypt
import pytest

from iacctl import values
from iacctl.provider import requests
from iacctl.values import STRING
from tests.providers import driver
from tests.providers.driver import Driver, Refused


def made(name: str) -> Driver:
    return Driver(driver.provider("hashicorp/random"), f"random_{name}")


def keepers(**entries: str | None) -> values.Value:
    held = {key: values.null_of(STRING) if item is None else item for key, item in entries.items()}
    return values.map_value(STRING, held)


def test_spellings_of_an_id() -> None:
    it = made("id")
    it.create(byte_length=3, prefix="p-")
    content = bytes.fromhex(it["hex"].removeprefix("p-"))
    assert len(content) == 3
    assert it["id"] == base64.urlsafe_b64encode(content).decode().rstrip("=")
    assert it["b64_url"] == f"p-{it['id']}"
    assert it["b64_std"] == f"p-{base64.b64encode(content).decode()}"
    assert it["dec"] == f"p-{int.from_bytes(content, 'big')}"


def test_long_ids() -> None:
    it = made("id")
    it.create(byte_length=3000)
    digits = it["dec"]
    assert sum(int(digit) for digit in digits) % 9 == int(it["hex"], 16) % 9
    assert len(digits) > 7000
    assert not digits.startswith("0")


def test_uuids_and_their_import() -> None:
    it = made("uuid")
    it.create()
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", it["result"])
    it.import_("AABBCCDD-0011-2233-4455-66778899AABB")
    assert it["id"] == "aabbccdd-0011-2233-4455-66778899aabb"
    for wrong in ("x", "aabbccdd00112233445566778899aabb", "aabbccdd-0011-2233-4455-66778899aabg"):
        with pytest.raises(Refused, match="Import Random UUID Error"):
            it.import_(wrong)


def test_integers_stay_in_range_and_seeds_repeat() -> None:
    it, other = made("integer"), made("integer")
    for _ in range(50):
        it.state = it.null
        it.create(min=-2, max=2)
        assert -2 <= it["result"] <= 2
        assert it["id"] == str(it["result"])
    for one in (it, other):
        one.state = one.null
        one.create(min=0, max=10**12, seed="s")
    assert it["result"] == other["result"]
    it.state = it.null
    with pytest.raises(Refused, match=r"minimum \(min\) value needs to be smaller"):
        it.create(min=2, max=1)


def test_integers_are_imported_with_their_range() -> None:
    it = made("integer")
    it.import_("5,1,9,seed")
    assert (it["result"], it["min"], it["max"], it["seed"]) == (5, 1, 9, "seed")
    assert it.plan(it.config(min=1, max=9, seed="seed")).changes_nothing
    for wrong in ("5", "5,1", "x,1,9", "5,y,9"):
        with pytest.raises(Refused, match="Import Random Integer Error"):
            it.import_(wrong)


def test_shuffles() -> None:
    it = made("shuffle")
    it.create(input=["a", "b", "c"])
    assert sorted(it["result"].items) == ["a", "b", "c"]
    it.state = it.null
    it.create(input=["a", "b", "c"], result_count=7)
    result = it["result"].items
    assert len(result) == 7
    assert max(result.count(letter) for letter in "abc") <= 3
    it.state = it.null
    it.create(input=[])
    assert it["result"].items == ()


@pytest.mark.parametrize(("length", "words"), [(1, 1), (2, 2), (5, 5)])
def test_pets(length: int, words: int) -> None:
    it = made("pet")
    it.create(length=length, separator="_")
    assert len(it["id"].split("_")) == words
    it.state = it.null
    it.create(prefix="my")
    assert it["id"].startswith("my-")
    assert it["id"].count("-") == 2


def test_strings_follow_their_recipe() -> None:
    it = made("string")
    for _ in range(20):
        it.state = it.null
        it.create(length=9, min_upper=3, min_numeric=2, min_special=2, min_lower=2, override_special="_")
        result = it["result"]
        assert sum(map(str.isupper, result)) == 3
        assert sum(map(str.isdigit, result)) == 2
        assert result.count("_") == 2
        assert it["id"] == result
    it.state = it.null
    it.create(length=200, special=False, upper=False, numeric=False)
    assert re.fullmatch("[a-z]{200}", it["result"])


def test_number_and_numeric_are_one() -> None:
    it = made("string")
    it.create(length=5, number=False)
    assert (it["number"], it["numeric"]) == (False, False)
    assert it.plan(it.config(length=5, numeric=False)).changes_nothing
    assert it.plan(it.config(length=5)).replaces
    (problem,) = it.problems(it.config(length=5, number=True, numeric=False))
    assert problem.summary == "Number and numeric are both configured with different values"


def test_passwords_are_hashed() -> None:
    it = made("password")
    it.create(length=100)
    assert it["id"] == "none"
    assert it["bcrypt_hash"].startswith("$2a$10$")
    assert bcrypt.checkpw(it["result"][:72].encode(), it["bcrypt_hash"].encode())
    assert it.block.attributes["result"].sensitive
    assert it.block.attributes["bcrypt_hash"].sensitive


def test_messages_about_lengths() -> None:
    it = made("password")
    (problem,) = it.problems(it.config(length=3, min_upper=2, min_lower=2))
    assert problem.detail == (
        "Attribute length value must be at least sum of min_upper + min_lower + min_numeric + min_special, got: 3"
    )
    problems = it.problems(it.config(length=0))
    assert problems[0].detail == "Attribute length value must be at least 1, got: 0"


@pytest.mark.parametrize(
    ("before", "after", "replaces"),
    [
        (None, keepers(a="b"), True),
        (keepers(a="b"), None, True),
        (keepers(a="b"), keepers(a="c"), True),
        (keepers(a="b"), keepers(a="b", c=None), False),
        (None, keepers(c=None), False),
        (None, keepers(), False),
    ],
)
def test_keepers(before: Any, after: Any, replaces: bool) -> None:
    it = made("uuid")
    it.create(keepers=before)
    held = it["id"]
    planned = it.plan(it.config(keepers=after))
    assert planned.replaces is replaces
    it.apply(planned)
    assert (it["id"] != held) is replaces


def test_an_empty_override_may_be_dropped() -> None:
    it = made("string")
    it.create(length=5, override_special="")
    assert not it.plan(it.config(length=5)).replaces
    it.state = it.null
    it.create(length=5, override_special="_")
    assert it.plan(it.config(length=5)).replaces


def upgraded(name: str, version: int, **stored: Any) -> dict[str, values.Value]:
    request = requests.UpgradeStateRequest(f"random_{name}", version, stored)
    return driver.attributes(driver.provider("hashicorp/random").upgrade_state(request).state)


def test_old_strings_are_brought_up_to_date() -> None:
    held = upgraded("string", 1, id="abc", result="abc", length=3, number=False, special=True)
    assert (held["numeric"], held["number"], held["min_upper"], held["lower"]) == (False, False, 0, True)


def test_old_passwords_are_brought_up_to_date() -> None:
    held = upgraded("password", 0, id="none", result="abc")
    assert (held["length"], held["numeric"], held["min_special"]) == (3, True, 0)
    assert bcrypt.checkpw(b"abc", str(held["bcrypt_hash"]).encode())
    wrong = bcrypt.hashpw(b"other", bcrypt.gensalt(4)).decode()
    right = bcrypt.hashpw(b"abc", bcrypt.gensalt(4)).decode()
    assert upgraded("password", 2, result="abc", bcrypt_hash=wrong)["bcrypt_hash"] != wrong
    assert upgraded("password", 2, result="abc", bcrypt_hash=right)["bcrypt_hash"] == right
    assert upgraded("password", 3, result="abc", bcrypt_hash=wrong)["bcrypt_hash"] == wrong


def test_state_of_ancient_terraform_is_read() -> None:
    flat = {
        "id": "-", "input.#": "2", "input.0": "a", "input.1": "b", "result.#": "2", "result.0": "b", "result.1": "a",
        "keepers.%": "1", "keepers.k": "v", "result_count": "2",
    }  # fmt: skip
    request = requests.UpgradeStateRequest("random_shuffle", 0, None, flat)
    held = driver.attributes(driver.provider("hashicorp/random").upgrade_state(request).state)
    assert values.raw_equals(held["result"], values.list_value(STRING, ("b", "a")))
    assert values.raw_equals(held["keepers"], values.map_value(STRING, {"k": "v"}))
    assert held["result_count"] == 2
    assert values.is_null(held["seed"])


def test_ephemeral_passwords() -> None:
    provider = driver.provider("hashicorp/random")
    block = provider.schema().ephemeral_resources["random_password"].block
    from iacctl.provider import decoding

    config = decoding.coerce(block, {"length": 20, "special": False})
    assert provider.validate_ephemeral(requests.ValidateRequest("random_password", config)).diagnostics == ()
    opened = provider.open_ephemeral(requests.OpenEphemeralRequest("random_password", config))
    held = driver.attributes(opened.result)
    assert re.fullmatch("[A-Za-z0-9]{20}", str(held["result"]))
    assert held["upper"] is True
    nothing = {"length": 2, "special": False, "upper": False, "lower": False, "numeric": False}
    problems = provider.validate_ephemeral(
        requests.ValidateRequest("random_password", decoding.coerce(block, nothing))
    ).diagnostics
    assert problems[0].path == ("numeric",)
