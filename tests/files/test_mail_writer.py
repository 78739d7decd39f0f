from __future__ import annotations

from email import message_from_bytes, policy

from xlplan.files.limits import Limits
from xlplan.files.mail import read_mail
from xlplan.files.mail_writer import write_mail

FORM = b"PK\x03\x04 a form"


def test_a_draft_has_its_text_its_address_and_its_files() -> None:
    data = write_mail("催报:第二季度", ["zhang@example.gov.cn"], "请尽快报送。\n谢谢", {"科技科_2019-Q2.xlsx": FORM})
    mail = message_from_bytes(data, policy=policy.default)
    assert mail["Subject"] == "催报:第二季度"
    assert mail["To"] == "zhang@example.gov.cn"
    assert mail["X-Unsent"] == "1"
    assert mail.get_body().get_content().split() == ["请尽快报送。", "谢谢"]
    assert read_mail(data, Limits()).attached == (("科技科_2019-Q2.xlsx", FORM),)


def test_a_draft_names_no_sender_no_date_and_is_the_same_every_time() -> None:
    one, other = (write_mail("a", [], "b", {"c.xlsx": FORM}) for _ in range(2))
    assert one == other
    mail = message_from_bytes(one, policy=policy.default)
    assert {"From", "Date", "Message-ID", "To"}.isdisjoint(mail.keys())


def test_a_name_with_line_breaks_writes_no_header_of_its_own() -> None:
    data = write_mail("a\r\nBcc: x@example.com", [], "b", {"c\r\nd.xlsx": FORM})
    mail = message_from_bytes(data, policy=policy.default)
    assert "Bcc" not in mail
