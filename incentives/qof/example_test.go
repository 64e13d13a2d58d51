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
	scheme, err := qof.New(qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	fmt.Println(qof.PointsTotal(st))
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
	// 44
}

func ExampleIndicator() {
	i := qof.Indicator{Code: "CHD6", Points: incentives.Int(19), Lower: incentives.Int(25), Upper: incentives.Int(70)}
	fmt.Println(i.PointsOf(incentives.Frac(150, 220)).Fixed(3))
	// Output:
	// 18.232
}

func ExampleIndicators2004() {
	is, err := qof.Indicators2004()
	fmt.Println(len(is), is[0].Code, is[0].Points, is[0].AllOrNothing(), err)
	// Output:
	// 90 CHD1 6 true <nil>
}

func ExampleNational() {
	scheme, err := qof.New(qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	fmt.Println(qof.PointsTotal(st))
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
	// 44
}

func ExampleNew() {
	scheme, err := qof.New(qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	fmt.Println(qof.PointsTotal(st))
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
	// 44
}

func ExamplePointsTotal() {
	scheme, err := qof.New(qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	fmt.Println(qof.PointsTotal(st))
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
	// 44
}

func ExamplePolicy() {
	scheme, err := qof.New(qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	fmt.Println(qof.PointsTotal(st))
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
	// 44
}

func ExamplePractice() {
	scheme, err := qof.New(qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	fmt.Println(qof.PointsTotal(st))
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
	// 44
}

func ExamplePrevalence() {
	scheme, err := qof.New(qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	fmt.Println(qof.PointsTotal(st))
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
	// 44
}

func ExampleResult() {
	scheme, err := qof.New(qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	fmt.Println(qof.PointsTotal(st))
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
	// 44
}

func ExampleScheme() {
	scheme, err := qof.New(qof.Config{Year: "2020/21", PointValue: incentives.MustParse("194.83"), AverageList: 8799, Form: qof.Linear, Policy: qof.ExactThenPence,
		Indicators: []qof.Indicator{{Code: "AF001", Area: "AF", Points: incentives.Int(44), Clinical: true, Evidence: incentives.Published}},
		National:   []qof.National{{Area: "AF", Prevalence: incentives.MustParse("0.0078")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := scheme.Assess(qof.Practice{Name: "High Street", List: 10000, Registers: map[string]int64{"AF": 72}, Results: []qof.Result{{Code: "AF001", Yes: true}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(st.Text())
	fmt.Println(qof.PointsTotal(st))
	// Output:
	// UK Quality and Outcomes Framework 2020/21, 2020/21: High Street
	//   AF001  44.00 of 44.00          8993.18 GBP
	//   total                          8993.18 GBP
	// 44
}

func ExampleYear() {
	y, err := qof.YearOf("2021/22")
	fmt.Println(y.PointValue.Fixed(2), y.AverageList, y.Note, err)
	// Output:
	// 201.16 [9103 9085] sources conflict on the average list <nil>
}

func ExampleYearOf() {
	y, err := qof.YearOf("2021/22")
	fmt.Println(y.PointValue.Fixed(2), y.AverageList, y.Note, err)
	// Output:
	// 201.16 [9103 9085] sources conflict on the average list <nil>
}

func ExampleYears() {
	ys, err := qof.Years()
	fmt.Println(len(ys), ys[0].Name, err)
	// Output:
	// 11 2004/05 <nil>
}
