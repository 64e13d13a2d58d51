package table

import "testing"

func TestParse(t *testing.T) {
	x, err := Parse("t", "# from somewhere\n# 2026\na,b\n1,\"2,3\"\n")
	if err != nil || x.Provenance != "from somewhere 2026" || x.Rows[0][1] != "2,3" || x.Column("b") != 1 || x.Column("c") != -1 {
		t.Errorf("%+v %v", x, err)
	}
	for _, bad := range []string{"a,b\n1,2\n", "# p\na,b\n", "# p\na,b\n1\n", ""} {
		if _, err := Parse("t", bad); err == nil {
			t.Errorf("%q parses", bad)
		}
	}
}
