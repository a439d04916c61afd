"""Histories from outside: what a file may be, and what is said where it is not."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import Game, named_game, two_by_two
from coopgames.mistakes import Mistake
from coopgames.readings import Message, account, records_from_csv

PD = two_by_two("pd", R=3, S=0, T=5, P=1)
HEAD = "match,period,actor,action\n"


@pytest.fixture
def read(tmp_path: Path):
    def read_(text: str | bytes, game: Game = PD, **options: object):
        path = tmp_path / "h.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return records_from_csv(path, game, **options)

    return read_


@pytest.fixture
def wrong(read):
    def wrong_(text: str | bytes, game: Game = PD, **options: object) -> str:
        with pytest.raises(Mistake) as caught:
            read(text, game, **options)
        lines = str(caught.value).splitlines()
        return "\n".join(line.partition("h.csv")[2].removeprefix(", ") for line in lines)

    return wrong_


def test_rows_in_any_order(read) -> None:
    found = read(HEAD + "1,2,B,D\n1,1,A,C\n2,7,X,1\n1,2,A,0\n2,7,Y,C\n1,1,B,C\n").records
    assert [(r.match, r.actors, r.first) for r in found] == [
        ("1", ("B", "A"), 1),
        ("2", ("X", "Y"), 7),
    ]
    assert found[0].course.tolist() == [[0, 0], [1, 0]]
    assert found[1].course.tolist() == [[1, 0]]


def test_one_match_needs_no_name(read) -> None:
    (one,) = read("period,actor,action\n0,A,C\n0,B,D\n").records
    assert (one.match, one.first, one.course.tolist()) == ("", 0, [[0, 1]])


def test_who_is_called_like_a_seat_sits_there(read) -> None:
    game = Game("named", PD.payoffs, PD.actions, ("row", "column"))
    (one,) = read(HEAD + "1,1,column,D\n1,1,row,C\n", game).records
    assert (one.actors, one.course.tolist()) == (("row", "column"), [[0, 1]])
    (one,) = read(HEAD + "1,1,B,D\n1,1,A,C\n", seats=["A", "B"]).records
    assert one.actors == ("A", "B")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_marks_and_ends_of_lines(read, separator: str, mark: bytes, end: str) -> None:
    text = (HEAD + '1,1,A,C\n1,1,"B",D\n\n').replace(",", separator).replace("\n", end)
    (one,) = read(mark + text.encode()).records
    assert (one.actors, one.course.tolist()) == (("A", "B"), [[0, 1]])


def test_columns_of_other_names(read) -> None:
    text = (
        "session,subject,game,round,own choice,other choice,money\ns,7,1,1,c,d,12\ns,7,1,2,d,d,25\n"
    )
    found = read(
        text,
        columns={
            "match": ["session", "subject", "game"], "period": ["round"],
            "actions": ["own choice", "other choice"],
        },
        actions={"c": "C", "d": "D"},
    )  # fmt: skip
    (one,) = found.records
    assert (one.match, one.actors) == ("s/7/1", ("own choice", "other choice"))
    assert one.course.tolist() == [[0, 1], [1, 1]]
    assert found.ignored == ("money",)


def test_only_some_rows(read) -> None:
    text = "arm,period,actor,action\nx,1,A,C\nx,1,B,C\ny,1,A,D\ny,1,B,D\n"
    (one,) = read(text, where={"arm": "y"}).records
    assert one.course.tolist() == [[1, 1]]


def test_a_thousand_columns_beside_those_that_count(read) -> None:
    more = [f"x{i}" for i in range(1000)]
    text = ",".join([HEAD.strip(), *more]) + "\n"
    text += "".join(f"1,1,{who},C{',0' * 1000}\n" for who in "AB")
    found = read(text)
    assert found.records[0].course.tolist() == [[0, 0]]
    assert found.ignored == tuple(more)


def test_messages(read) -> None:
    text = (
        "period,actor,action,message\n1,A,D,\n1,B,D,\n"
        '2,A,C,"threat to B: demand=C, then=C, else=D"\n2,B,C,inform; side payment\n'
    )
    (one,) = read(text).records
    assert one.messages == (
        Message(1, 0, "threat", (1,), demand=0, then=0, otherwise=1),
        Message(1, 1, "inform"),
        Message(1, 1, "side_payment"),
    )


def test_messages_in_columns_of_their_own(read) -> None:
    text = "period,a,b,says a,says b\n1,D,D,,offer\n"
    (one,) = read(text, columns={"actions": ["a", "b"], "messages": ["says a", "says b"]}).records
    assert one.messages == (Message(0, 1, "offer"),)


WRONG = {
    "a gap": ("1,1,A,C\n1,1,B,C\n1,2,A,C\n1,2,B,C\n1,4,A,C\n1,4,B,D\n",
        "row 6: match 1, A goes from period 2 to 4; 3 is missing\n"
        "row 7: match 1, B goes from period 2 to 4; 3 is missing"),
    "a longer gap": ("1,1,A,C\n1,1,B,C\n1,9,A,C\n1,2,B,C\n",
        "row 4: match 1, A goes from period 1 to 9; 2 to 8 is missing\n"
        "row 5: match 1, B ends in period 2, A in 9 (row 4)"),
    "one ends early": ("1,1,A,C\n1,2,A,C\n1,2,B,C\n1,3,B,C\n",
        "row 3: match 1, A ends in period 2, B in 3 (row 5)\n"
        "row 4: match 1, B begins in period 2, A in 1 (row 2)"),
    "a duplicate row": ("1,1,A,C\n1,1,B,C\n1,1,A,D\n",
        "row 4: match 1, period 1 of A is in row 2 already"),
    "no action": ("1,1,A,C\n1,1,B,X\n1,2,A,c\n1,2,B,7\n",
        'row 3: match 1, B: no action "X" (there are: C, D)\n'
        'row 4: match 1, A: no action "c" (did you mean C?)\n'
        'row 5: match 1, B: no action "7" (there are: C, D)'),
    "one actor only": ("1,1,A,C\n1,2,A,D\n",
        "row 2: match 1 has one actor only, A; pd is played by 2"),
    "three actors": ("1,1,A,C\n1,1,B,D\n1,1,Z,D\n",
        "row 4: match 1 has 3 actors (A, B, Z); pd is played by 2"),
    "a thousand cells": ("1,1,A,C\n1,1,B" + ",C" * 1000 + "\n",
        "row 3: has 1,003 cells; 4 are needed, as in the heading"),
    "too few cells": ("1,1,A,C\n1,1,B\n", "row 3: has 3 cells; 4 are needed, as in the heading"),
    "no period": ("1,one,A,C\n1,1.5,B,C\n1,,B,C\n",
        'row 2: "one" is no period; a whole number is needed\n'
        'row 3: "1.5" is no period; a whole number is needed\n'
        'row 4: "" is no period; a whole number is needed'),
    "no actor": ("1,1,A,C\n1,1,,C\n", "row 3: names no actor"),
    "several at once": ("1,1,A,C\n1,1,B,X\n1,1,A,D\n2,1,A,C\n",
        'row 3: match 1, B: no action "X" (there are: C, D)\n'
        "row 4: match 1, period 1 of A is in row 2 already\n"
        "row 5: match 2 has one actor only, A; pd is played by 2"),
    "nothing": ("", ": has no row below its heading; one for each choice is needed"),
    "a quote left open": ('1,1,"A,C\n1,1,B,C\n',
        "row 2: no row of a table: unexpected end of data"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_row(wrong, name: str) -> None:
    rows, said = WRONG[name]
    assert wrong(HEAD + rows) == said


def test_of_many_mistakes_the_first_dozen(wrong) -> None:
    said = wrong(HEAD + "".join(f"1,{t},{who},X\n" for t in range(50) for who in "AB"))
    assert said.count("\n") == 12
    assert said.endswith(": and 88 mistakes more")


def test_files_that_are_none(wrong, tmp_path: Path) -> None:
    text = HEAD + "1,1,A,C\n1,1,Bé,C\n"
    assert wrong("") == ": is empty; its first row names the columns"
    assert wrong("\n\n") == ": is empty; its first row names the columns"
    assert wrong(text.encode("latin-1")) == "row 3: is not in UTF-8 (byte 0xe9); save it as UTF-8"
    assert wrong(text.encode("utf-16")) == "row 1: is not in UTF-8 (byte 0xff); save it as UTF-8"
    assert wrong(b"a,b\n\0") == "row 2: holds a zero byte; that is no text"
    for path, said in ((tmp_path / "none.csv", "no such file"), (tmp_path, "is a folder")):
        with pytest.raises(Mistake, match=said):
            records_from_csv(path, PD)


def test_headings_that_are_none(wrong) -> None:
    assert wrong("1,1,A,C\n1,1,B,C\n").startswith('row 1: "1,1,A,C" (4 cells) is no heading')
    assert "(1,000 cells) is no heading" in wrong(",".join(f"c{i}" for i in range(1000)) + "\n")
    said = wrong("match,round,player,choice\n1,1,A,C\n")
    assert said.startswith('row 1: no column "period" (there are: match, round, player, choice)')
    assert wrong("period,actor,action,action\n") == 'row 1: two columns are called "action"'


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("thret", 'no kind of message "thret" (did you mean threat'),
        ("threat: demand=X", 'no action "X"'),
        ("promise to Q", 'no actor "Q"'),
        ("offer to A", "A sends it to itself"),
        ("threat: or=D", '"or=D" is no part of a message; demand, then, else are'),
        ("!", '"!" is no message'),
    ],
)
def test_messages_that_are_none(wrong, message: str, said: str) -> None:
    text = f'period,actor,action,message\n1,A,C,"{message}"\n1,B,C,\n'
    found = wrong(text)
    assert found.startswith("row 2: A: ")
    assert said in found


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"columns": {"acton": ["x"]}}, "did you mean action"),
        ({"columns": {"period": ["a", "b"]}}, "no column"),
        ({"columns": {"period": ["match", "actor"]}}, "period is one column, not 2"),
        ({"columns": {"actions": ["action"], "messages": ["actor", "match"]}}, "do not fit"),
        ({"where": {"arm": "x"}}, 'no column "arm"'),
        ({"where": {"match": "9"}}, "no row has it"),
        ({"seats": ["X", "Y"]}, "is played by A, B, and not by X, Y"),
    ],
)
def test_options_that_do_not_fit(read, options: dict, said: str) -> None:
    with pytest.raises(Mistake, match=said):
        read(HEAD + "1,1,A,C\n1,1,B,C\n", **options)


@settings(max_examples=50)
@given(st.binary(max_size=80))
def test_no_file_is_too_odd_to_be_refused_in_words(tmp_path_factory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("odd") / "odd.csv"
    for head in (b"", HEAD.encode()):
        path.write_bytes(head + raw)
        with pytest.raises(Mistake, match=r"odd\.csv"):
            records_from_csv(path, PD)


def test_a_group_from_a_file(read) -> None:
    game = named_game("public-goods")
    rows = [f"1,{t},p{i},{int(t < 3)}" for t in range(8) for i in range(4)]
    (one,) = read(HEAD + "\n".join(rows), game).records
    assert account(game, one.course).whole.verdict == "cooperation (adaptive)"


DATA = Path(os.environ.get("COOPGAMES_DATA", "")) / "dal_bo_frechette_2011.csv"


@pytest.mark.skipif(not DATA.is_file(), reason="COOPGAMES_DATA names no folder with the data")
def test_real_people() -> None:
    # Dal Bó & Fréchette (2011), table 7: the share of AD is 0, .53, .65 and .92 in these
    # treatments. In the last, cooperation is no equilibrium: 1/2 < (50 − 32)/(50 − 25).
    def cooperate(treatment: str, reward: float) -> float:
        game = two_by_two("lab", R=reward, S=12, T=50, P=25)
        found = records_from_csv(
            DATA,
            game,
            columns={"match": ["id", "game"], "actions": ["choice", "other.choice"]},
            actions={"c": "C", "d": "D"},
            where={"treatment": treatment},
        ).records
        assert all(r.first == 1 for r in found)
        labels = [account(game, r.course).whole.label for r in found]
        return labels.count("cooperation") / len(labels)

    shares = [cooperate(*x) for x in (("D75R48", 48), ("D5R48", 48), ("D75R32", 32), ("D5R32", 32))]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.9
    assert shares[-1] < 0.1
