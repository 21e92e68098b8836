#!/usr/bin/env python3
"""tools/templates.py: what it makes of good templates, and what it refuses where."""
import subprocess
import sys
import tempfile
from pathlib import Path

import tap
from template_html import TemplateError
from templates import Compiler, c_file

HEAD = '{{template page(struct page m) uses "page.h"}}\n'


FRENCH = {
    ("", "Open"): ["Ouvrir & lire"], ("state", "Open"): ["Ouvert"], ("", "a {b}!"): ["un {b}!"],
    ("", "{a} of {b}"): ["{b} : {a}"], ("", "{n} of {k}"): ["{n} sur {k}", "{n} parmi {k}"],
}


def compile_text(text, icons=None):
    return Compiler("page.html", text, icons, FRENCH).compile()


def body_of(text):
    """The C of a template's statements, without #line."""
    lines = compile_text(HEAD + text).c.splitlines()
    return [line.strip() for line in lines if not line.startswith("#line")]


def expect(text, *wanted):
    got = body_of(text)
    assert got == list(wanted), got


def refuse(text, line, column, part):
    """`text` follows the first line, so its own first line is number 2."""
    try:
        compile_text(HEAD + text)
    except TemplateError as e:
        assert part in e.text, f"{text!r} says {e.text!r}"
        assert (e.line, e.column) == (line, column), f"{text!r} at {e.line}:{e.column}: {e.text}"
    else:
        raise AssertionError(f"{text!r} is accepted")


# ---- the C ----

def test_golden():
    template = compile_text(HEAD + "<p>{{m->a}}</p>\n{{#if m->b}}\n<hr>\n{{/if}}\n")
    assert c_file(template, "x_tpl.h") == '''\
/* Made from page.html by tools/templates.py. */
#include "view/view.h"
#include "page.h"
#include "x_tpl.h"

void page(struct view *v, const struct page *m)
{
	(void)v;
	(void)m;
	view_literal(v, "<p>");
#line 2 "page.html"
	view_put(v, m->a);
	view_literal(v, "</p>\\n");
#line 3 "page.html"
	if (m->b) {
	view_literal(v, "<hr>\\n");
#line 5 "page.html"
	}
}
''', c_file(template, "x_tpl.h")


def test_template_without_model():
    template = compile_text("{{template footer()}}\n<hr>")
    assert "void footer(struct view *v)\n{" in c_file(template, "x_tpl.h")


def test_value_by_place():
    expect("{{m->a}}", "view_put(v, m->a);")
    expect('<p title="{{m->a}}"></p>', 'view_literal(v, "<p title=\\"");',
           "view_put_attribute(v, m->a);", 'view_literal(v, "\\"></p>");')
    assert "view_put_url(v, m->a);" in body_of('<a href="{{m->a}}"></a>')
    assert "view_put_url(v, m->a);" in body_of('<a hx-get:inherited="{{m->a}}"></a>')
    assert "view_put_url(v, m->a);" in body_of('<p hx-sse:connect="{{m->a}}"></p>')
    assert "view_component(v, m->a);" in body_of('<a href="?x={{m->a}}"></a>')
    assert "view_component(v, m->b);" in body_of('<a href="{{m->a}}{{m->b}}"></a>')
    assert "view_component(v, m->b);" in body_of('<a href="{{url "/x"}}#{{m->b}}"></a>')
    for page in ("<title>{{m->a}}</title>", "<svg><text>{{m->a}}</text></svg>",
                 "<select><option>{{m->a}}</option></select>",
                 '<textarea>{{_ "a {b}!" b=m->a}}</textarea>'):
        assert "view_put_plain(v, m->a);" in body_of(page), page


def test_expressions():
    for good in ("m->a", "m->a.b[i]", "*item", "m->a[m->n - 1]", "(m->a + 2) * 3"):
        assert f"view_put(v, {good});" in body_of("{{%s}}" % good)
    assert "if (!m->a && (m->b >= 2 || m->c != KIND_OPEN)) {" in body_of(
        "{{#if !m->a && (m->b >= 2 || m->c != KIND_OPEN)}}{{/if}}")


