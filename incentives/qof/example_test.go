package qof_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/qof"
)

func ExampleAspiration() {
	months, err := qof.Aspiration(10_000_000, incentives.Int(1), incentives.Frac(6, 10))
	fmt.Println(months[0], months[11], err)
	// Output:
	// 500000 500000 <nil>
}

func ExampleConfig() {
	// Without an average list the size of the practice does not count.
	c := exampleConfig()
	fmt.Println(assess(c, examplePractice()))
	c.AverageList = 0
	fmt.Println(assess(c, examplePractice()))
	// Output:
	// 8993.18
	// 7913.10
}

func ExampleIndicator() {
	i := qof.Indicator{Code: "CHD6", Points: incentives.Int(19), Lower: incentives.Int(25), Upper: incentives.Int(70)}
	for _, p := range []incentives.Exact{incentives.Frac(25, 100), incentives.Frac(150, 220), incentives.Frac(70, 100)} {
		fmt.Println(p, i.PointsOf(p).Fixed(3))
	}
	// Output:
	// 1/4 0.000
	// 15/22 18.232
	// 7/10 19.000
}

func ExampleIndicators2004() {
	is, err := qof.Indicators2004()
	clinical := incentives.Int(0)
	for _, i := range is {
		if i.Clinical {
			clinical = clinical.Add(i.Points)
		}
	}
	fmt.Println(clinical, "clinical points", err)
	// Output: 550 clinical points <nil>
}

func ExampleNational() {
	// The rarer the disease elsewhere, the more a point is worth here.
	c := exampleConfig()
	for _, prevalence := range []string{"0.0072", "0.0144"} {
		c.National[0].Prevalence = incentives.MustParse(prevalence)
		fmt.Println(prevalence, assess(c, examplePractice()))
	}
	// Output:
	// 0.0072 9742.61
	// 0.0144 4871.30
}

func ExampleNew() {
	// Everything that is wrong with a contract, at once.
	c := exampleConfig()
	c.PointValue, c.National = incentives.Int(0), nil
	_, err := qof.New(c)
	fmt.Println(err)
	// Output:
	// incentives: parameter: QOF 2020/21: a point is worth 0
	// incentives: parameter: QOF 2020/21: AF001 needs the national prevalence of AF
}

func ExamplePointsTotal() {
	c := exampleConfig()
	c.Indicators = append(c.Indicators, qof.Indicator{Code: "AF005", Area: "AF", Points: incentives.Int(10), Lower: incentives.Int(40), Upper: incentives.Int(90), Clinical: true, Evidence: incentives.Published})
	scheme, err := qof.New(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := examplePractice()
	p.Results = append(p.Results, qof.Result{Code: "AF005", Performance: incentives.Performance{Numerator: 52, Register: 80}}) // 65 %, half way
	st, err := scheme.Assess(p)
	fmt.Println(qof.PointsTotal(st), err)
	// Output: 49 <nil>
}

func ExamplePolicy() {
	// The same year, by the sources that round it differently.
	c := exampleConfig()
	for _, p := range []qof.Policy{qof.ExactThenPence, qof.PointValueFirst, qof.FactorFirstTruncate, qof.WholePoundTruncate} {
		c.Policy = p
		fmt.Println(assess(c, examplePractice()))
	}
	// Output:
	// 8993.18
	// 8993.16
	// 8963.00
	// 8993.00
}

func ExamplePractice() {
	// Advance payments are taken off what is still to pay.
	scheme, err := qof.New(exampleConfig())
	if err != nil {
		fmt.Println(err)
		return
	}
	p := examplePractice()
	p.Advance = 600_000 // pence
	st, err := scheme.Assess(p)
	fmt.Println(incentives.GBP().Amount(st.TotalMinor), "less advances:", incentives.GBP().Amount(st.BalanceMinor()), err)
	// Output: 8993.18 less advances: 2993.18 <nil>
}

func ExamplePrevalence() {
	c := exampleConfig()
	for _, form := range []qof.Prevalence{qof.Linear, qof.RootSimple} {
		c.Form = form
		fmt.Println(assess(c, examplePractice()))
	}
	// Output:
	// 8993.18
	// 9360.39
}

func ExampleResult() {
	// A result that nobody sent is not reported: it pays nothing and says so.
	scheme, err := qof.New(exampleConfig())
	if err != nil {
		fmt.Println(err)
		return
	}
	p := examplePractice()
	p.Results = nil
	st, err := scheme.Assess(p)
	for _, l := range st.Lines {
		fmt.Println(l.ID, l.Amount, l.Status, l.Reason, err)
	}
	// Output: AF001 0.00 not scored not reported <nil>
}

func ExampleScheme() {
	scheme, err := qof.New(exampleConfig())
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(examplePractice())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
}

func ExampleYear() {
	// Where sources are in conflict, both figures stand there.
	years, err := qof.Years()
	for _, y := range years {
		if len(y.AverageList) > 1 {
			fmt.Println(y.Name, y.PointValue.Fixed(2), y.AverageList, y.Note)
		}
	}
	fmt.Println(err)
	// Output:
	// 2021/22 201.16 [9103 9085] sources conflict on the average list
	// 2024/25 220.62 [9964 9962] 212 points income-protected; sources conflict on the average list
	// <nil>
}

func ExampleYearOf() {
	y, err := qof.YearOf("2004/05")
	fmt.Println(y.PointValue.Fixed(2), y.Points, y.Form == qof.Root, err)
	_, err = qof.YearOf("1999/00")
	fmt.Println(err)
	// Output:
	// 75.00 1050 true <nil>
	// incentives: parameter: QOF year "1999/00": years are never interpolated
}

func ExampleYears() {
	years, err := qof.Years()
	first, last := years[0], years[len(years)-1]
	fmt.Println(first.Name, first.PointValue.Fixed(2), "to", last.Name, last.PointValue.Fixed(2), err)
	// Output: 2004/05 75.00 to 2025/26 225.49 <nil>
}

// exampleConfig is a contract of one indicator: a register of people with atrial fibrillation.
func exampleConfig() qof.Config {
	return qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}}
}

// examplePractice keeps the register.
func examplePractice() qof.Practice {
	return qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}}
}

// assess settles the practice's year by a contract, and gives what it is paid.
func assess(c qof.Config, p qof.Practice) string {
	scheme, err := qof.New(c)
	if err != nil {
		return err.Error()
	}
	st, err := scheme.Assess(p)
	if err != nil {
		return err.Error()
	}
	return incentives.GBP().Amount(st.TotalMinor)
}
