package register

import (
	"errors"
	"strings"
	"testing"
)

// A faulty table gives every fault at once.
func TestBadTable(t *testing.T) {
	_, err := parseEHR(`# made up
id,title,form,age_min,age_max,age_at,resolution,same_day,earliest_event,medicine_months,version
a,A,standing,x,,,,,,,v1
b,B,other,,-1,,,,2006-02-30,,v1
`)
	for _, want := range []string{`a: age_min is "x"`, `b: no form "other"`, `b: age_max is "-1"`, "2006-02-30"} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.Is(err, ErrRegister) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if _, err := parseEHR("# made up\nid,title\na,A\n"); err == nil || !strings.Contains(err.Error(), "no column form") {
		t.Error(err)
	}
	if _, err := parseEHR("id\na\n"); !errors.Is(err, ErrRegister) {
		t.Error(err)
	}
	const head = "# made up\nmeasure,analyte,unit,goal_below,very_high_from\n"
	_, err = parseBands(head + "systolic,systolic,mm[Hg],140,140\ndiastolic,diastolic,mm[Hg],x,110\nweight,weight,kg,1,2\nhba1c,,%,7,9\n")
	for _, want := range []string{`systolic: goal below "140", very high from "140"`, `diastolic: goal below "x"`, `"weight" is not known`, "care band hba1c"} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.Is(err, ErrRegister) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if _, err = parseBands(head + "systolic,systolic,mm[Hg],140,180\nsystolic,systolic,mm[Hg],140,180\n"); err == nil || !strings.Contains(err.Error(), "there twice") {
		t.Error(err)
	}
	if _, err = parseBands(head + "systolic,systolic,mm[Hg],140,180\n"); err == nil || !strings.Contains(err.Error(), "no care band for diastolic") {
		t.Error(err)
	}
	if _, err = parseBands("x"); !errors.Is(err, ErrRegister) {
		t.Error(err)
	}
}
