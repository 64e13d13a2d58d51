package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// scored lists the patients that have a score, in order, from CSV output.
func scored(out string) (ids []string) {
	for l := range strings.Lines(out) {
		if cells := strings.Split(l, ","); cells[0] != "id" && cells[2] != "" {
			ids = append(ids, cells[0])
		}
	}
	return ids
}

func expect(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("no %q in\n%s", w, text)
		}
	}
}

func TestBadLines(t *testing.T) {
	in := `{"id": "a", "diagnoses": ["I50.9"]}
not json

{"id": "b", "icd": 11}
{"id": "a", "diagnoses": []}
{"id": "c", "birth": "1950"}
{"id": "d", "age": [1]}
{"id": "e", "age": 70`
	out, progress, err := try(t, config{models: "charlson-quan2005@charlson1987,cms-hcc-v28@py2024"}, in)
	if err == nil || errors.Is(err, errUsage) || err.Error() != "5 of 7 patients could not be read" {
		t.Error(err)
	}
	if strings.Count(out, "DUPLICATE_PERSON") != 2 || strings.Count(out, "1 point\n") != 1 {
		t.Error(out)
	}
	expect(t, progress, "line 2: no JSON object (a table is read with -csv)\n", "line 4: icd: \"11\" is neither 9 nor 10\n", "line 6: birth: \"1950\" has no day\n", "line 7: age: [1]: one value", "line 8: the object is cut off\n")

	_, progress, err = try(t, config{models: "hfrs*", csv: true}, "id,age\na,1\nb\nc,2\n")
	if err == nil || progress != "line 3: 1 cells, the header has 2\n" {
		t.Errorf("%v %s", err, progress)
	}
}

// All faults of a line come at once, in the order of its fields, and the same every time.
func TestAllFaultsInOrder(t *testing.T) {
	in := `{"segment": [1], "id": "a", "icd": 8, "dual": {"value": "x"}, "birth": "1950-13-01", "icd": 10, "diagnoses": [1], "esrd": {"valu": 1}, "age": [7]}`
	want := `segment: [1]: one value is asked for, not a list; icd: "8" is neither 9 nor 10; dual: {"value": "x"} is not {"value": NUMBER, "unit": TEXT}; birth: registry: not a date: "1950-13-01"; icd: there twice; diagnoses: [1] is not a list of texts; esrd: {"valu": 1} is not {"value": NUMBER, "unit": TEXT}; age: [7]: one value is asked for, not a list`
	asked := &fields{names: []string{"id"}}
	for _, f := range paymentAsked() {
		asked.names = append(asked.names, f.name)
	}
	for range 50 {
		if _, faults := parse(in, asked); strings.Join(faults, "; ") != want {
			t.Fatalf("%s\nwant\n%s", strings.Join(faults, "; "), want)
		}
	}
	_, progress, _ := try(t, config{models: "cms-hcc-v28@py2024", csv: true}, "id,icd,birth\na,8,1950\n")
	if progress != "line 2: icd: \"8\" is neither 9 nor 10; birth: \"1950\" has no day\n" {
		t.Error(progress)
	}
}

func TestStrayQuotes(t *testing.T) {
	head := "id,age,diagnoses\n"
	for _, c := range []struct {
		rows, progress string
		ids            string
	}{
		{"a\"b,70,\n", "line 2: byte 2: bare", ""},
		{"\"unterminated,70,\nb,80,\nc,81,\n", "line 2: byte ", "b c"},
		{"\"a\",70,\n\"open,70,\nb,80,\n\"open,71,\nc,80,\nd\"d,1,\ne,80,", "line 3: ", "a b c e"},
		{"\"two\nlines\",70,\nb,80,\n", "line 2: ", "b"},
		{"a,\"70\", \"I10;I11\"\n", "", "a"},
	} {
		out, progress, err := try(t, config{models: "hfrs*", csv: true, out: "csv"}, head+c.rows)
		if got := strings.Join(scored(out), " "); got != c.ids || !strings.HasPrefix(progress, c.progress) || (err == nil) != (c.progress == "") {
			t.Errorf("%q: %q %v\n%s", c.rows, got, err, progress)
		}
	}
	// a cell that nobody reads may go over lines, as tables allow
	out, progress, err := try(t, config{models: "hfrs*", csv: true, out: "csv", ignore: "note"}, "id,note,age,diagnoses\na,\"x\ny,1,2,3\nz\",80,F03\nb,,80,\n")
	if got := strings.Join(scored(out), " "); got != "a b" || err != nil {
		t.Errorf("%q %v\n%s", got, err, progress)
	}
}

