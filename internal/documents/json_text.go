package documents

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode"

	"github.com/interdict/interdict/screening"
)

// jsonContactWords end the keys of what must not leave the parser.
var jsonContactWords = map[string]bool{
	"email": true, "mail": true, "phone": true, "telephone": true, "tel": true, "mobile": true, "fax": true,
	"token": true, "password": true, "secret": true, "credential": true, "credentials": true, "apikey": true,
}

// jsonNumberWords end the keys of what says nothing of a deal, whatever program wrote it: numbers of records, links,
// addresses of machines, checksums, codes of currencies and zones.
var jsonNumberWords = map[string]bool{
	"id": true, "ids": true, "guid": true, "uuid": true, "gid": true,
	"url": true, "uri": true, "urls": true, "href": true, "src": true, "link": true, "links": true,
	"ip": true, "session": true, "cookie": true, "locale": true, "currency": true, "timezone": true,
	"hash": true, "checksum": true, "signature": true, "nonce": true, "etag": true, "sha1": true, "sha256": true, "md5": true,
}

// jsonKeyHidesContact reports whether what a key holds must not leave the parser.
func jsonKeyHidesContact(key string) bool { return jsonContactWords[jsonLastWord(key)] }

// jsonLastWord is the last word of a key such as order_status_url or orderStatusUrl, in small letters. A code is a code
// of something: currency_code gives currency.
func jsonLastWord(key string) string {
	if rest, cut := strings.CutSuffix(strings.TrimSuffix(key, "Code"), "_code"); cut || len(rest) < len(key) {
		key = rest
	}
	small := func(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
	capital := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	end := len(key)
	for end > 0 && !small(key[end-1]) && !capital(key[end-1]) {
		end--
	}
	begin := end
	for begin > 0 && small(key[begin-1]) {
		begin--
	}
	switch {
	case begin == end:
		for begin > 0 && capital(key[begin-1]) {
			begin--
		}
	case begin > 0 && capital(key[begin-1]):
		begin--
	}
	return strings.ToLower(key[begin:end])
}

// jsonTextWorthy reports whether a text under a key may say something of a deal: it has letters and is no date, link,
// address of a machine, checksum or switch. A text of several words always may.
func jsonTextWorthy(key, text string) bool {
	if !strings.ContainsFunc(text, unicode.IsLetter) || screening.CheckDate(text) == nil {
		return false
	}
	if strings.ContainsFunc(text, unicode.IsSpace) {
		return true
	}
	switch strings.ToLower(text) {
	case "yes", "true", "on":
		return false
	}
	if _, err := netip.ParseAddr(text); err == nil {
		return false
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return false // 1.5E9
	}
	return !jsonTextDenies(text) && !jsonNumberWords[jsonLastWord(key)] && !jsonIsLink(text) && !jsonIsHash(text)
}

// jsonTextDenies reports whether a value says that its name does not apply.
func jsonTextDenies(text string) bool {
	switch strings.ToLower(text) {
	case "", "no", "false", "off", "none", "null", "nil", "n/a", "0":
		return true
	}
	return false
}

func jsonIsLink(text string) bool {
	for _, scheme := range [...]string{"http://", "https://", "ftp://", "gid://", "data:", "mailto:"} {
		if len(text) > len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

// jsonIsHash tells checksums and the like: sixteen hexadecimal digits or more, dashes apart.
func jsonIsHash(text string) bool {
	const least = 16
	return len(text) >= least && strings.Trim(text, "0123456789abcdefABCDEF-") == ""
}
