package main

import (
	"fmt"
	"html"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// markup is text that is HTML already; all other text is escaped.
type markup string

func esc(s string) string { return html.EscapeString(s) }

func cell(x any) string {
	switch x := x.(type) {
	case markup:
		return string(x)
	case registry.Date:
		return "<time>" + x.String() + "</time>"
	}
	return esc(fmt.Sprint(x))
}

const tableEnd = "</tbody></table>"

// table begins a table and gives what writes a row. A column with # before its name holds
// numbers. The first cell names its row; the others know their column, because on a phone
// each row is a card.
func table(b *strings.Builder, caption string, columns ...string) (row func(cells ...any)) {
	class := make([]string, len(columns))
	fmt.Fprintf(b, "<table><caption>%s</caption><thead><tr>", esc(caption))
	for i, c := range columns {
		if strings.HasPrefix(c, "#") {
			class[i], columns[i] = " class=n", c[1:]
		}
		fmt.Fprintf(b, "<th scope=col%s>%s", class[i], esc(columns[i]))
	}
	b.WriteString("</thead><tbody>")
	return func(cells ...any) {
		for i, c := range cells {
			if i == 0 {
				fmt.Fprintf(b, "<tr><th scope=row>%s", cell(c))
				continue
			}
			fmt.Fprintf(b, `<td%s data-label="%s">%s`, class[i], esc(columns[i]), cell(c))
		}
	}
}

func tile(b *strings.Builder, n any, what string) {
	fmt.Fprintf(b, "<div class=tile><b>%v</b> %s</div>", n, esc(what))
}

// style of the page. White on the colours of levels, and all text on its ground, has a
// contrast of 4.5 to 1 or more.
const style = `
body{font:16px/1.5 system-ui,"DejaVu Sans",sans-serif;margin:0;color:#1b2733;background:#f3f6f8;overflow-wrap:anywhere}main{max-width:70rem;margin:0 auto;padding:0 1.2rem 3rem}
header{background:#17415a;color:#fff;padding:1.4rem 1.2rem}header div{max-width:70rem;margin:0 auto;padding:0 1.2rem}h1{font-size:1.7rem;margin:0}header p{margin:.2rem 0 0;color:#cfe0ea}
nav a{color:#fff;margin-right:1.2rem;font-weight:600;display:inline-block}section{background:#fff;border:1px solid #dde4ea;border-radius:8px;padding:1rem 1.4rem 1.4rem;margin-top:1.4rem}
h2{font-size:1.35rem;margin:.2rem 0 .4rem;color:#17415a}h3{font-size:1.05rem;margin:1.3rem 0 .3rem}h4{font-size:1rem;margin:.9rem 0 .2rem}p.sub{margin:.1rem 0 .6rem}.sub{color:#5b6b7a}
table{border-collapse:collapse;width:100%;font-size:.92rem;overflow-wrap:normal}th,td{padding:.32rem .55rem;border-bottom:1px solid #e6ebf0;text-align:left;vertical-align:top}thead th{color:#5b6b7a;font-weight:600}tbody th{font-weight:500}time{white-space:nowrap}
.n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 1.6rem}.two>*{min-width:0}.tiles{display:flex;flex-wrap:wrap;gap:.8rem;margin:.6rem 0}.tile{flex:1 1 9rem;background:#f3f6f8;border-radius:6px;padding:.6rem .9rem}.tile b{display:block;font-size:1.5rem;color:#17415a}
.bar{display:block;background:#dde4ea;height:.7rem;border-radius:3px;margin-top:.15rem}.bar i{display:block;background:#2f6d8f;height:100%;border-radius:3px}.stack{display:flex;height:2.1rem}.key{list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(12.5rem,1fr));gap:.1rem 1rem;margin:.5rem 0;font-size:.92rem}.key i{display:inline-block;width:.75rem;height:.75rem;margin-right:.45rem}
.levels{list-style:none;margin:.4rem 0;display:grid;gap:4px}.levels li{display:grid;grid-template-columns:1.4fr 1fr;gap:.9rem;margin:0;align-items:center}.levels b{display:grid;place-items:center;min-height:3.3rem;height:100%;color:#fff;font-weight:600}
.late{color:#a3311f;font-weight:600}.good{color:#2f7350;font-weight:600}.warn{border-left:4px solid #a3311f;background:#fbf3f2;padding:.4rem .9rem;margin:.4rem 0}
ol,ul{margin:.2rem 0 .2rem 1.1rem;padding:0}ol.levels,ul.key{margin-left:0}li{margin:.15rem 0}pre{background:#f3f6f8;padding:.6rem .9rem;font-size:.84rem;white-space:pre-wrap}details{margin:.3rem 0}summary{cursor:pointer;color:#17415a}.reader summary{font-weight:600}
aside{border-left:4px solid #a85c1d;background:#fdf6ee;padding:.3rem 1.2rem .8rem;margin-top:1.4rem}aside h2{font-size:1.05rem;margin:.5rem 0 .2rem}footer{color:#5b6b7a;font-size:.85rem;margin-top:1.5rem}
@media(max-width:52rem){.two{grid-template-columns:1fr}}
@media(max-width:44rem){main{padding:0 .6rem 2rem}section{padding:.7rem .9rem 1rem}header div{padding:0}table,tbody,tr,td,tbody th{display:block}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{border:1px solid #dde4ea;border-radius:6px;margin:.5rem 0;padding:.25rem .3rem}th,td{border:0;padding:.15rem .5rem}tbody th{font-weight:600}td,td.n{display:flow-root;padding-left:9rem;text-align:left}td::before{content:attr(data-label);float:left;width:8rem;margin-left:-8.5rem;color:#5b6b7a}td:empty{display:none}}`
