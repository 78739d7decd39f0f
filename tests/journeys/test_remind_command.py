"""`xlplan remind` on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.headers import Field

if TYPE_CHECKING:
    from conftest import Bureau

LEAD = "高新技术发展与产业化科"


def test_notices_are_printed_and_returns_sent_back(bureau: Bureau) -> None:
    paper = bureau.paper(LEAD).fill(lambda code: {Field.STATUS: "推进中", Field.PROGRESS: f"{code} 已部署"})
    paper.cell("T006-01", Field.DONE).value = "申报9家,认定5家"
    paper.save(bureau.inbox / "a.xlsx")
    bureau("collect", bureau.inbox).expect(1)
    done = bureau("remind", "--period", bureau.period).expect(0)
    silent = set(bureau.forms()) - {LEAD}
    assert all(any(line.startswith(f"{office}:") for line in done.out.splitlines()) for office in silent)
    content = bureau("remind", "--json").expect(0).json
    assert [one["office"] for one in content["sent_back"]] == [LEAD]
    assert len(content["silent"]) == len(silent)
    reports = bureau.root / "reports"
    assert (reports / f"催报_{bureau.period}.txt").is_file()
    assert (reports / f"催报清单_{bureau.period}.xlsx").is_file()
    assert len(list((reports / f"退回_{bureau.period}").iterdir())) == 1
