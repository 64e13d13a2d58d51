// Command riskscore scores patients with published models and shows what each score is
// made of.
//
//	go run ./examples/riskscore [-model NAMES] [-in FILE] [-csv] [-out text|json|csv] [-definition FILE] [-unconfirmed] [-progress N]
//
// Patients come as NDJSON, one object a line: "id", the models' inputs by name (a
// number, true or false, a word, null, or {"value": 5.2, "unit": "mmol/L"}), and for
// models on codes "diagnoses" and "procedures" (lists), "icd" (9 or 10), "poa", "birth",
// "orec", "dual" and what "-model inputs:NAME" says.
// With -csv they come as a table whose header names the inputs, a unit in parentheses
// after the name, diagnoses separated by semicolons. Without -in a made-up sample is
// scored; "-" reads standard input.
//
// -model takes names and patterns separated by commas; "-model list" lists the models,
// "-model inputs:NAME" what one asks for. -definition adds a model of one's own as
// JSON. A score that is not computable says why. The exit code is 1 when a patient
// could not be read (the others are scored), 2 when the call is wrong.
package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

//go:embed patients.ndjson
var sample string

// errUsage is a wrong call.
var errUsage = errors.New("riskscore")

type config struct {
	models, in, out, definition string
	csv, unconfirmed            bool
	progress                    int
}

func main() {
	var c config
	flag.StringVar(&c.models, "model", "charlson-quan2005*,cha2ds2*,prevent-base-10y-total_cvd@2023", "names and patterns of models, \"list\", or \"inputs:NAME\"")
	flag.StringVar(&c.in, "in", "", "patients, default a made-up sample, - for standard input")
	flag.StringVar(&c.out, "out", "text", "text, json (a line a score) or csv")
	flag.StringVar(&c.definition, "definition", "", "a model of one's own, JSON")
	flag.BoolVar(&c.csv, "csv", false, "the input is CSV")
	flag.BoolVar(&c.unconfirmed, "unconfirmed", false, "allow models whose figures could not be confirmed")
	flag.IntVar(&c.progress, "progress", 10000, "say how far it is after so many patients, 0 never")
	flag.Parse()
	var in io.Reader = strings.NewReader(sample)
	switch c.in {
	case "":
	case "-":
		in = os.Stdin
	default:
		f, err := os.Open(c.in)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		defer f.Close()
		in = f
	}
	if err := run(c, in, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		if errors.Is(err, errUsage) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

func run(c config, in io.Reader, out, progress io.Writer) error {
	all, err := scorers(c)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
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
	w, err := newWriter(c.out, out)
	if err != nil {
		return err
	}
	next := fromNDJSON(in)
	if c.csv {
		if next, err = fromCSV(in); err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
	}
	seen := map[string]bool{}
	patients, scores, bad := 0, 0, 0
	for {
		p, err := next()
		if err == io.EOF {
			break
		}
		var unread *unreadable
		if errors.As(err, &unread) {
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
	if err := w.close(); err != nil {
		return err
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d patients could not be read", bad, bad+patients)
	}
	return nil
}