// A stray quote costs its own line: every row without a quote is read.
func TestLawStrayQuotesSwallowNothing(t *testing.T) {
	joined, stray := false, false
	asked := &fields{names: []string{"id", "age"}}
	rapid.Check(t, func(t *rapid.T) {
		var in strings.Builder
		want := map[string]bool{}
		in.WriteString("id,age\n")
		for i := range rapid.IntRange(1, 8).Draw(t, "rows") {
			row := fmt.Sprintf("p%d,%s", i, rapid.StringMatching(`("|7|,){0,4}`).Draw(t, "age"))
			if !strings.Contains(row, `"`) && strings.Count(row, ",") == 1 {
				want[fmt.Sprintf("p%d", i)] = true
			}
			stray = stray || strings.Count(row, `"`)%2 == 1
			in.WriteString(row + "\n")
		}
		next, err := fromCSV(strings.NewReader(in.String()), asked)
		if err != nil {
			t.Fatal(err)
		}
		last := 1
		for {
			p, err := next()
			if err == io.EOF {
				break
			}
			var f *faulty
			if errors.As(err, &f) {
				if f.line <= last {
					t.Fatalf("line %d after line %d", f.line, last)
				}
				last, joined = f.line, true
			} else if err != nil {
				t.Fatal(err)
			} else {
				delete(want, p.id)
			}
		}
		if len(want) > 0 {
			t.Fatalf("%v are lost of\n%s", want, in.String())
		}
	})
	if !joined || !stray {
		t.Error("vacuous: no stray quote, or no faulty line")
	}
}

// What was scored is printed whatever comes after it, and the line at fault is named.
func TestReaderFaults(t *testing.T) {
	long := strings.Repeat("x", maxLine+1)
	a, b := `{"id": "a", "age": 80, "diagnoses": []}`+"\n", `{"id": "b", "age": 80, "diagnoses": []}`
	for _, c := range []config{{models: "hfrs*", out: "csv"}, {models: "hfrs*", out: "csv", csv: true}} {
		in := a + long + "\n" + b
		if c.csv {
			in = "id,age,diagnoses\na,80,\n" + long + "\nb,80,"
		}
		out, progress, err := try(t, c, in)
		if got := strings.Join(scored(out), " "); got != "a b" || err == nil || !strings.Contains(progress, ": longer than 16 MB\n") || !strings.HasPrefix(progress, "line ") {
			t.Errorf("%q %v %.200s", got, err, progress)
		}
	}
	for _, format := range []string{"text", "json", "csv"} {
		var out, progress strings.Builder
		broken := errors.New("the disk is gone")
		err := run(config{models: "hfrs*", out: format}, io.MultiReader(strings.NewReader(a), iotest.ErrReader(broken)), &out, &progress)
		if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "line 2: ") || !strings.Contains(out.String(), "hfrs@2018") {
			t.Errorf("%s: %v %s", format, err, out.String())
		}
	}
}

