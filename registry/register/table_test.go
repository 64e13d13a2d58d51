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
}