def test_branches_and_loops():
    expect("{{#if a}}{{b}}{{else if c}}{{d}}{{else}}{{e}}{{/if}}",
           "if (a) {", "view_put(v, b);", "} else if (c) {", "view_put(v, d);", "} else {",
           "view_put(v, e);", "}")
    expect("{{#each o in m->os.items : m->os.n}}{{o->a}}{{/each}}",
           "for (size_t o_index = 0; o_index < (size_t)(m->os.n); o_index++) {",
           "const __typeof__(*(m->os.items)) *o = &(m->os.items)[o_index];", "(void)o;",
           "view_put(v, o->a);", "}")


def test_translated_texts():
    expect('<b>{{_ "Open"}}</b>', 'view_translated(v, "<b>Ouvrir &amp; lire</b>", "<b>Open</b>");')
    expect('{{_c "state" "Open"}}', 'view_translated(v, "Ouvert", "Open");')
    expect('{{_ "Not in the \\"catalogue\\""}}', 'view_literal(v, "Not in the &#34;catalogue&#34;");')
    expect('{{_ "a {b}!" b=(m->b + 1)}}', 'view_translated(v, "un ", "a ");', "view_put(v, (m->b + 1));",
           'view_literal(v, "!");')
    expect('<p title="{{_ "a {b}!" b=m->b}}"></p>', 'view_translated(v, "<p title=\\"un ", "<p title=\\"a ");',
           "view_put_plain(v, m->b);", 'view_literal(v, "!\\"></p>");')


def test_placeholders_in_another_order():
    expect('{{_ "{a} of {b}" a=m->a b=m->b}}.', "if (v->language == LANG_FR) {", "view_put(v, m->b);",
           'view_literal(v, " : ");', "view_put(v, m->a);", "} else {", "view_put(v, m->a);",
           'view_literal(v, " of ");', "view_put(v, m->b);", "}", 'view_literal(v, ".");')


def test_plurals():
    expect('{{_n "{n} of {k}" "{n} of {k}s" m->n k=m->k}}',
           "if (plural_form(v->language, (int64_t)(m->n)) == 0) {", "view_put(v, m->n);",
           'view_translated(v, " sur ", " of ");', "view_put(v, m->k);", "} else {", "view_put(v, m->n);",
           'view_translated(v, " parmi ", " of ");', "view_put(v, m->k);",
           'view_translated(v, "", "s");', "}")


def test_long_texts():
    """Literals stay under what compilers promise, in each language."""
    text = "é" * 1500
    template = Compiler("page.html", HEAD + '{{_ "A"}}', french={("", "A"): [text]}).compile()
    calls = [line for line in template.c.splitlines() if "view_translated" in line]
    assert [line.count("é") for line in calls] == [1000, 500]
    assert calls[0].endswith(', "A");') and calls[1].endswith(', "");')


def test_messages_for_the_catalogue():
    messages = compile_text(HEAD + '{{_ "A"}}\n{{_c "x" "B \\"q\\""}}{{_n "{n}" "{n}s" m->n}}').messages
    assert [(m.context, m.id, m.plural, m.line) for m in messages] == [
        ("", "A", "", 2), ("x", 'B "q"', "", 3), ("", "{n}", "{n}s", 3)]


def test_other_directives():
    expect("{{> part(&m->head)}}", "part(v, &m->head);")
    expect("{{> part()}}", "part(v);")
    expect("{{@ m->chart}}", "view_html_put(v, m->chart);")
    expect("{{csrf}}{{! {{m->a}}", "view_csrf(v);")
    expect('{{icon "next"}}',
           'view_literal(v, "<svg class=\\"ic\\" aria-hidden=\\"true\\" focusable=\\"false\\"><use href=\\"");',
           'view_asset(v, "icons.svg");', 'view_literal(v, "#i-next\\"/></svg>");')
    expect('<img src="{{asset "a.svg"}}" alt="">', 'view_literal(v, "<img src=\\"");',
           'view_asset(v, "a.svg");', 'view_literal(v, "\\" alt=\\"\\">");')
    expect('<a href="{{url "/a/{}?b={}&c=1" m->a m->b}}"></a>', 'view_literal(v, "<a href=\\"");',
           "view_base_path(v);", 'view_literal(v, "/a/");', "view_component(v, m->a);",
           'view_literal(v, "?b=");', "view_component(v, m->b);",
           'view_literal(v, "&amp;c=1\\"></a>");')


