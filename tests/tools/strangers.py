# SPDX-License-Identifier: MIT
"""Input as strangers might make it: strangers.py pages|tables|manifests|lines FOLDER SIZE

Each file is about SIZE bytes, of one kind of malice each. Files called ok-* must be packed, others may be
refused."""
import gzip
import os
import sys

what, folder, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.makedirs(folder, exist_ok=True)
STORY = "<p>Mayor Ilana Voss left Tessaly on Monday.</p>"
TEXT = "Mayor Ilana Voss left Tessaly on Monday.\n"
ROWS = "time,type,agent,patient\n"
ROW = "2031-04-05,meet,Ilana Voss,Teo Brask\n"
LINE = '{"uri":"urn:ok","text":"Mayor Ilana Voss spoke."}\n'


def put(name, data):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())


def full(piece):
    return piece * max(1, size // len(piece))


def pages():
    html = {
        "ok-attribute": '<p title="' + full("x") + '">' + STORY,
        "ok-unclosed": full("<p>text ") + STORY,
        "deep": full("<div>") + STORY,
        "nothing-closed": full("<p><b><i><a href=x><ul><li>text ") + STORY,
        "attributes": "<p " + " ".join("a%d=1" % i for i in range(size // 5)) + ">" + STORY,
        "ok-many-attributes": full("<p " + " ".join("a%d=1" % i for i in range(900)) + ">x</p>") + STORY,
        "open-tags": full("<p") + STORY,
        "ok-less": full("<") + STORY,
        "comments": full("<!--") + STORY,
        "dashes": "<!--" + full("-") + STORY,
        "cdata": full("<![CDATA[") + STORY,
        "ok-ampersands": full("&") + STORY,
        "references": full("&#99999999999;") + STORY,
        "name": "&" + full("a") + STORY,
        "ends": "<div>" * 200 + full("</b>") + STORY,
        "tables": full("<table><tr><td>") + STORY,
        "ok-meta": full("<meta name=author content=x>") + STORY,
        "ok-titles": full("<title>x</title>") + STORY,
        "ok-data-uri": STORY + '<img src="data:image/png;base64,' + full("QUJD") + '">',
        "ok-zero-width": "<p>" + full("\u200b") + "Mayor Ilana Voss left.</p>",
        "ok-combining": "<p>a" + full("\u0301") + "</p>" + STORY,
        "ok-breaks": full("<br>") + STORY,
        "ok-items": "<ul>" + full("<li>x") + "</ul>" + STORY,
        "ok-json": '<script type="application/ld+json">' + full("[") + "</script>" + STORY,
        "ok-jsons": full('<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>') + STORY,
        "ok-classes": '<div class="' + full("a b c ") + '">x</div>' + STORY,
        "svg": full("<svg>") + STORY,
        "textarea": "<textarea>" + full("<") + STORY,
        "entities": "<!DOCTYPE x [<!ENTITY a \"aaaa\">" + "".join(
            '<!ENTITY %s "&%s;&%s;">' % (b, a, a) for a, b in zip("abcdefghijklmno", "bcdefghijklmnop")
        ) + '<!ENTITY file SYSTEM "file:///etc/passwd">]><p>Voss left. &p; &file;</p>',
        "frames": "<html><frameset cols=50,50><frame src=a><frame src=b></frameset></html>",
        "script": '<html><script>var a = "Mayor Voss left";</script></html>',
        "refresh": '<meta http-equiv=refresh content="0;url=http://x/">',
        "nul": STORY + "\0",
        "latin-1": b"<meta charset=utf-8><p>Caf\xe9 closed.</p>",
        "ok-lie": "<meta charset=utf-16>" + STORY,
        "ok-lie-2": '<meta http-equiv=content-type content="text/html; charset=iso-2022-jp">' + STORY,
        "utf-16-without-mark": STORY.encode("utf-16le"),
        "ok-utf-16": STORY.encode("utf-16"),
        "utf-32": STORY.encode("utf-32"),
        "ok-utf-7": "+ADw-p+AD4- Mayor Voss left.",
        "packed": gzip.compress(STORY.encode()),
    }
    n = size // 10
    markdown = {
        "emphasis": "*a **a " * (n // 7) + "b" + " a** a*" * (n // 7),
        "closers": "a_ " * (n // 3),
        "brackets": "[" * n + "a" + "]" * n,
        "links": "[a](<b" * (n // 6),
        "images": "![[]()" * (size // 6),
        "quotes": ">" * (size // 10) + "a*" * n,
        "lists": "- " * (size // 20) + "x" + "\n" * (size // 20),
        "steps": "".join(" " * i + "* a\n" for i in range(1000)),
        "backticks": "".join("e" + "`" * x for x in range(int((2 * n) ** 0.5))),
        "references": "".join("[r%d]: x\n" % i for i in range(n // 12)) + "".join("[r%d] " % i for i in range(n // 12)),
        "declarations": full("<!A "),
        "front": "---\n" + "a: b\n" * (n // 5),
        "stars": full("* * * ") + "a",
        "nul": "a\0b",
    }
    for name, data in html.items():
        put(name + ".html", data)
    for name, data in markdown.items():
        put(name + ".md", data)
    put("ok-rules.md", TEXT + "\n" + "- " * 500 + "\n\n" + "* " * 500 + "\n\n" + TEXT)


def tables():
    dates = ("9999999-99-99", "-0000", "Y1E18", "Y-170000000000", "2031-02-30", "1e999", "{2031..", "2031-04-05T99:99",
             "%" * 5000, " 2031 x", "\x1b[31m")
    files = {
        "ok-plain.csv": ROWS + ROW,
        "quote-open.csv": ROWS + ROW + '"' + full("x"),
        "columns.csv": ",".join("c%d" % i for i in range(size // 8)) + "\n" + ROW,
        "ok-commas.csv": ROWS + full(",") + "\n" + ROW,
        "ok-long-row.csv": ROWS + "2031,meet," + full("x") + ",y\n" + ROW,
        "ok-name.csv": ROWS + "2031,meet," + "x" * 1000000 + ",y\n" + ROW,
        "ok-dates.csv": ROWS + "".join("%s,meet,Ilana Voss,Teo Brask\n" % d for d in dates) + ROW,
        "ok-nul.csv": ROWS + "2031,meet,a\0b,c\n" + ROW,
        "ok-bytes.csv": (ROWS + ROW).encode() + b"2031,meet,\xff,c\n",
        "ok-blank.csv": ROWS + full("\n") + ROW,
        "ok-short.csv": ROWS + full("2031\n") + ROW,
        "ok-stray.csv": ROWS + full('x"y,1,2,3\n') + ROW,
        "ok-cut.csv.gz": gzip.compress((ROWS + full(ROW)).encode())[:-20],
        "ok-members.csv.gz": gzip.compress((ROWS + ROW).encode()) + gzip.compress(ROW.encode()),
        "ok-trailing.csv.gz": gzip.compress((ROWS + ROW).encode()) + b"garbage" * 100,
        "ok-not-packed.csv.gz": ROWS + ROW,
        "empty.csv.gz": b"",
        "empty-member.csv.gz": gzip.compress(b""),
        "ok-empty-members.csv.gz": gzip.compress(b"") * (size // 20) + gzip.compress((ROWS + ROW).encode()),
        "magic.csv.gz": b"\x1f\x8b" + b"\xff" * 1000,
        "magic.csv.zst": b"\x28\xb5\x2f\xfd" + b"\xff" * 1000,
    }
    for name, data in files.items():
        put(name, data)


def manifests():
    files = {
        "missing.csv": "file,title\n" + "".join("f%d.txt,x\n" % i for i in range(size // 10)),
        "blank.csv": "file,title\n" + full(",\n"),
        "again.csv": "file,title\n" + full("a.txt,x\n"),
        "quote-open.csv": 'file,title\na.txt,"' + full("x"),
        "stray.csv": "file,title\n" + full('a"b,c\n'),
        "columns.csv": ",".join("c%d" % i for i in range(size // 8)) + "\na\n",
        "field.csv": "file,title\na.txt," + full("x") + "\n",
        "outside.csv": "file,title\n../x,1\n/etc/passwd,2\nin/../a.txt,4\na.txt,3\n",
        "dates.csv": "file,published\na.txt,9999999-99-99\n",
        "escapes.csv": "file,title,\x1b[31mevil\na.txt,\x1b]0;x\x07T\n\x1b[2Jz.txt,1\n",
        "bytes.csv": b"\0" * 1000,
        "empty.csv": "",
    }
    for name, data in files.items():
        put(name, data)


def lines():
    n = size // 10
    files = {
        "deep": "[" * 100000 + "\n",
        "deep-objects": '{"a":' * 100000 + "\n",
        "digits": '{"uri":"x","text":"a","line":' + "9" * size + "}\n",
        "fraction": '{"uri":"x","text":"a","line":1.' + "0" * size + "1}\n",
        "exponent": '{"uri":"x","text":"a","line":1e999999}\n',
        "numbers": '{"uri":"x","text":"a","sentences":[' + "1," * (size // 2) + "1]}\n",
        "objects": '{"uri":"x","text":"a","foo":[' + "{}," * (size // 3) + "1]}\n",
        "referents": '{"uri":"x","text":"a","referents":[' + "{}," * (size // 3) + "{}]}\n",
        "keys": '{"uri":"x","text":"a",' + ",".join('"k%d":1' % i for i in range(n)) + "}\n",
        "twice": '{"uri":"x","uri":"y","text":"a"}\n',
        "surrogate": '{"uri":"x","text":"a\\udc00"}\n',
        "nul-key": '{"uri\\u0000x":"x","text":"a"}\n',
        "nul-uri": '{"uri":"x\\u0000y","text":"a"}\n',
        "mark": "\ufeff",
        "bytes": b'{"uri":"x","text":"\xff\xfe"}\n',
        "bad": full("x\n"),
        "blank": full("\n"),
        "uri": '{"uri":"' + "u" * 1000000 + '","text":"a b c."}\n',
        "uri-controls": '{"uri":"http://x/\\u001b[31m\\n","text":"a b c."}\n',
        "uri-script": '{"uri":"javascript:alert(1)","text":"a b c."}\n',
        "title": '{"uri":"x","title":"' + "u" * 1000000 + '","text":"a b c."}\n',
        "runs": '{"record":"run","run":65535,"name":"x"}\n{"record":"run","run":4294967295,"name":"x"}\n',
        "terms": full('{"record":"term","kind":"predicate"}\n'),
    }
    for name, data in files.items():
        put(name + ".jsonl", (data if isinstance(data, bytes) else data.encode()) + LINE.encode())


{"pages": pages, "tables": tables, "manifests": manifests, "lines": lines}[what]()
