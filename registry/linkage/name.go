package linkage

import (
	"strings"
	"unicode"
)

// NormalizeName gives a name as it is compared: lower case, without accents,
// apostrophes and other punctuation, hyphens and runs of white space being one space.
// See the package comment for the letters that it folds. It is idempotent.
func NormalizeName(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if r >= 0xff01 && r <= 0xff5e { // full-width forms of ASCII
			r -= 0xfee0
		}
		switch {
		case r == '-' || r >= 0x2010 && r <= 0x2015 || unicode.IsSpace(r):
			space = true
			continue
		case r < 0x80 && !ascii(r), unicode.Is(unicode.Mn, r), unicode.IsPunct(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Lm, r), unicode.IsSymbol(r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		r = unicode.ToLower(r)
		if r < 0x80 {
			b.WriteRune(r)
		} else if f := fold(r); f != "" {
			b.WriteString(f)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func ascii(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// fold gives the plain letters of a lower-case Latin letter with a diacritic, of a
// ligature or a letter of its own, "" for all others.
func fold(r rune) string {
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą', 'ǎ', 'ǟ', 'ǡ', 'ǻ', 'ȁ', 'ȃ', 'ȧ', 'ḁ', 'ạ', 'ả', 'ấ', 'ầ', 'ẩ', 'ẫ', 'ậ', 'ắ', 'ằ', 'ẳ', 'ẵ', 'ặ':
		return "a"
	case 'ḃ', 'ḅ', 'ḇ':
		return "b"
	case 'ç', 'ć', 'ĉ', 'ċ', 'č', 'ḉ':
		return "c"
	case 'ð', 'ď', 'đ', 'ḋ', 'ḍ', 'ḏ', 'ḑ', 'ḓ':
		return "d"
	case 'è', 'é', 'ê', 'ë', 'ē', 'ĕ', 'ė', 'ę', 'ě', 'ǝ', 'ȅ', 'ȇ', 'ȩ', 'ə', 'ɛ', 'ḕ', 'ḗ', 'ḙ', 'ḛ', 'ḝ', 'ẹ', 'ẻ', 'ẽ', 'ế', 'ề', 'ể', 'ễ', 'ệ':
		return "e"
	case 'ƒ', 'ḟ':
		return "f"
	case 'ĝ', 'ğ', 'ġ', 'ģ', 'ǧ', 'ǵ', 'ḡ':
		return "g"
	case 'ĥ', 'ħ', 'ȟ', 'ḣ', 'ḥ', 'ḧ', 'ḩ', 'ḫ', 'ẖ':
		return "h"
	case 'ì', 'í', 'î', 'ï', 'ĩ', 'ī', 'ĭ', 'į', 'ı', 'ǐ', 'ȉ', 'ȋ', 'ḭ', 'ḯ', 'ỉ', 'ị':
		return "i"
	case 'ĵ', 'ǰ':
		return "j"
	case 'ķ', 'ĸ', 'ǩ', 'ḱ', 'ḳ', 'ḵ':
		return "k"
	case 'ĺ', 'ļ', 'ľ', 'ł', 'ḷ', 'ḹ', 'ḻ', 'ḽ':
		return "l"
	case 'ḿ', 'ṁ', 'ṃ':
		return "m"
	case 'ñ', 'ń', 'ņ', 'ň', 'ŉ', 'ŋ', 'ǹ', 'ṅ', 'ṇ', 'ṉ', 'ṋ':
		return "n"
	case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø', 'ō', 'ŏ', 'ő', 'ơ', 'ǒ', 'ǫ', 'ǭ', 'ǿ', 'ȍ', 'ȏ', 'ȫ', 'ȭ', 'ȯ', 'ȱ', 'ṍ', 'ṏ', 'ṑ', 'ṓ', 'ọ', 'ỏ', 'ố', 'ồ', 'ổ', 'ỗ', 'ộ', 'ớ', 'ờ', 'ở', 'ỡ', 'ợ':
		return "o"
	case 'ṕ', 'ṗ':
		return "p"
	case 'ŕ', 'ŗ', 'ř', 'ȑ', 'ȓ', 'ṙ', 'ṛ', 'ṝ', 'ṟ':
		return "r"
	case 'ś', 'ŝ', 'ş', 'š', 'ſ', 'ș', 'ṡ', 'ṣ', 'ṥ', 'ṧ', 'ṩ', 'ẛ':
		return "s"
	case 'ţ', 'ť', 'ŧ', 'ț', 'ṫ', 'ṭ', 'ṯ', 'ṱ', 'ẗ':
		return "t"
	case 'ù', 'ú', 'û', 'ü', 'ũ', 'ū', 'ŭ', 'ů', 'ű', 'ų', 'ư', 'ǔ', 'ǖ', 'ǘ', 'ǚ', 'ǜ', 'ȕ', 'ȗ', 'ṳ', 'ṵ', 'ṷ', 'ṹ', 'ṻ', 'ụ', 'ủ', 'ứ', 'ừ', 'ử', 'ữ', 'ự':
		return "u"
	case 'ṽ', 'ṿ':
		return "v"
	case 'ŵ', 'ẁ', 'ẃ', 'ẅ', 'ẇ', 'ẉ', 'ẘ':
		return "w"
	case 'ẋ', 'ẍ':
		return "x"
	case 'ý', 'ÿ', 'ŷ', 'ȳ', 'ẏ', 'ẙ', 'ỳ', 'ỵ', 'ỷ', 'ỹ':
		return "y"
	case 'ź', 'ż', 'ž', 'ẑ', 'ẓ', 'ẕ':
		return "z"
	case 'æ', 'ǣ', 'ǽ':
		return "ae"
	case 'ǆ', 'ǳ':
		return "dz"
	case 'ﬀ':
		return "ff"
	case 'ﬁ':
		return "fi"
	case 'ﬂ':
		return "fl"
	case 'ĳ':
		return "ij"
	case 'ǉ':
		return "lj"
	case 'ǌ':
		return "nj"
	case 'œ':
		return "oe"
	case 'ß':
		return "ss"
	case 'ﬅ', 'ﬆ':
		return "st"
	case 'þ':
		return "th"
	case 'ﬃ':
		return "ffi"
	case 'ﬄ':
		return "ffl"
	}
	return ""
}
