import pytest

import ingest.link
from ingest.link import link
from rag.domain import Speaker
from rag.stores.catalogue import SpeakerRow, bucket


def rows(*speakers: Speaker) -> list[SpeakerRow]:
    return [SpeakerRow(n, n, s, None) for n, s in enumerate(speakers)]


def names(*speakers: Speaker) -> list[tuple[str, int]]:
    return sorted((merged.name, len(group)) for merged, group in link(rows(*speakers)))


def person(name: str, *roles: str) -> Speaker:
    return Speaker(name, "person", roles=roles)


def test_a_bare_surname_joins_the_only_full_name() -> None:
    assert names(person("Pell"), person("Marta Pell")) == [("Marta Pell", 2)]


def test_two_people_of_one_surname_stay_apart() -> None:
    assert names(person("Marta Pell"), person("Ivo Pell")) == [("Ivo Pell", 1), ("Marta Pell", 1)]


def test_a_bare_surname_that_could_be_two_people_joins_neither() -> None:
    assert names(person("Marta Pell"), person("Ivo Pell"), person("Pell")) == [
        ("Ivo Pell", 1),
        ("Marta Pell", 1),
        ("Pell", 1),
    ]


def test_a_shared_role_settles_which_of_two_a_surname_is() -> None:
    found = names(person("Marta Pell", "mayor"), person("Ivo Pell", "harbourmaster"), person("Pell", "the mayor"))
    assert found == [("Ivo Pell", 1), ("Marta Pell", 2)]


def test_short_forms_and_middle_initials_are_one_person_and_a_junior_is_another() -> None:
    found = names(person("Andrew Lund"), person("Andy Lund"), person("Andrew J. Lund"), person("Andrew Lund Jr."))
    assert found == [("Andrew Lund", 3), ("Andrew Lund Jr.", 1)]


def test_an_organisation_is_never_a_person_of_that_name() -> None:
    found = names(Speaker("Pell", "organisation"), person("Marta Pell"))
    assert found == [("Marta Pell", 1), ("Pell", 1)]


def test_aliases_and_roles_are_collected() -> None:
    [(merged, _)] = link(
        rows(person("Pell", "the mayor"), Speaker("Marta Pell", "person", ("Mayor Pell",), ("mayor",)))
    )
    assert (merged.name, set(merged.aliases), set(merged.roles)) == (
        "Marta Pell",
        {"Pell", "Mayor Pell"},
        {"the mayor", "mayor"},
    )


def test_a_speaker_of_many_articles_is_compared_by_name_and_not_by_article(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    plain = ingest.link._same_person

    def counted(a: Speaker, b: Speaker) -> bool:
        nonlocal compared
        compared += 1
        return plain(a, b)

    monkeypatch.setattr(ingest.link, "_same_person", counted)
    assert names(*[person("Marta Pell")] * 300, *[person("Ivo Pell")] * 300) == [("Ivo Pell", 300), ("Marta Pell", 300)]
    assert compared <= 2 * 600


def test_a_bare_surname_with_another_role_is_somebody_else() -> None:
    found = names(person("Pell", "police officer"), person("Marta Pell", "mayor"))
    assert found == [("Marta Pell", 1), ("Pell", 1)]


def test_a_first_name_with_another_ending_is_no_typing_error() -> None:
    assert len(names(person("Martin Pell"), person("Martina Pell"))) == 2
    assert len(names(person("Christopher Pell"), person("Chrisopher Pell"))) == 1


def test_initials_are_one_with_and_without_stops() -> None:
    assert names(person("R.J. Moss"), person("RJ Moss"), person("R. J. Moss")) in (
        [("R.J. Moss", 3)],
        [("RJ Moss", 3)],
        [("R. J. Moss", 3)],
    )
    assert len(names(person("RJ Moss"), person("TJ Moss"))) == 2


def test_a_surname_of_several_words_joins_who_has_all_of_it() -> None:
    assert names(person("Van Holm"), person("Ada Van Holm")) == [("Ada Van Holm", 2)]
    assert names(person("Garda Marel"), person("Gabriel Garda Marel")) == [("Gabriel Garda Marel", 2)]
    assert names(person("Van Holm"), person("Ada Holm")) == [("Ada Holm", 1), ("Van Holm", 1)]
    assert names(person("Al Holm"), person("Ada Holm"), person("Ben Holm")) == [
        ("Ada Holm", 1),
        ("Al Holm", 1),
        ("Ben Holm", 1),
    ]


def test_particles_are_no_middle_names() -> None:
    assert names(person("Luis Ivo Tulla da Pell"), person("Luis da Pell")) == [("Luis da Pell", 2)]


def test_a_name_with_and_without_accents_is_one_person() -> None:
    with_accents, without = person("Recep Tullağan"), person("Recep Tullagan")
    assert bucket(with_accents) == bucket(without)
    assert names(with_accents, without) == [("Recep Tullağan", 2)]
    assert names(person("Bjørn Tulla"), person("Bjorn Tulla"), person("Björk Tulla")) == [
        ("Björk Tulla", 1),
        ("Bjørn Tulla", 2),
    ]
