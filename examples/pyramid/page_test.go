package main

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func told(t *testing.T) (*result, string) {
	t.Helper()
	rule, err := parseShares("2,10,40")
	if err != nil {
		t.Fatal(err)
	}
	r, err := compute(3000, rule)
	if err != nil {
		t.Fatal(err)
	}
	return r, r.page()
}

// contrast is that of the web content accessibility guidelines.
func contrast(a, b string) float64 {
	luminance := func(hex string) (sum float64) {
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
			if err != nil {
				return math.NaN()
			}
			v := float64(n) / 255
			if v <= 0.04045 {
				v /= 12.92
			} else {
				v = math.Pow((v+0.055)/1.055, 2.4)
			}
			sum += weight * v
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	for _, c := range colours {
		if x := contrast("#ffffff", c); !(x >= 4.5) {
			t.Errorf("white on %s: %.2f", c, x)
		}
	}
	inks := regexp.MustCompile(`(?:[^-]color|fill):(#\w{6})\b`).FindAllStringSubmatch(style, -1)
	for _, c := range inks {
		for _, ground := range []string{"#ffffff", "#fbf3f2"} {
			if x := contrast(c[1], ground); !(x >= 4.5) {
				t.Errorf("%s on %s: %.2f", c[1], ground, x)
			}
		}
	}
	if len(inks) < 4 || contrast("#000000", "#ffffff") != 21 {
		t.Error("colours are not found:", inks)
	}
}

// Each drawing tells its figures, each cell knows its row and its column.
func TestPageStructure(t *testing.T) {
	r, page := told(t)
	count := func(s string) int { return strings.Count(page, s) }
	if count("<svg") != count("<desc id=") || count("<svg") != count(`aria-describedby="`) || !strings.Contains(page, esc(r.concentration())) || !strings.Contains(page, esc(r.calibrated())) ||
		len(r.bins) != strings.Count(r.calibrated(), "observed") || len(tops) != strings.Count(r.concentration(), "costliest") {
		t.Error("a drawing without its figures")
	}
	if count("<table><caption>") != count("<table") || count("<table") != 3 || count("<th ") != count("<th scope=") || count("<th>") > 0 || count("<tr><th scope=") != count("<tr>") || count("<main>") != 1 || count("</main>") != 1 || !strings.Contains(page, `<html lang="en">`) {
		t.Error("a table without a caption or names of rows, or a page without its main part")
	}
	for _, level := range r.pyramid.Levels {
		if strings.Count(page, "<tr><th scope=row>"+level) != 1 {
			t.Errorf("%s is not once in the table", level)
		}
	}
}

// On a phone of 390 pixels all text has 12 or more, and what is wider has its own scroll.
func TestPhone(t *testing.T) {
	_, page := told(t)
	const room = 390 - 32 - 15 // less margins and a scroll bar
	_, phone, _ := strings.Cut(style, "@media(max-width:30rem){svg text{font-size:")
	font, err := strconv.ParseFloat(phone[:strings.Index(phone, "px")], 64)
	if err != nil {
		t.Fatal(err)
	}
	drawn := 0
	for _, svg := range strings.Split(page, `<svg viewBox="0 0 `)[1:] {
		svg, _, _ = strings.Cut(svg, "</svg>")
		width, _, _ := strings.Cut(svg, " ")
		w, err := strconv.ParseFloat(width, 64)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(svg, "<text") {
			drawn++
			if px := font * room / w; px < 12 {
				t.Errorf("a drawing of %s with text of %.1f pixels", width, px)
			}
		}
	}
	for _, rem := range regexp.MustCompile(`font-size:([\d.]+)rem`).FindAllStringSubmatch(style, -1) {
		if x, err := strconv.ParseFloat(rem[1], 64); err != nil || 16*x < 12 {
			t.Error("small text:", rem[0])
		}
	}
	_, wide, _ := strings.Cut(page, "<div class=scroll tabindex=0 ")
	if drawn != 2 || !strings.Contains(style, ".scroll{overflow-x:auto") || !strings.HasPrefix(wide[strings.Index(wide, ">")+1:], "<table>") || strings.Contains(style, "th.n{") {
		t.Error("the widest table has no scroll of its own")
	}
}
