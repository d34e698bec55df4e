"""A desk to send from: a working directory with an issue, a data folder of its own, and the command."""

import shutil
from pathlib import Path

import pytest

from briefing import cli
from tests.deliver.server import Certificates, make_certificates
from tests.send.desk import CASES, MORNING, Answer, Send


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with an issue, and a data folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(MORNING))
    (tmp_path / "out").mkdir()
    shutil.copy(CASES / "day.json", tmp_path / "out" / "latest.json")
    return tmp_path


@pytest.fixture
def send(desk: Path, capfd: pytest.CaptureFixture[str]) -> Send:
    """Call `briefing send` and return exit code, stdout and stderr."""

    def call(*arguments: str) -> Answer:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main(["send", *arguments])
        out, err = capfd.readouterr()
        assert not [character for character in out + err if not character.isprintable() and character != "\n"]
        return int(left.value.code or 0), out, err

    return call


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(str(tmp_path_factory.mktemp("certificates")))
