"""The names in the program are unambiguous."""

from tests.definitions import public_classes


def test_no_two_public_classes_have_one_name() -> None:
    classes = public_classes()
    assert len(classes) > 200
    assert {name: modules for name, modules in classes.items() if len(modules) > 1} == {}
