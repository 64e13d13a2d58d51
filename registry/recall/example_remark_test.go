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
	fmt.Println(recall.OrderPlaced, recall.InapplicableGap)
	// Output: order-placed inapplicable-gap
}

func ExampleRemark() {
	r := recall.Remark{Key: "eye", Kind: recall.Deferred, On: registry.Day(2024, 5, 1), By: "dr a"}
	fmt.Println(r.Key, r.Kind, r.On)
	// Output: eye deferred 2024-05-01
}

func ExampleRemarks() {
	var set recall.Remarks = 1<<recall.OrderPlaced | 1<<recall.Deferred
	fmt.Println(set, set.Has(recall.Rejected))
	// Output: order-placed, deferred false
}