def test_white_space():
    expect("<ul>\n\t\t<li>\n\n  {{a}}\n</ul>".replace("<li>", "<li></li>"),
           'view_literal(v, "<ul>\\n"', '"<li></li>\\n");', "view_put(v, a);",
           'view_literal(v, "\\n"', '"</ul>");')
    expect("<pre>  1\n  2</pre>", 'view_literal(v, "<pre>\\n"', '"  1\\n"', '"  2</pre>");')
    expect("<b>\n\t{{! note }}\n\t{{#if a}}\n\t<i></i>\n\t{{/if}}\n</b>",
           'view_literal(v, "<b>\\n");', "if (a) {", 'view_literal(v, "<i></i>\\n");', "}",
           'view_literal(v, "</b>");')


def test_literals_in_c():
    expect("<p>\\ ??= 1</p>", r'view_literal(v, "<p>\\ ?\?= 1</p>");')
    long_text = body_of("<p>" + "— " * 2000 + "</p>")
    assert len(long_text) > 1 and all(len(line.encode()) < 4095 for line in long_text)


def test_conditional_attributes():
    body_of('<p{{#if a}} class="x"{{else}} class="y"{{/if}} title="{{#if b}}{{c}}{{/if}}"></p>')
    body_of('{{#if a}}<main id="main"></main>{{else}}<div id="main"></div>{{/if}}')
    body_of('<a href="{{#if a}}{{url "/x"}}{{else}}{{m->y}}{{/if}}"></a>')
    body_of("<input{{#if a}} checked{{/if}} disabled>")


def test_untranslated_where_marked():
    body_of('<b translate="no">Jalon<i title="Jalon">Jalon</i></b>')
    body_of("<p>1 / 2 — 3&nbsp;:</p>")


# ---- what is refused ----

def test_refuses_values_in_doubtful_places():
    refuse("<p {{m->a}}></p>", 2, 4, "outside quotes")
    refuse("<p class={{m->a}}></p>", 2, 9, "without double quotes")
    refuse("<p class='{{m->a}}'></p>", 2, 9, "without double quotes")
    refuse("<{{m->a}}>", 2, 1, "not literal")
    refuse('<script src="{{m->a}}"></script>', 2, 14, "not chosen by data")
    refuse('<link href="{{m->a}}">', 2, 13, "not chosen by data")
    refuse('<script src="{{asset "a.js"}}">{{m->a}}</script>', 2, 32, "inside <script>")
    refuse('<meta http-equiv="refresh" content="{{m->a}}">', 2, 1, "http-equiv")
    refuse('<meta content="{{m->a}}" http-equiv="refresh">', 2, 1, "http-equiv")
    refuse('<p hx-vals="{{m->a}}"></p>', 2, 13, "htmx may run it")
    refuse('<a href="{{m->a}}:x"></a>', 2, 18, "only / ? or #")
    refuse('<a href="#{{url "/x"}}"></a>', 2, 11, "at the start")
    refuse('<p title="{{url "/x"}}"></p>', 2, 11, "outside href")
    refuse('<p title="{{@ m->a}}"></p>', 2, 11, "between tags")
    refuse("<title>{{@ m->a}}</title>", 2, 8, "between tags")
    refuse('<a href="{{_ "Open"}}"></a>', 2, 10, "in an address")


def test_refuses_code_in_pages():
    refuse("<script>a()</script>", 2, 1, "without src")
    refuse('<script src="{{asset "a.js"}}">a()</script>', 2, 32, "inline script")
    refuse("<style></style>", 2, 1, "<style>")
    refuse('<p style="color:red"></p>', 2, 4, "style")
    refuse('<p onclick="x()"></p>', 2, 4, "no inline handlers")
    refuse('<p ONCLICK="x()"></p>', 2, 4, "no inline handlers")
    refuse('<p hx-on:click="x()"></p>', 2, 4, "no inline handlers")
    refuse('<p data-hx-get="x"></p>', 2, 4, "write hx-get")
    refuse('<a href="javascript:x()"></a>', 2, 4, "javascript: in href")
    refuse('<a href="{{#if a}}{{url "/x"}}{{else}}javascript:x(){{/if}}"></a>', 2, 4, "javascript:")
    refuse('<p hx-vals="js:{a: 1}"></p>', 2, 4, "js: in hx-vals")
    refuse('<p hx-trigger="click[x]"></p>', 2, 4, "needs eval")
    refuse('<iframe srcdoc="x"></iframe>', 2, 1, "<iframe>")
    refuse("<svg><animate></animate></svg>", 2, 6, "<animate>")


