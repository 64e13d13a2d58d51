// Command riskscore scores patients with published models and shows what each score is
// made of.
//
//	go run ./examples/riskscore [-model NAMES] [-in FILE] [-csv] [-ignore NAMES] [-out text|json|csv] [-definition FILE] [-unconfirmed] [-progress N]
//
// Patients come as NDJSON, one object a line, UTF-8: "id" and what the chosen models ask
// for, which "-model inputs:NAME" lists with the words taken: a number, true or false, a
// word, null, or {"value": 5.2, "unit": "mmol/L"}; "diagnoses" and "procedures" are lists.
// With -csv they come as a table whose header names the fields, cells separated by commas,
// a unit in parentheses after the name, codes in a cell separated by semicolons; a word
// means the same in both. Without -in a made-up sample is scored; "-" reads standard input.
//
// -model takes names and patterns separated by commas; "-model list" lists the models.
// -definition adds a model of one's own, a JSON file, and scores it when -model does not
// say otherwise; "-definition example" prints one to begin with.
//
// A score that is not computable says why; models on codes ask for "diagnoses", an empty
// list where there are none. A field of an object that no chosen model asks for is an issue
// of its scores; such a column, or one that is there twice, refuses the table. -ignore names
// fields that may be there, "*" all. A line that cannot be read (not UTF-8, longer than
// 16 MB, no object, a stray quote) is reported with its number and all its faults, and the
// others are scored. The exit code is then 1, as it is when there are no patients or reading
// breaks off; it is 2 when the call or the table's header is wrong.
package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/chroniccare/chroniccare/stratify"
)

//go:embed patients.ndjson
var sample string

// errUsage is a wrong call.
var errUsage = errors.New("riskscore")

type config struct {
	models, in, out, definition, ignore string
	csv, unconfirmed                    bool
	progress                            int
}

// usual are the models that are scored when nothing is chosen.
const usual = "charlson-quan2005*,cha2ds2*,prevent-base-10y-total_cvd@2023"

func main() { os.Exit(command(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// command runs the program and gives its exit code.
func command(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var c config
	set := flag.NewFlagSet("riskscore", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.StringVar(&c.models, "model", "", "names and patterns of models, \"list\", or \"inputs:NAME\" for what one asks for (default the model of -definition, or "+usual+")")
	set.StringVar(&c.in, "in", "", "patients, default a made-up sample, - for standard input")
	set.StringVar(&c.out, "out", "text", "text, json (a line a score) or csv")
	set.StringVar(&c.definition, "definition", "", "a model of one's own, a JSON file; \"example\" prints one to begin with")
	set.StringVar(&c.ignore, "ignore", "", "names and patterns of fields that may be there although no model asks for them")
	set.BoolVar(&c.csv, "csv", false, "the input is CSV")
	set.BoolVar(&c.unconfirmed, "unconfirmed", false, "allow models whose figures could not be confirmed")
	set.IntVar(&c.progress, "progress", 10000, "say how far it is after so many patients, 0 never")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	err := checkCall(c, set.Args())
	if err == nil {
		err = open(c, stdin, stdout, stderr)
	}
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, err)
	if errors.Is(err, errUsage) {
		return 2
	}
	return 1
}

// open runs on the input that was named.
func open(c config, stdin io.Reader, stdout, stderr io.Writer) error {
	switch c.in {
	case "-":
		return run(c, stdin, stdout, stderr)
	case "":
		c.ignore = "*" // the sample has fields for many models
		return run(c, strings.NewReader(sample), stdout, stderr)
	}
	f, err := os.Open(c.in)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	defer f.Close()
	return run(c, f, stdout, stderr)
}

// checkCall refuses what would score the sample where a file was meant.
func checkCall(c config, rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%w: unexpected %q: patients come by -in FILE, a table with -csv, and options begin with a dash", errUsage, strings.Join(rest, " "))
	case c.csv && c.in == "":
		return fmt.Errorf("%w: -csv needs -in: the made-up sample is NDJSON", errUsage)
	}
	return nil
}

func run(c config, in io.Reader, out, progress io.Writer) (err error) {
	if c.definition == "example" {
		_, err := io.WriteString(out, example)
		return err
	}
	all, err := scorers(c)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if c.models == "" {
		if c.models = usual; c.definition != "" {
			c.models = all[0].name
		}
	}
	if c.models == "list" {
		return list(all, out)
	}
	if name, ok := strings.CutPrefix(c.models, "inputs:"); ok {
		return inputs(all, name, out)
	}
	chosen, err := pick(all, c.models)
	if err != nil {
		return err
	}
	asked, err := fieldsOf(chosen, c.ignore)
	if err != nil {
		return err
	}
	var next func() (*patient, error)
	if !c.csv {
		next = fromNDJSON(in, asked)
	} else if next, err = fromCSV(in, asked); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	w, err := newWriter(c.out, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	seen := map[string]bool{}
	patients, scores, bad := 0, 0, 0
	for {
		p, err := next()
		if err == io.EOF {
			break
		}
		var f *faulty
		if errors.As(err, &f) {
			bad++
			fmt.Fprintln(progress, err)
			continue
		}
		if err != nil {
			return err
		}
		patients++
		for _, s := range chosen {
			x := s.of(p)
			if seen[p.id] {
				x = duplicate(s)
			}
			if len(p.unknown) > 0 {
				x.Issues = append(x.Issues, stratify.Issue{Code: stratify.InputUnknown, Detail: "no chosen model asks for " + strings.Join(p.unknown, ", ")})
			}
			if x.Scored {
				scores++
			}
			if err := w.write(p.id, x); err != nil {
				return err
			}
		}
		seen[p.id] = true
		if c.progress > 0 && patients%c.progress == 0 {
			fmt.Fprintf(progress, "%d patients, %d scores\n", patients, scores)
		}
	}
	switch {
	case bad > 0:
		return fmt.Errorf("%d of %d patients could not be read", bad, bad+patients)
	case patients == 0:
		return errors.New("no patients in the input")
	}
	return nil
}
