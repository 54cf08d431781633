"""What is taken off texts before they are kept."""

from portal.core.text import storable


def test_json_of_others_loses_only_what_no_database_keeps():
    given = {"a\x00": ["uno\x00dos", {"b": "\ud800x"}, 3, None, True], "c": "ñ 🙂\n"}
    assert storable(given) == {"a": ["unodos", {"b": "x"}, 3, None, True], "c": "ñ 🙂\n"}
