"""briefing.toml: defaults, refusals that name file and key, and what a file that merely lies about may not do."""

import re
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import fields, replace

from briefing.config import for_profile, load_config, parse_config
from briefing.errors import ConfigError
from briefing.settings import Config, Edition, Profile, Source, Topic


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
        ({"edition": {"length": "3 lines"}}, "b.toml: edition: length: '3 lines' is none; give sentences (3)"),
        ({"minutes": 3}, "b.toml: unknown key 'minutes'; did you mean 'edition.minutes'?"),
        (
            {"profiles": {"a": {"minutes": 3}}},
            "b.toml: unknown key 'profiles.a.minutes'; did you mean 'edition.minutes",
        ),
        ({"profiles": {"mail": {"mutes": []}}}, "b.toml: unknown key 'profiles.mail.mutes'; did you mean 'mute'?"),
        (
            {"profiles": {"a": {"topics": [{"label": 1}]}}},
            "b.toml: profiles.a.topics.0.label: expected `str`, got `int`",
        ),
        ({"profiles": {"a": {"edition": {"timezone": "X"}}}}, "b.toml: profiles.a.edition.timezone: no time zone"),
        ({"profiles": {"a": {"edition": {"length": "x"}}}}, "b.toml: profiles.a.edition: length: 'x' is none"),
        ({"profiles": {"a/b": {}}}, "b.toml: profiles.'a/b': issues are called after it, and no file can be called so"),
        ({"profiles": {"..": {}}}, "b.toml: profiles.'..': issues are called after it"),
        ({"profiles": {"Briefing": {}}}, "b.toml: profiles.Briefing: its issues would be called as others are"),
        ({"profiles": {"ann": {}, "Ann": {}}}, "b.toml: profiles.Ann: its issues would be called as others are"),
        ({"profiles": 3}, "b.toml: profiles: expected `object`, got `int`"),
        ({"follow": ["x", "=> World"]}, "b.toml: follow.1: nothing stands before =>"),
        ({"mute": ["golf => Sports"]}, "b.toml: mute.0: what is muted has no section; leave out '=> Sports'"),
        ({"profiles": {"a": {"mute": ["x => Y"]}}}, "b.toml: profiles.a.mute.0: what is muted has no section"),
        ({"profiles": {"a": {"follow": ["+"]}}}, "b.toml: profiles.a.follow.0: '+' stands alone"),
        ({"sources": [{"name": "A"}, {"name": "B", "mute": ["/(/"]}]}, "b.toml: sources.1.mute.0: /(/ is no regular"),
        ({"mute": ["/(a+)+b/"]}, "b.toml: mute.0: /(a+)+b/ could take minutes for one sentence"),
        ({"sources": [{"name": "A", "drop": ["("]}]}, "b.toml: sources.0.drop.0: /(/ is no regular expression"),
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


BASE = {
    "mute": ["golf"],
    "follow": ["ferry"],
    "topics": [{"label": "Climate", "words": ["climate"]}],
    "edition": {"title": "All", "minutes": 5, "formats": ["md", "pdf"]},
    "mail": {"to": ["all@example.org"], "subject": "{title}"},
    "profiles": {"ann": {}},
}
OWN = {
    "mute": [],
    "follow": ["+tram !strike => Trams"],
    "topics": [{"label": "Money", "words": ["bank"], "max_stories": 2}],
    "output": {"directory": "ann"},
    "to": ["ann@example.org"],
    "edition": {
        "title": "Ann's", "language": "de", "labels": "de", "page": "a5", "length": "60w", "method": "lex-rank",
        "minutes": 2, "max_stories": 4, "floor": 1.5, "template": "brief", "formats": ["txt"], "timezone": "Asia/Tokyo",
    },
}  # fmt: skip


def test_profile_without_settings_is_the_file_s() -> None:
    config = parse_config(BASE, "b.toml")

    assert for_profile(config, "ann") == config


def test_profile_can_set_everything_of_an_edition_what_it_is_about_where_it_goes_and_who_gets_it() -> None:
    own = parse_config({**BASE, "profiles": {"ann": OWN}}, "b.toml")
    mail = {**BASE["mail"], "to": OWN["to"]}  # type: ignore[dict-item]
    same = {key: value for key, value in OWN.items() if key != "to"}

    ann = for_profile(own, "ann")

    assert replace(ann, profiles={}) == parse_config({**same, "mail": mail}, "b.toml")
    assert {*OWN["edition"]} == {*Edition.__struct_fields__}  # type: ignore[misc]
    assert {*OWN} == {*Profile.__struct_fields__}


@pytest.mark.parametrize("key", sorted(OWN))
def test_profile_changes_what_it_names_and_nothing_else(key: str) -> None:
    own = parse_config({**BASE, "profiles": {"ann": {key: OWN[key]}}}, "b.toml")
    changed = {"to": "mail"}.get(key, key)

    ann = for_profile(own, "ann")

    assert [field for field in Config.__struct_fields__ if getattr(ann, field) != getattr(own, field)] == [changed]


def test_profile_without_recipients_is_not_the_file_s_list() -> None:
    config = parse_config({**BASE, "profiles": {"ann": {"to": []}, "ben": {}}}, "b.toml")

    assert for_profile(config, "ann").mail.to == ()
    assert for_profile(config, "ben").mail.to == ("all@example.org",)


def test_profile_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ConfigError, match="no profile called 'bob'; there are: none yet"):
        for_profile(Config(), "bob")


def test_every_key_stands_in_the_readme() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    chapters = readme[: readme.index("## Every command")]
    tables = [
        Config,
        *(type(value) for value in vars_of(Config()) if isinstance(value, Struct)),
        Topic,
        Source,
        Profile,
    ]

    keys = {field.encode_name for table in tables for field in fields(table)} - {"password"}  # which is refused

    assert {key for key in keys if not re.search(rf"\b{key}\b", chapters)} == set()


def vars_of(config: Config) -> list[object]:
    return [getattr(config, name) for name in config.__struct_fields__]
