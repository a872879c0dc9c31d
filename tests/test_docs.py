"""What the documentation shows is run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS

import rag
import rag.archive
from rag.settings import Settings


def test_the_examples_in_the_docstrings_run_on_the_seeds(archive: rag.Archive) -> None:
    found = doctest.testmod(rag.archive, extraglobs={"archive": archive}, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted >= 5
    assert found.failed == 0


def test_the_example_in_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(SEEDS)
    block = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    exec(block.group(1), {})
    assert "Andrew Coster reported" in capsys.readouterr().out


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"ONRECORD_[A-Z_]+", (ROOT / "rag" / "settings.py").read_text(encoding="utf-8")):
        assert f"`{name}`" in readme, name


def test_a_setting_that_can_t_be_used_is_named() -> None:
    with pytest.raises(rag.BadInput, match="ONRECORD_MODEL"):
        Settings.from_env({"ONRECORD_MODEL": "gpt"})
    with pytest.raises(rag.BadInput, match="ONRECORD_MODEL_TIMEOUT"):
        Settings.from_env({"ONRECORD_MODEL_TIMEOUT": "soon"})
    for never in ("0", "-1", "nan", "inf"):
        with pytest.raises(rag.BadInput, match="more than 0"):
            Settings.from_env({"ONRECORD_MODEL_TIMEOUT": never})