func TestEncodings(t *testing.T) {
	object := `{"id": "a", "age": 80, "diagnoses": []}`
	for _, c := range []struct {
		csv bool
		in  string
	}{
		{false, mark + object + "\r\n\r\n" + object + "\r\n{\"id\": \"\xff\"}\r\n"},
		{true, mark + "id,age,diagnoses\r\na,80,\r\na,80,\r\n\xff,80,\r\n"},
	} {
		out, progress, err := try(t, config{models: "hfrs*", out: "csv", csv: c.csv}, c.in)
		if got := strings.Join(scored(out), " "); got != "a" || !strings.Contains(out, "a,hfrs@2018,,,,DUPLICATE_PERSON") {
			t.Errorf("%q %v\n%s", got, err, out)
		}
		if err == nil || !strings.HasPrefix(progress, "line 4: byte ") || !strings.HasSuffix(progress, "(0xff) is not UTF-8\n") {
			t.Errorf("%v %s", err, progress)
		}
	}
}

func TestHeaders(t *testing.T) {
	for in, want := range map[string][]string{
		"id;age;diagnoses":              {`separated by commas, and here seem to be semicolons`, `"id;age;diagnoses"`, "asked for: id, diagnoses, icd, age"},
		"id\tage\tdiagnoses":            {"and here seem to be tabs"},
		"agee, ,dx,id,age,age (months)": {`no chosen model asks for "agee", "column 2", "dx"`, `"age" is there twice`, "-ignore"},
		"Patient":                       {"no known column"},
		`{"id": "a"}`:                   {"NDJSON"},
		`id,"age`:                       {"header: byte"},
		"\xff":                          {"not UTF-8"},
		"":                              {"empty"},
	} {
		if in != "" {
			in += "\na,70,I10\n"
		}
		out, _, err := try(t, config{models: "hfrs*", csv: true, out: "csv"}, in)
		if !errors.Is(err, errUsage) || out != "" {
			t.Errorf("%q: %v %s", in, err, out)
			continue
		}
		expect(t, err.Error(), want...)
	}
	if _, _, err := try(t, config{models: "hfrs*", csv: true, ignore: "["}, "id\n"); !errors.Is(err, errUsage) {
		t.Error(err)
	}
}

// A field that nobody asks for is said, and nothing said of diagnoses is not no disease.
func TestUnknownFields(t *testing.T) {
	in := `{"id": "a", "age": 80, "diagnosis": ["F03"], "name": {"first": "x"}}`
	out, _, err := try(t, config{models: "hfrs*,charlson-quan2005@quan2011,pqi*,cms-hcc-v28@py2024,elixhauser-refined*2025.1", out: "csv"}, in)
	if err != nil || len(scored(out)) > 0 || strings.Count(out, "INPUT_UNKNOWN: no chosen model asks for diagnosis, name") != 6 || strings.Count(out, "INPUT_MISSING diagnoses") != 6 {
		t.Errorf("%v\n%s", err, out)
	}
	out, _, _ = try(t, config{models: "hfrs*", ignore: "name,diag*"}, in)
	if strings.Contains(out, "UNKNOWN") {
		t.Error(out)
	}
	for in, want := range map[string]string{`{"diagnoses": [], "age": 80}`: "0 points", `{"diagnoses": null, "age": 80}`: "not computable", `{"diagnoses": "F03; I10", "age": 80}`: "2.1 points"} {
		if out, _, _ = try(t, config{models: "hfrs*"}, in); !strings.Contains(out, want) || !strings.HasPrefix(out, "line 1\n") {
			t.Errorf("%s: %s", in, out)
		}
	}
	// a new enrollee is scored without diagnoses
	out, _, _ = try(t, config{models: "cms-hcc-v28@py2024"}, `{"id": "n", "age": 70, "sex": "f", "orec": 0, "dual": "00", "new_enrollee": "yes"}`)
	if strings.Contains(out, "not computable") || strings.Contains(out, "MISSING") {
		t.Error(out)
	}
}

