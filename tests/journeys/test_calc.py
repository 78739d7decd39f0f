"""A form in LibreOffice itself: drop-downs, locked cells and the counter work there."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Bureau

LEAD = "高新技术发展与产业化科"
SYSTEM = Path("/usr/bin/python3")


def has_uno() -> bool:
    return (
        SYSTEM.is_file()
        and subprocess.run([SYSTEM, "-c", "import uno"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.needs("soffice")
def test_validation_protection_and_counter_work_in_libreoffice(bureau: Bureau, tmp_path: Path) -> None:
    if not has_uno():
        missing = pytest.fail if os.environ.get("XLPLAN_TESTS_SKIP_NOTHING") else pytest.skip
        missing("LibreOffice's Python bridge is not installed")
    pipe, out = f"calc{tmp_path.stat().st_ino}", tmp_path / "told.json"
    profile = (tmp_path / "profile").as_uri()
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        script = Path(__file__).with_name("calc.py")
        subprocess.run([SYSTEM, script, pipe, bureau.forms()[LEAD], out], check=True, timeout=120)
    finally:
        office.terminate()
        office.wait(30)
    told = json.loads(out.read_text("utf-8"))
    assert told["protected"]
    assert told["locked"]
    assert told["open"]
    assert told["kind"] == "LIST"
    assert told["strict"] == "STOP"
    assert "推进中" in told["list"]
    assert not told["stamp"]
    assert told["rows"] > 10
    assert "还有" in told["counter"]
    assert told["filled"] == "已全部填好"
