"""What editors paste: a word processor's document, a web page with scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import editor_of, paste, saved
from tests.factories import draft
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style>@font-face {font-family:Calibri;}
p.MsoNormal {margin:0cm; font-size:11.0pt;}</style><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head>
<body lang=EN-GB><!--StartFragment-->
<p class=MsoNormal><b><span style='font-size:16.0pt'>Talks resume<o:p></o:p></span></b></p>
<p class=MsoNormal>The delegations met on Monday&nbsp;[1]. <span style='mso-spacerun:yes'>&nbsp;</span>They will meet
<i>again</i> in <a href="https://port.example/talks">May</a> [2].<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>A
first point [1].<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>A
second point.<o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>In a table [2].<o:p></o:p></p></td></tr></table>
<!--EndFragment--></body></html>"""

PAGE = """<div class="article" onclick="steal()"><script>document.title='pwned'</script><style>p{color:red}</style>
<h1 onmouseover="x()">A headline from elsewhere</h1><p style="position:fixed">First paragraph [1].</p>
<iframe src="https://evil.example/"></iframe><img src="https://track.example/1.gif" onerror="x()">
<form action="https://evil.example/"><input name="q"><button>Go</button></form>
<p><a href="javascript:alert(1)">A link</a> and <a href="https://port.example/">another</a> [2].</p>
<svg onload="x()"><circle r="1"/></svg><math><mtext></mtext></math></div>"""


def pasted(desk, html, last_words):
    story = draft(sections=[{"id": "s1", "heading": "Pasted", "body": "<p>Before.</p>"}])
    page = desk(address(story))
    page.locator("#s1 summary").click()
    editor_of(page, "#s1").click()
    paste(page, html)
    expect(editor_of(page, "#s1")).to_contain_text(last_words)  # what a word processor made is taken in a moment later
    saved(page)
    return page, story.sections.get()


def test_a_word_document_keeps_its_words_and_sheds_its_dress(desk):
    _, section = pasted(desk, WORD, "In a table")
    for word in (
        "Talks resume",
        "The delegations met on Monday",
        "A first point [1].",
        "A second point.",
        "In a table [2].",
    ):
        assert word in section.body
    assert '<a href="https://port.example/talks"' in section.body
    for dress in ("Mso", "style", "class", "o:p", "xml", "@font-face", "<table", "<!--"):
        assert dress not in section.body
    cited = {sentence["text"]: sentence["cites"] for sentence in section.sentences}
    assert cited["They will meet again in May [2]."] == [2]


def test_a_page_with_scripts_leaves_them_behind(desk):
    page, section = pasted(desk, PAGE, "another")
    for word in ("A headline from elsewhere", "First paragraph [1].", "another"):
        assert word in section.body
    for danger in (
        "script",
        "onclick",
        "onmouseover",
        "onerror",
        "iframe",
        "javascript:",
        "<form",
        "<img",
        "svg",
        "style",
    ):
        assert danger not in section.body
    assert "pwned" not in page.title()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
