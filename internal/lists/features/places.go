package features

import (
	"strings"

	"github.com/interdict/interdict/screening"
)

// Countries reads names of countries as OFAC writes them and remembers what it found. It is not safe for concurrent use.
type Countries struct {
	places *screening.Places
	known  map[string]string
}

// NewCountries returns a reader that asks places for what OFAC does not write in a way of its own.
func NewCountries(places *screening.Places) *Countries {
	return &Countries{places: places, known: map[string]string{}}
}

// Code returns the ISO 3166-1 code of a country, of a region within one too; empty where the name is not known.
func (c *Countries) Code(name string) string {
	name = strings.TrimSpace(name)
	if name == "" {
		return ""
	}
	if code, ok := c.known[name]; ok {
		return code
	}
	code := c.find(name)
	c.known[name] = code
	return code
}

func (c *Countries) find(name string) string {
	name = strings.TrimPrefix(name, "Region: ")
	if code, ok := special[name]; ok {
		return code
	}
	if c.places == nil {
		return ""
	}
	if code, ok := c.places.Country(name); ok {
		return code
	}
	if last, first, ok := strings.Cut(name, ", "); ok {
		if code, ok := c.places.Country(first + " " + last); ok {
			return code
		}
	}
	if rest, ok := strings.CutPrefix(name, "St. "); ok {
		if code, ok := c.places.Country("Saint " + rest); ok {
			return code
		}
	}
	return ""
}

// OfAddress returns the country that the last part of an address tells: a code of two letters, or the code of a state of
// the United States before a ZIP code. Names of countries in full are not looked for.
func (c *Countries) OfAddress(address string) string {
	before, last, parted := cutLast(address)
	if isCode(last) {
		return c.Code(last)
	}
	if !parted || c.places == nil || last == "" || strings.Trim(last, "0123456789-") != "" {
		return ""
	}
	if _, state, _ := cutLast(before); isCode(state) {
		if _, ok := c.places.State("US", state); ok {
			return "US"
		}
	}
	return ""
}

// cutLast cuts off what stands behind the last comma.
func cutLast(text string) (before, last string, parted bool) {
	at := strings.LastIndexByte(text, ',')
	if at < 0 {
		return "", strings.TrimSpace(text), false
	}
	return text[:at], strings.TrimSpace(text[at+1:]), true
}

func isCode(text string) bool {
	return len(text) == 2 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// special are names that the places do not know in OFAC's spelling. A region stands with the country that the United
// States holds it to be part of; one in dispute (Jammu and Kashmir, Kafia Kingi) has none.
var special = map[string]string{
	"Palestinian":                       "PS",
	"possibly Palestinian":              "",
	"West Bank":                         "PS",
	"Gaza":                              "PS",
	"North Gaza":                        "PS",
	"Northern Gaza":                     "PS",
	"Crimea":                            "UA",
	"Northern Mali":                     "ML",
	"Congo, Democratic Republic of the": "CD",
	"Congo, Republic of the":            "CG",
	"Cote d Ivoire":                     "CI",
	"Korea, North":                      "KP",
	"Korea, South":                      "KR",
	"North Macedonia, The Republic of":  "MK",
	"Saint Vincent and Grenadines":      "VC",
	"St. Kitts & Nevis":                 "KN",
	"undetermined":                      "",
	"None Identified":                   "",
}

// sharedHosts lend a page to anybody, or mail to everybody: such a host tells nobody.
var sharedHosts = hostSet(`
	facebook.com m.facebook.com fb.com instagram.com twitter.com x.com t.me telegram.me youtube.com linkedin.com vk.com
	ok.ru wa.me tiktok.com weibo.com blogspot.com wordpress.com wixsite.com weebly.com sites.google.com docs.google.com
	google.com github.com github.io medium.com alibaba.com made-in-china.com ebay.com amazon.com
	gmail.com yahoo.com hotmail.com outlook.com mail.ru yandex.ru qq.com 163.com`)

func hostSet(hosts string) map[string]bool {
	set := map[string]bool{}
	for host := range strings.FieldsSeq(hosts) {
		set[host] = true
	}
	return set
}

// Host returns the host name of a website, lower case and without www., where the site is the entry's own: a page on a
// host that many share, or below a folder of somebody else's site, names nobody and gives an empty text.
func Host(website string) string {
	website, _, _ = strings.Cut(strings.TrimSpace(website), " ")
	if _, rest, ok := strings.Cut(website, "://"); ok {
		website = rest
	}
	host, path, _ := strings.Cut(strings.ToLower(website), "/")
	host, _, _ = strings.Cut(host, ":")
	host = strings.Trim(strings.TrimPrefix(host, "www."), ".")
	if !isHost(host) || sharedHosts[host] || !isFrontPage(path) {
		return ""
	}
	return host
}

func isHost(host string) bool {
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || dot+2 >= len(host) {
		return false
	}
	for _, r := range host {
		if r <= ' ' || strings.ContainsRune("@,;'\"()<>?&=%", r) {
			return false
		}
	}
	return true
}

// isFrontPage tells a path that leads to the start of a site in some language, or to what it says of itself.
func isFrontPage(path string) bool {
	first, _, _ := strings.Cut(strings.Trim(path, "/."), "/")
	if len(first) <= len("en") {
		return true
	}
	for _, page := range [...]string{"index", "home", "main", "default", "about", "contact"} {
		if strings.HasPrefix(first, page) {
			return true
		}
	}
	return false
}
