package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/stratify"
)

// writer prints one score after another.
type writer struct {
	write func(id string, s stratify.Score) error
	close func() error
}

func newWriter(format string, out io.Writer) (writer, error) {
	b := bufio.NewWriter(out)
	switch format {
	case "text":
		last := ""
		return writer{func(id string, s stratify.Score) error {
			if id != last {
				fmt.Fprintln(b, id)
				last = id
			}
			return text(b, s)
		}, b.Flush}, nil
	case "json":
		e := json.NewEncoder(b)
		return writer{func(id string, s stratify.Score) error {
			return e.Encode(struct {
				ID    string         `json:"id"`
				Score stratify.Score `json:"score"`
			}{id, s})
		}, b.Flush}, nil
	case "csv":
		c := csv.NewWriter(b)
		if err := c.Write([]string{"id", "model", "value", "unit", "band", "issues"}); err != nil {
			return writer{}, err
		}
		return writer{func(id string, s stratify.Score) error {
			value := ""
			if s.Scored {
				value = strconv.FormatFloat(s.Value, 'g', 10, 64)
			}
			return c.Write([]string{id, s.Model.Name, value, s.Unit, s.Band.Name, issues(s)})
		}, func() error {
			c.Flush()
			if err := c.Error(); err != nil {
				return err
			}
			return b.Flush()
		}}, nil
	}
	return writer{}, fmt.Errorf("%w: -out %q is not text, json or csv", errUsage, format)
}

func issues(s stratify.Score) string {
	var out []string
	for _, i := range s.Issues {
		out = append(out, i.String())
	}
	return strings.Join(out, "; ")
}

// text prints a score with its contributions, leaving out those that add nothing.
func text(w io.Writer, s stratify.Score) error {
	if !s.Scored {
		_, err := fmt.Fprintf(w, "  %s\n", s)
		return err
	}
	fmt.Fprintf(w, "  %s\n", s)
	if s.Band.Percent != nil {
		fmt.Fprintf(w, "    published for this band: %v %%\n", *s.Band.Percent)
	}
	for _, t := range s.Terms {
		if t.Points == 0 {
			continue
		}
		label := t.Label
		if label == "" {
			label = strings.Join(t.Facts, ", ")
		}
		fmt.Fprintf(w, "    %+9.4g  %-24s %s\n", t.Points, t.Name, label)
	}
	for _, x := range s.Suppressed {
		fmt.Fprintf(w, "    %s does not count beside %s\n", x.Condition, x.By)
	}
	for _, i := range s.Issues {
		fmt.Fprintf(w, "    %s\n", i)
	}
	return nil
}
