package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// mark is what some programs put before UTF-8 text.
const mark = "\ufeff"

// eachRow reads a compressed table with a header. The columns asked for have to be there,
// once each; others may be.
func eachRow(path string, columns []string, row func(map[string]string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	in := bufio.NewReader(z)
	if head, _ := in.Peek(len(mark)); string(head) == mark {
		in.Discard(len(mark)) // they were peeked at: it cannot fail
	}
	r := csv.NewReader(in)
	r.ReuseRecord = true
	header, err := r.Read()
	switch {
	case errors.Is(err, io.EOF):
		return fmt.Errorf("%s: no header", path)
	case err != nil:
		return fmt.Errorf("%s: %w", path, err)
	}
	names := slices.Clone(header)
	if faults := wrongColumns(names, columns); len(faults) > 0 {
		return fmt.Errorf("%s: %s; the header is %q", path, strings.Join(faults, ", "), strings.Join(names, ","))
	}
	fields := map[string]string{}
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for i, n := range names {
			fields[n] = rec[i]
		}
		row(fields)
	}
}

// wrongColumns names the columns that a header lacks or has twice.
func wrongColumns(header, columns []string) (faults []string) {
	for _, c := range columns {
		n := 0
		for _, h := range header {
			if h == c {
				n++
			}
		}
		switch {
		case n == 0:
			faults = append(faults, fmt.Sprintf("no column %q", c))
		case n > 1:
			faults = append(faults, fmt.Sprintf("column %q is there %d times", c, n))
		}
	}
	return faults
}
