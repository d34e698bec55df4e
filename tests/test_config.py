"""briefing.toml: defaults, refusals that name file and key, and what a file that merely lies about may not do."""

from pathlib import Path

import pytest

from briefing.config import for_profile, load_config, parse_config
from briefing.errors import ConfigError
from briefing.settings import Config


def test_config_without_a_file_is_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))

    loaded = load_config(directory=tmp_path)

    assert loaded.config == Config()
    assert loaded.path is None


def test_config_in_the_working_directory_wins_over_the_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    (own / "briefing").mkdir(parents=True)
    (own / "briefing" / "briefing.toml").write_text('edition.title = "Own"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own))

    without = load_config(directory=tmp_path)
    (tmp_path / "briefing.toml").write_text('edition.title = "Here"\n')
    here = load_config(directory=tmp_path)

    assert without.config.edition.title == "Own"
    assert here.config.edition.title == "Here"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"edition": {"titel": "x"}}, "b.toml: unknown key 'edition.titel'; did you mean 'title'?"),
        ({"editon": {}}, "b.toml: unknown key 'editon'; did you mean 'edition'?"),
        ({"topics": [{"label": "x", "word": []}]}, "b.toml: unknown key 'topics.0.word'; did you mean 'words'?"),
        ({"profiles": {"a": {"edition": {"minuts": 3}}}}, "b.toml: unknown key 'profiles.a.edition.minuts'; did you"),
        ({"edition": {"minutes": "5"}}, "b.toml: edition.minutes: expected `int | null`, got `str`"),
        ({"edition": {"minutes": 0}}, "b.toml: edition.minutes: expected `int` >= 1"),
        ({"edition": {"max_stories": -1}}, "b.toml: edition.max_stories: expected `int` >= 1"),
        ({"edition": {"formats": []}}, "b.toml: edition.formats: expected `array` of length >= 1"),
        ({"limits": {"inputs": -1}}, "b.toml: limits.inputs: expected `int` >= 1"),
        ({"fetch": {"deadline_seconds": 0.0}}, "b.toml: fetch.deadline_seconds: expected `float` > 0.0"),
        ({"profiles": {"a": {"edition": {"minutes": 0}}}}, "b.toml: profiles.a.edition.minutes: expected `int` >= 1"),
        ({"edition": {"timezone": "Mars/Olympus"}}, "b.toml: edition.timezone: no time zone called 'Mars/Olympus'"),
        ({"qqqq": 1}, "b.toml: unknown key 'qqqq'; `briefing config show` lists the known ones"),
    ],
)
def test_config_with_a_mistake_names_file_and_key(table: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_config(table, "b.toml")

    assert str(raised.value).startswith(message)


def test_config_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text("edition = [")

    with pytest.raises(ConfigError, match="is not TOML"):
        load_config(str(file))


def test_config_named_but_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        load_config(str(tmp_path / "none.toml"))


def test_config_found_in_the_working_directory_runs_no_commands(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text(
        '[hooks]\nafter = [["rm", "x"]]\n'
        '[mail]\npassword_command = ["pass"]\npassword_file = "/etc/shadow"\nuser = "u"\n'
    )

    found = load_config(directory=tmp_path)
    named = load_config(str(file))

    assert found.config.hooks.after == ()
    assert found.config.mail.password_command == ()
    assert found.config.mail.password_file is None
    assert found.config.mail.user == "u"
    assert found.untrusted == ("hooks.after", "mail.password_command", "mail.password_file")
    assert named.config.hooks.after == (("rm", "x"),)


def test_profile_changes_what_it_names_and_nothing_else() -> None:
    config = parse_config(
        {
            "mute": ["golf"],
            "edition": {"title": "All", "minutes": 5},
            "profiles": {"ann": {"edition": {"minutes": 2}, "to": ["ann@example.org"]}},
        },
        "b.toml",
    )

    ann = for_profile(config, "ann")

    assert (ann.edition.title, ann.edition.minutes) == ("All", 2)
    assert ann.mute == ("golf",)
    assert ann.mail.to == ("ann@example.org",)


def test_profile_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ConfigError, match="no profile called 'bob'; there are: none yet"):
        for_profile(Config(), "bob")
