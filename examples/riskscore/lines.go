package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxLine is the longest line that is read, in bytes; a longer one is a faulty line.
const maxLine = 16 << 20

// mark is the byte-order mark that some programs write before UTF-8.
const mark = "\ufeff"

// faulty is a line that is no patient, with all that is wrong with it; the others go on.
type faulty struct {
	line   int
	faults []string
}

func (f *faulty) Error() string {
	return fmt.Sprintf("line %d: %s", f.line, strings.Join(f.faults, "; "))
}

// line is a line of the input without its end, or why there is none: io.EOF, a [faulty]
// line, or what reading met.
type line struct {
	n    int
	text string
	err  error
}

// lines reads numbered lines of UTF-8; lines that were given back come first.
type lines struct {
	r    *bufio.Reader
	n    int
	held []line
}

func newLines(r io.Reader) *lines {
	b := bufio.NewReaderSize(r, 1<<16)
	if start, _ := b.Peek(len(mark)); string(start) == mark {
		b.Discard(len(mark))
	}
	return &lines{r: b}
}

// next is the next line that is not blank.
func (l *lines) next() line {
	for {
		x := line{}
		if len(l.held) > 0 {
			x, l.held = l.held[0], l.held[1:]
		} else {
			x = l.read()
		}
		if x.err != nil || strings.TrimSpace(x.text) != "" {
			return x
		}
	}
}

// back gives lines back, to be read again.
func (l *lines) back(x []line) { l.held = append(x, l.held...) }

func (l *lines) read() line {
	l.n++
	var text []byte
	size := 0
	for {
		part, err := l.r.ReadSlice('\n')
		if size += len(part); size <= maxLine {
			text = append(text, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF && size == 0 {
			return line{n: l.n, err: io.EOF}
		}
		if err != nil && err != io.EOF {
			return line{n: l.n, err: fmt.Errorf("line %d: %w", l.n, err)}
		}
		break
	}
	fault := ""
	if size > maxLine {
		fault = fmt.Sprintf("longer than %d MB", maxLine>>20)
	} else if at := notUTF8(text); at >= 0 {
		fault = fmt.Sprintf("byte %d (%#x) is not UTF-8", at+1, text[at])
	}
	if fault != "" {
		return line{n: l.n, err: &faulty{l.n, []string{fault}}}
	}
	return line{n: l.n, text: strings.TrimRight(string(text), "\r\n")}
}

// notUTF8 is the place of the first byte that is not UTF-8, -1 when there is none.
func notUTF8(b []byte) int {
	for at := 0; at < len(b); {
		r, n := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return -1
}
