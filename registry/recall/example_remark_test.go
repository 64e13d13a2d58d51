package recall_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func ExampleParseRemark() {
	k, err := recall.ParseRemark("documented-elsewhere")
	fmt.Println(k, err)
	_, err = recall.ParseRemark("done")
	fmt.Println(err)
	// Output:
	// documented-elsewhere <nil>
	// recall: remark: code "done"
}

func ExampleRemarkKind() {
	// A word never closes a gap; an order keeps reminders quiet for a while.
	today := registry.Day(2024, 7, 1)
	for _, k := range []recall.RemarkKind{recall.OrderPlaced, recall.Suppressed} {
		g := eyeGap(eyePlan(nil), &recall.Context{Remarks: []recall.Remark{{Key: "eye", Kind: k, On: registry.Day(2024, 6, 20)}}}, today)
		fmt.Println(k, "-", g.Status, "quiet until", g.Quiet)
	}
	// Output:
	// order-placed - open-gap quiet until 2024-07-18
	// suppressed - open-gap quiet until not recorded
}

func ExampleRemark() {
	// Words before the last examination no longer count.
	plan, today := eyePlan(nil), registry.Day(2024, 7, 1)
	for _, on := range []registry.Date{registry.Day(2023, 5, 1), registry.Day(2024, 5, 1)} {
		g := eyeGap(plan, &recall.Context{Remarks: []recall.Remark{{Key: "eye", Kind: recall.Deferred, On: on, By: "dr a"}}}, today)
		fmt.Println(on, "deferred:", g.Remarks.Has(recall.Deferred))
	}
	// Output:
	// 2023-05-01 deferred: false
	// 2024-05-01 deferred: true
}

func ExampleRemarks() {
	g := eyeGap(eyePlan(nil), &recall.Context{Remarks: []recall.Remark{{Key: "eye", Kind: recall.OrderPlaced, On: registry.Day(2024, 6, 1)}, {Key: "eye", Kind: recall.Deferred, On: registry.Day(2024, 6, 2)}}}, registry.Day(2024, 7, 1))
	fmt.Println(g.Remarks, "- rejected:", g.Remarks.Has(recall.Rejected))
	// Output: order-placed, deferred - rejected: false
}