// A word means the same in an object and in a table.
func TestSameWordsInBothFormats(t *testing.T) {
	c := config{models: "cms-hcc-v24@py2022,cha2ds2*,lace*", out: "json"}
	objects := `{"id": 17, "age": "60", "sex": "F", "orec": 1, "medicaid": "yes", "institutional": true, "stroke": "No", "stay": {"value": 5, "unit": "days"}, "acute": 1, "diagnoses": ["A41.9", "I50.9"]}
{"id": "b", "age": 60, "sex": "1", "orec": "7", "medicaid": "maybe", "institutional": 2, "stroke": "x", "stay": {"value": 5, "unit": "weeks"}, "acute": "TRUE", "diagnoses": []}
{"id": "c", "age": null, "sex": "", "orec": null, "medicaid": 0, "institutional": false, "stroke": "NaN", "stay": 5, "acute": false, "diagnoses": []}
`
	table := `id,age,sex,orec,medicaid,institutional,stroke,stay (days),acute,diagnoses
17,60,F,1,yes,true,No,5,1,A41.9;I50.9
b,60,1,7,maybe,2,x,5,TRUE,
c,,,,0,false,NaN,5,false,
`
	fromObjects, _, err := try(t, c, strings.ReplaceAll(objects, "weeks", "days"))
	if err != nil {
		t.Fatal(err)
	}
	c.csv = true
	fromTable, _, err := try(t, c, table)
	if err != nil {
		t.Fatal(err)
	}
	if fromObjects != fromTable {
		t.Errorf("objects:\n%s\ntable:\n%s", fromObjects, fromTable)
	}
	expect(t, fromTable, `"name":"LTIMCAID"`, `"maybe\" is none of yes, no, true, false, 1, 0: counted as no"`, `"input":"institutional"`,
		`"\"x\" is no choice: it takes yes, no, true, false, 1, 0"`, `"\"NaN\" is no choice`, `"\"7\" is none of 0, 1, 2, 3: counted as 0"`)
	out, _, _ := try(t, config{models: "lace*"}, objects)
	expect(t, out, `UNIT_MISMATCH stay: "weeks"`)
}

func TestCommand(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		args  []string
		stdin string
		code  int
		says  string
	}{
		{[]string{"patients.csv"}, "", 2, `unexpected "patients.csv": patients come by -in FILE`},
		{[]string{"-in", "a", "b", "-csv"}, "", 2, `unexpected "b -csv"`},
		{[]string{"-csv"}, "", 2, "-csv needs -in"},
		{[]string{"-in", file("none", "")}, "", 1, "no patients"},
		{[]string{"-in", "-"}, "\n \n", 1, "no patients"},
		{[]string{"-csv", "-in", file("none.csv", "")}, "", 2, "the table is empty"},
		{[]string{"-csv", "-model", "hfrs*", "-in", "-"}, "id,age\n", 1, "no patients"},
		{[]string{"-in", filepath.Join(dir, "nosuch")}, "", 2, "nosuch"},
		{[]string{"-in", dir}, "", 1, "line 1"},
		{[]string{"-nosuch"}, "", 2, "-nosuch"},
		{[]string{"-h"}, "", 0, `"example" prints one`},
		{[]string{"-model", "hfrs*", "-in", "-"}, `{"id": "a", "age": 80, "diagnoses": []}`, 0, ""},
		{[]string{"-in", file("a.ndjson", `{"id": "a", "diagnoses": []}`), "-model", "charlson-quan2005*"}, "", 0, ""},
		{nil, "", 0, ""},
	} {
		var out, errs strings.Builder
		code := command(c.args, strings.NewReader(c.stdin), &out, &errs)
		if code != c.code || !strings.Contains(errs.String(), c.says) || c.says == "" && errs.Len() > 0 {
			t.Errorf("%q: %d %s", c.args, code, errs.String())
		}
		if code == 0 && c.says == "" && (out.Len() == 0 || strings.Contains(out.String(), "UNKNOWN")) || code != 0 && out.Len() > 0 {
			t.Errorf("%q: %s", c.args, out.String())
		}
	}
}
