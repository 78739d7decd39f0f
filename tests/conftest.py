"""What every test may use: programs that may be missing, the real sample documents, workspaces."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from databases import PostgresServer, find_program, postgres_server
from hypothesis import HealthCheck, settings

# No test is timed; where many build on it the same examples are tried every time, elsewhere new ones.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "seeds"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a program that is not installed; where nothing may be skipped, let it fail instead."""
    for item in items:
        for mark in item.iter_markers("needs"):
            program = mark.args[0]
            if find_program(program) is None:
                if os.environ.get("XLPLAN_TESTS_SKIP_NOTHING"):
                    item.add_marker(pytest.mark.usefixtures("fail_for_missing_program"))
                else:
                    item.add_marker(pytest.mark.skip(reason=f"{program} is not installed"))


@pytest.fixture
def fail_for_missing_program(request: pytest.FixtureRequest) -> None:
    marks = [mark.args[0] for mark in request.node.iter_markers("needs")]
    pytest.fail(f"must not be skipped here: {', '.join(marks)} is not installed")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server; a test that asks for it is marked `needs("initdb")`."""
    with postgres_server() as server:
        yield server


_numbers = itertools.count(1)


@pytest.fixture
def ledger_url(postgres: PostgresServer) -> Callable[[], str]:
    """Makes the addresses of ledgers on the server, each another one."""
    return lambda: postgres.url(f"bureau_{next(_numbers)}")


@pytest.fixture(scope="session")
def real_documents() -> list[Path]:
    """The five real plan documents, where they are at hand."""
    found = sorted(REAL.glob("*.txt")) if REAL.is_dir() else []
    if not found:
        pytest.skip("the real documents are not beside this checkout")
    return found
