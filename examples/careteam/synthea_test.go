package main

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// headers are those of the published files.
var headers = map[string]string{
	"patients":      "patient,birth_date,deceased,sex",
	"conditions":    "patient,onset,abatement,clinical_status,verification,system,code,display",
	"encounters":    "patient,start,end,status,class,code,display,reason",
	"observations":  "patient,date,status,code,display,value,unit",
	"immunizations": "patient,date,status,cvx,display",
	"medications":   "patient,authored,status,system,code,display",
	"procedures":    "patient,date,status,code,display",
	"careplans":     "patient,start,end,status,code,display",
	"goals":         "patient,status,text",
}

// files writes a population: lines by file, all others with a header alone.
func files(t *testing.T, lines map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, header := range headers {
		write(t, dir, name, header+"\n"+lines[name])
	}
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, name+".csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

const diabetes, active = ",,active,confirmed,urn:x,1,Diabetes\n", "2010-01-01" + diabetes

// village has the living, the dead with and without a day, and every line that cannot be
// read wholly.
var village = map[string]string{
	"patients": "alive,1950-02-03,,female\ndead,1940-02-03,1981-07-14T19:20:06+00:00,male\nlate,1940-02-03,2019-01-02,male\nodd,1940-02-03,some time ago,male\n" +
		"ageless,,,female\nmuddled,31.12.1950,,female\nalive,1950-02-03,,female\n,1950-02-03,,female\n",
	"conditions": "alive," + active + "dead," + active + "late," + active + "odd," + active + "ageless," + active + "muddled," + active +
		"alive,2012-03,,active,confirmed,urn:x,2,Hypertension\nalive,,,active,confirmed,urn:x,2,Asthma\nalive,2012-03-01,soon,active,confirmed,urn:x,3,Gout\nalive,2012-03-04T10:00:00,2013-01-01T00:00:00Z,resolved,confirmed,urn:x,3,Gout\n" +
		"stranger," + active,
	"encounters":   "alive,2020-05-01,2020-05-02,finished,AMB,1,Visit,\nalive,2020-06-01,later,finished,IMP,1,Stay,\n",
	"observations": "alive,2020-05-01,final,8462-4,D,81.123456789,mm[Hg]\nalive,2020-05-01,final,8480-6,S,141,mm[Hg]\nalive,2020-05-02,final,8480-6,S,141,mm[Hg]\nalive,2020-05-03,final,4548-4,A1c,high,%\n",
	"procedures":   "alive,2020-04-01,completed,1,Depression screening\nalive,2020-04-01,completed,2,Colonoscopy\n",
	"careplans":    "alive,2011-01-01,,active,1,Diabetes self management plan\nalive,2011-01-01,2012-01-01,completed,1,Wound care\n",
	"goals":        "alive,accepted,Hemoglobin A1c < 7.0\nalive,rejected,Nothing\n",
}

func TestUnreadable(t *testing.T) {
	l, err := synthea(files(t, village))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{
		"left out: patient without an ID, or listed twice":                                       2,
		"left out: unknown patient":                                                              1,
		"of unknown age: birth not recorded":                                                     1,
		"taken as not recorded: birth that is no full day":                                       1,
		"dead without a day: death that is no full day":                                          1,
		"left out: onset not recorded":                                                           1,
		"left out: onset that is no full day":                                                    1,
		"taken as not recorded: abatement that is no full day":                                   1,
		"taken as not recorded: end of an encounter that is no full day":                         1,
		"left out: part of a blood pressure that has no other part, or one too many, on the day": 1,
		"kept as text: value that is no number":                                                  1,
		"left out: procedure that no register, recall or plan asks for":                          1,
		"left out: care plan that is no longer in force":                                         1,
		"left out: goal that is not in force":                                                    1,
	}
	for why, n := range want {
		if l.left[why] != n {
			t.Errorf("%d lines %s, not %d", l.left[why], why, n)
		}
		delete(l.left, why)
	}
	if len(l.left) > 0 || l.asOf != registry.Day(2020, 6, 1) || len(l.people) != 6 {
		t.Error(l.left, l.asOf, len(l.people))
	}
	if p := l.people[1]; !p.Dead || p.Death.Day != registry.Day(1981, 7, 14) {
		t.Error("a death with a time:", p.Dead, p.Death)
	}
	if p := l.people[3]; !p.Dead || p.Death.Day != 0 {
		t.Error("a death on no known day:", p.Dead, p.Death)
	}
	spans := []registry.Span{}
	for _, f := range l.people[0].Facts {
		if f.Kind == registry.Diagnosis && f.Codes[0].Value == "3" {
			spans = append(spans, f.When)
		}
	}
	if len(spans) != 2 || spans[1] != registry.Between(registry.Day(2012, 3, 4), registry.Day(2013, 1, 1)) {
		t.Error("onset and abatement with a time:", spans)
	}
}

func TestDayOf(t *testing.T) {
	for text, want := range map[string]registry.Date{
		"1981-07-14": registry.Day(1981, 7, 14), "1981-07-14T19:20:06+00:00": registry.Day(1981, 7, 14), "1981-07-14T23:59:59.5-11:00": registry.Day(1981, 7, 14), "1981-07-14T19:20:06": registry.Day(1981, 7, 14),
		"": 0, "1981": 0, "1981-07": 0, "1981-02-30": 0, "1981-02-30T10:00:00Z": 0, "1981-07-14T": 0, "1981-07-14Tea time": 0, "1981-07-14 19:20": 0, "14.07.1981": 0,
	} {
		if d, ok := dayOf(text); d != want || ok != (want != 0) {
			t.Errorf("%q: %s, %v", text, d, ok)
		}
	}
}

// settled checks that nobody who is dead is anywhere in the account.
func settled(t *testing.T, l *loaded, deaths int) *account {
	t.Helper()
	k, err := learn(universe(l.people))
	if err != nil {
		t.Fatal(err)
	}
	r, err := open(l.people, k, l.asOf, "test", l.notes()...)
	if err != nil {
		t.Fatal(err)
	}
	a, err := r.report("")
	if err != nil {
		t.Fatal(err)
	}
	dead := map[string]bool{}
	for i := range r.people {
		if x := &r.people[i]; x.Dead {
			dead[x.ID] = true
			if x.level >= 0 || slices.ContainsFunc(x.measured, func(m measured) bool { return m != notAsked }) {
				t.Errorf("%s is dead, and at level %d", x.ID, x.level)
			}
			if _, err := r.report(x.ID); err == nil {
				t.Errorf("%s is dead, and gets a plan", x.ID)
			}
		}
	}
	if len(dead) != deaths || r.dead != deaths || deaths == 0 {
		t.Errorf("%d dead, %d counted, %d in the file", len(dead), r.dead, deaths)
	}
	for _, c := range a.due.Recalls {
		if dead[c.Person] {
			t.Errorf("%s is dead, and called", c.Person)
		}
	}
	for _, b := range a.week.booked {
		if dead[b.x.ID] {
			t.Errorf("%s is dead, and booked", b.x.ID)
		}
	}
	for _, task := range a.data {
		if dead[task.Person] {
			t.Errorf("%s is dead, and the record is to be completed", task.Person)
		}
	}
	if a.story == nil || dead[a.story.x.ID] || len(a.due.Recalls) == 0 || len(a.week.booked) == 0 {
		t.Error("nobody is left to call, to see or to show")
	}
	return a
}

func TestDeadOfVillage(t *testing.T) {
	l, err := synthea(files(t, village))
	if err != nil {
		t.Fatal(err)
	}
	a := settled(t, l, 3)
	i := slices.IndexFunc(a.people, func(x seen) bool { return x.ID == "alive" })
	mood := slices.IndexFunc(a.people[i].gaps, func(g recall.Gap) bool { return g.Key == "mood" })
	if g := a.people[i].gaps[mood]; g.Status != recall.ClosedGap || g.Last == nil || g.Last.Kind != registry.Procedure {
		t.Error("depression screening is a procedure of the set:", g.Status, g.Last)
	}
}

// Everything that is not read, made up or unknown is said, in the text and on the page.
func TestVillage(t *testing.T) {
	dir, page := files(t, village), filepath.Join(t.TempDir(), "page.html")
	code, out, errs := call(t, "-synthea", dir, "-patient", "alive", "-html", page)
	if code != 0 || errs != "" {
		t.Fatal(code, errs)
	}
	html, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"6 synthetic people", "3 in care, 3 dead", "1 line left out: onset that is no full day", "five invented ones", "Of procedures only depression screening counts", "no retinal or foot examinations",
		"Diabetes self management plan (since 2011-01-01)", "Hemoglobin A1c < 7.0", "70 years old", askFirst} {
		for where, s := range map[string]string{"text": out, "page": strings.ReplaceAll(string(html), "&lt;", "<")} {
			if !strings.Contains(s, want) {
				t.Errorf("no %q in the %s:\n%s", want, where, s)
			}
		}
	}
	if !regexp.MustCompile(`Diabetes +\* `).MatchString(out) || !strings.Contains(string(html), `<th scope=row>Diabetes<td class=n data-label="people">*`) {
		t.Error("three people on a register are shown:", out)
	}
	for _, id := range []string{"ageless", "muddled"} {
		_, out, _ := call(t, "-synthea", dir, "-patient", id, "-html", page)
		html, err := os.ReadFile(page)
		if err != nil || !strings.Contains(out, id+", age not known") || !strings.Contains(string(html), id+", age not known") || strings.Contains(out+string(html), "-1 year") {
			t.Error(err, out)
		}
	}
}