def test_refuses_broken_html():
    refuse("<p><b></p>", 2, 7, "</b> is to be closed")
    refuse("</p>", 2, 1, "nothing is to be closed")
    refuse("<ul>\n<li></li>", 2, 1, "<ul> is not closed")
    refuse("<br></br>", 2, 5, "to be closed")
    refuse("<p><div></div></p>", 2, 4, "browsers close")
    refuse('<a href="#x"><a href="#y"></a></a>', 2, 14, "inside <a>")
    refuse("<p />", 2, 4, "only inside svg")
    refuse("<P></P>", 2, 1, "lower case")
    refuse('<p class="a" class="b"></p>', 2, 14, "a second class")
    refuse('<i id="a"></i>\n<b id="a"></b>', 3, 4, "a second id")
    refuse('{{#each o in a : n}}<b id="a"></b>{{/each}}', 2, 24, "repeat")
    refuse("<!-- x -->", 2, 1, "{{! … }}")
    refuse("<p>1 & 2</p>", 2, 6, "bare &")
    refuse("<p>1 < 2</p>", 2, 6, "bare <")
    refuse("<textarea><b></b></textarea>", 2, 11, "inside <textarea>")
    refuse('<p title="', 2, 11, "inside a tag")


def test_refuses_branches_that_leave_tags():
    refuse("{{#if a}}<b>{{/if}}</b>", 2, 13, "different places")
    refuse("{{#if a}}<b>{{else}}<i>{{/if}}", 2, 24, "different places")
    refuse("{{#each o in a : n}}<b>{{/each}}", 2, 24, "different places")
    refuse('<p title="{{#if a}}"{{/if}}></p>', 2, 21, "different places")


def test_refuses_untranslated_texts():
    refuse("<p>Hello</p>", 2, 4, "text outside")
    refuse("<p>&eacute;t\u00e9</p>", 2, 12, "text outside")
    refuse('<img alt="Logo">', 2, 11, "text in alt")
    refuse('<p aria-label="A"></p>', 2, 16, "text in aria-label")


def test_refuses_addresses_written_out():
    refuse('<a href="/method"></a>', 2, 4, "{{url")
    refuse('<a href="method"></a>', 2, 4, "{{url")
    refuse('<a href=""></a>', 2, 4, "{{url")
    refuse('<a href="/c/{{m->a}}"></a>', 2, 4, "{{url")
    refuse('<img src="https://example.org/a.png" alt="">', 2, 6, "{{url")
    body_of('<a href="https://example.org/"></a><a href="#main"></a><a href="?lang=en"></a>')


def test_refuses_forms_without_csrf():
    refuse('<form method="post" action="{{url "/x"}}"></form>', 2, 43, "needs {{csrf}}")
    refuse('<form method="POST" action="{{url "/x"}}">{{#if a}}{{csrf}}{{/if}}</form>', 2, 67, "{{csrf}}")
    body_of('<form method="get" action="{{url "/x"}}"></form>')
    body_of('<form method="post" action="{{url "/x"}}"><p>{{csrf}}</p></form>')


def test_leaves_checking_forms_to_the_server():
    assert 'view_literal(v, "<form method=\\"get\\" novalidate>");' in body_of('<form method="get">{{> part()}}</form>')
    assert 'view_literal(v, " novalidate>");' in body_of('<form{{#if a}} id="x"{{/if}}>{{> part()}}</form>')
    refuse('<form method="get" novalidate></form>', 2, 1, "novalidate")


