"""W6: findings about what is written for people beside the workbooks: documents from templates, pictures."""

from __future__ import annotations

from xlplan.finding import Severity
from xlplan.rules.rule import Rule, Words

RULES = (
    Rule(
        "W630",
        Severity.ERROR,
        Words(
            "Word 模板里的标记写错了：{detail}（附近：{near}）。",
            "双花括号或 if、for 没有配对，或者拼写有误。",
            "请改正这一处；改不好的，移走这个文件，再用 xlplan template copy 取一份新的。",
        ),
        Words(
            "A tag of the Word template is wrong: {detail} (near: {near}).",
            "Braces, if or for do not pair, or a word is misspelt.",
            "Mend it; or move the file away and take a fresh one with xlplan template copy.",
        ),
    ),
    Rule(
        "W631",
        Severity.ERROR,
        Words(
            "Word 模板里的“{name}”不知道是什么。",
            "名称拼写有误，或者没有这一项。",
            "可以写的是：{near}；全部名称见使用指南。",
        ),
        Words(
            "The Word template names “{name}”, which is not known.",
            "It is misspelt, or there is no such thing.",
            "Possible: {near}; the guide lists all names.",
        ),
    ),
    Rule(
        "W632",
        Severity.ERROR,
        Words(
            "Word 模板不能填写：{detail}。",
            "标记要做的事做不到，或者放在了不能放的位置。",
            "请检查最近的改动；改不好的，移走这个文件，再用 xlplan template copy 取一份新的。",
        ),
        Words(
            "The Word template cannot be filled in: {detail}.",
            "A tag asks for something impossible, or stands where none can stand.",
            "Check what was changed last; or move the file away and take a fresh one with xlplan template copy.",
        ),
    ),
    Rule(
        "W633",
        Severity.ERROR,
        Words("这个模板不是 Word 文档（.docx）。", "文件损坏，或者只是改了扩展名。", "请用 Word 或 WPS 另存为 .docx。"),
        Words(
            "The template is no Word document (.docx).",
            "It is damaged, or only its ending was changed.",
            "Save it as .docx in Word or WPS.",
        ),
    ),
    Rule(
        "W634",
        Severity.ERROR,
        Words(
            "不能画图：电脑上没有可用的浏览器，也没有 LibreOffice。",
            "画图要借用 Chrome、Edge、Chromium 或 LibreOffice 中的一个。",
            "请装上其中一个再运行；或者用 --html 写出网页，打开后截图。",
        ),
        Words(
            "No picture can be drawn: there is no browser and no LibreOffice.",
            "One of Chrome, Edge, Chromium or LibreOffice draws it.",
            "Install one of them and run again; or write the page with --html and take a screenshot of it.",
        ),
    ),
    Rule(
        "W635",
        Severity.ERROR,
        Words(
            "图没有画成：{program}在 {seconds} 秒内没有给出图。",
            "它正忙，或者在这台电脑上不能在后台运行。",
            "请再试一次；不行的，用 --html 写出网页，打开后截图。",
        ),
        Words(
            "The picture was not drawn: {program} gave none within {seconds} seconds.",
            "It is busy, or cannot run in the background here.",
            "Try again; or write the page with --html and take a screenshot of it.",
        ),
    ),
)