// Files without a fact, or with one at the end of all days, are told from a practice.
func TestNothingToTell(t *testing.T) {
	dir := files(t, nil)
	if code, _, errs := call(t, "-synthea", dir); code != 1 || !strings.Contains(errs, "no dated fact in "+dir) {
		t.Error(code, errs)
	}
	dir = files(t, map[string]string{"patients": "p,1950-01-01,,male\n"})
	if code, _, errs := call(t, "-synthea", dir); code != 1 || !strings.Contains(errs, "no dated fact in "+dir) {
		t.Error(code, errs)
	}
	dir = files(t, map[string]string{"patients": "p,1950-01-01,,male\n", "immunizations": "p,9999-12-30,completed,140,Flu\n"})
	if code, _, errs := call(t, "-synthea", dir); code != 1 || !strings.Contains(errs, "no week of work after 9999-12-30") {
		t.Error(code, errs)
	}
}

func TestHeaders(t *testing.T) {
	plain, err := synthea(files(t, village))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, header := range headers {
		write(t, dir, name, mark+header+"\n"+village[name])
	}
	marked, err := synthea(dir)
	if err != nil || marked.left["left out: unknown patient"] != 1 || len(marked.people) != len(plain.people) || len(marked.people[0].Facts) != len(plain.people[0].Facts) {
		t.Error("a byte order mark changes the people:", err, marked)
	}

	dir = files(t, village)
	write(t, dir, "patients", "id,birth_date,deceased,sex\np,1950-01-01,,male\n")
	write(t, dir, "conditions", strings.Replace(headers["conditions"], "onset", "onset,onset", 1)+"\n")
	write(t, dir, "goals", "")
	write(t, dir, "immunizations", "patient,date,cvx\n")
	if err := os.WriteFile(filepath.Join(dir, "careplans.csv.gz"), []byte("a table that is not compressed"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := call(t, "-synthea", dir)
	for _, want := range []string{`patients.csv.gz: no column "patient"; the header is "id,birth_date,deceased,sex"`, `conditions.csv.gz: column "onset" is there 2 times`, "goals.csv.gz: no header", `immunizations.csv.gz: no column "status"`, "careplans.csv.gz: gzip"} {
		if code != 1 || !strings.Contains(errs, want) {
			t.Errorf("%d, no %q in %s%s", code, want, out, errs)
		}
	}
}

// corpus is the folder of the published synthetic population.
func corpus(t *testing.T) string {
	root := os.Getenv("CHRONICCARE_CORPUS")
	if root == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	if !filepath.IsAbs(root) {
		root = filepath.Join("..", "..", root)
	}
	return filepath.Join(root, "registry", "synthea")
}

// A published synthetic population goes through the whole chain.
func TestSynthetic(t *testing.T) {
	code, out, errs := call(t, "-synthea", corpus(t))
	if code != 0 || !regexp.MustCompile(`Diabetes +\d\d+ `).MatchString(out) || !strings.Contains(out, "ONE PATIENT") || wrongNumber.MatchString(out) {
		t.Error(code, out, errs)
	}
}

// The dead of the published population are as many as the file says, and nowhere.
func TestSyntheticDead(t *testing.T) {
	dir := corpus(t)
	deaths := 0
	if err := eachRow(filepath.Join(dir, "patients.csv.gz"), []string{"deceased"}, func(f map[string]string) {
		if f["deceased"] != "" {
			deaths++
		}
	}); err != nil {
		t.Fatal(err)
	}
	l, err := synthea(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range l.people {
		if p.Dead && p.Death.Day == 0 {
			t.Errorf("%s is dead without a day", p.ID)
		}
	}
	settled(t, l, deaths)
}
