// Command careteam is the whole chain for one practice, in one program: disease registers,
// a pyramid of risk, gaps in care and whom to call, next week's work by role, one
// patient's plan with the reason for each item, feedback to the physicians, and the
// bonus that follows. As text, and as a self-contained page for the nurse, the physician
// and the manager.
//
//	go run ./examples/careteam [-n 5000] [-patient ID] [-html FILE]
//	go run ./examples/careteam -synthea DIR          a synthetic population from files
//	go run ./examples/careteam -speed 100000 [-facts 200] [-workers 2]
//
// People, codes and limits are made up, the follow-up intervals are published ones; none
// of it is medical advice.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run gives the exit code: 0, 1 for a failure, 2 for wrong use.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("careteam", flag.ContinueOnError)
	flags.SetOutput(stderr)
	n := flags.Int("n", 5000, "number of made-up people, at least 100")
	who := flags.String("patient", "", "whose plan to show; default: somebody with several conditions")
	html := flags.String("html", "", "also write a self-contained page to this file")
	dir := flags.String("synthea", "", "read a flattened synthetic population from this folder instead")
	fast := flags.Int("speed", 0, "only measure registers, gaps and recalls of so many people")
	facts := flags.Int("facts", 200, "facts a person has at least, with -speed")
	workers := flags.Int("workers", 2, "goroutines, with -speed")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	wrong := func(text string) int {
		fmt.Fprintln(stderr, text)
		return 2
	}
	switch {
	case flags.NArg() > 0:
		return wrong("unexpected argument " + flags.Arg(0))
	case *n < 100 || *fast < 0 || *facts < 0 || *facts > len(ids) || *workers < 1:
		return wrong(fmt.Sprintf("-n is at least 100, -workers at least 1, -facts at most %d", len(ids)))
	}
	w := bufio.NewWriter(stdout)
	err := func() error {
		asOf := registry.Day(2024, 5, 31)
		if *fast > 0 {
			k, err := learn(nil)
			if err != nil {
				return err
			}
			return speed(w, k, *fast, *facts, *workers, asOf)
		}
		var people []person
		var notes []string
		title := fmt.Sprintf("a practice of %d made-up people", *n)
		if *dir != "" {
			l, err := synthea(*dir)
			if err != nil {
				return err
			}
			people, asOf, notes = l.people, l.asOf, l.notes()
			title = "a practice of " + counted(len(people), "synthetic person", "synthetic people")
		} else {
			people = make([]person, *n)
			m := newMaker(asOf)
			for i := range people {
				m.fill(i, &people[i], 0)
			}
		}
		k, err := learn(universe(people))
		if err != nil {
			return err
		}
		r, err := open(people, k, asOf, title, notes...)
		if err != nil {
			return err
		}
		a, err := r.report(*who)
		if err != nil {
			return err
		}
		a.print(w)
		if *html != "" {
			if err := os.WriteFile(*html, []byte(a.page()), 0o644); err != nil {
				return err
			}
			fmt.Fprintln(w, "page written to", *html)
		}
		return nil
	}()
	if err := errors.Join(err, w.Flush()); err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

// universe is all diagnosis codes of the data, for sets made of categories.
func universe(people []person) []registry.Code {
	seen := map[registry.Code]bool{}
	var out []registry.Code
	for i := range people {
		for _, f := range people[i].Facts {
			if f.Kind != registry.Diagnosis {
				continue
			}
			for _, c := range f.Codes {
				if !seen[c] {
					seen[c] = true
					out = append(out, c)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b registry.Code) int { return strings.Compare(a.Value, b.Value) })
	return out
}