def test_refuses_wrong_directives():
    refuse("{{m->a()}}", 2, 1, "a call")
    refuse("{{(*m->f)(1)}}", 2, 1, "a call")
    refuse("{{m->a = 1}}", 2, 1, "not allowed")
    refuse("{{m->a++}}", 2, 1, "++")
    refuse('{{m->a "x"}}', 2, 1, "not allowed")
    refuse("{{v->rq}}", 2, 1, "its model only")
    refuse("{{#if a}}", 2, 1, "not closed")
    refuse("{{/if}}", 2, 1, "without {{#if}}")
    refuse("{{#if a}}{{/each}}{{/if}}", 2, 10, "without {{#each}}")
    refuse("{{#if a}}{{else}}{{else}}{{/if}}", 2, 18, "after {{else}}")
    refuse("{{#each o of a}}{{/each}}", 2, 1, "item in array")
    refuse("{{?}}", 2, 1, "no such directive")
    refuse("<p>\n\t{{m->a", 3, 2, "does not end")
    refuse('{{_ "a {b}"}}', 2, 1, "placeholders")
    refuse('{{_ "a" b=m->b}}', 2, 1, "placeholders")
    refuse('{{_ m->a}}', 2, 1, "double quotes")
    refuse('<a href="{{url "x"}}"></a>', 2, 10, "{{url")
    refuse('<a href="{{url "/{}"}}"></a>', 2, 10, "1 places and 0 values")


def test_refuses_unknown_icons():
    compile_text(HEAD + '{{icon "next"}}', {"next"})
    try:
        compile_text(HEAD + '{{icon "text"}}', {"next"})
    except TemplateError as e:
        assert "no icon" in e.text
    else:
        raise AssertionError("accepted")


def test_wants_its_first_line():
    for text in ("<p></p>", "", "{{template page}}", "{{template page(struct page v)}}"):
        try:
            compile_text(text)
        except TemplateError as e:
            assert (e.line, e.column) == (1, 1)
        else:
            raise AssertionError(text)


# ---- the program ----

def run_tool(text):
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "page.html"
        page.write_text(text, encoding="utf-8")
        command = [sys.executable, tap.ROOT / "tools/templates.py", "--header", "x_tpl.h",
                   "--outdir", name, page]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        header = Path(name) / "x_tpl.h"
        return done, header.read_text(encoding="utf-8") if header.exists() else "", str(page)


def test_program_writes_header():
    done, header, _ = run_tool(HEAD + "<hr>")
    assert done.returncode == 0, done.stderr
    assert "#ifndef JALON_X_TPL_H" in header
    assert "struct page;\nstruct view;\n\nvoid page(struct view *v, const struct page *m);" in header


def test_program_says_where():
    done, header, page = run_tool(HEAD + "<hr>\n <br/>")
    assert done.returncode == 1 and not header
    assert done.stderr.startswith(f"{page}:3:5: "), done.stderr


def c_compiles(value):
    """Whether a template with {{value}} compiles against a model of each kind of field."""
    model = ('#include "view/view.h"\nstruct page { struct str s; const char *c; bool b; double d; '
             "struct html h; const struct page *p; size_t n; };\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.h").write_text(model, encoding="utf-8")
        template = compile_text(HEAD + value)
        (folder / "x_tpl.h").write_text(f"void {template.name}(struct view *v, const struct page *m);\n",
                                        encoding="utf-8")
        (folder / "page.c").write_text(c_file(template, "x_tpl.h"), encoding="utf-8")
        done = subprocess.run(["cc", "-std=c17", "-fsyntax-only", f"-I{name}", f"-I{tap.ROOT}/src",
                               folder / "page.c"], capture_output=True, encoding="utf-8", check=False)
        return done.returncode == 0, done.stderr


def test_types_that_compile():
    for good in ("{{m->s}}", "{{m->c}}", "{{m->n}}", "{{@ m->h}}", "{{m->p->s}}", '<p title="{{m->n}}"></p>',
                 '<a href="{{m->s}}"></a>', '{{_ "{x}" x=m->c}}', "{{#if m->b}}{{/if}}"):
        ok, errors = c_compiles(good)
        assert ok, errors


def test_types_that_do_not():
    for bad in ("{{m->b}}", "{{m->d}}", "{{m->h}}", "{{m->p}}", "{{@ m->s}}", "{{@ m->c}}", "{{m->missing}}",
                '<a href="{{m->n}}"></a>', '{{_ "{x}" x=m->b}}', "{{#if m->s}}{{/if}}"):
        ok, errors = c_compiles("\n<hr>\n" + bad)
        assert not ok, bad
        assert "page.html:4" in errors, errors


if __name__ == "__main__":
    tap.run(globals())
