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

// jsonTechnicalWords end the keys of what says nothing of a deal, whatever program wrote it: addresses of machines,
// checksums, codes of currencies and zones. The number of a record is none of them: it may be a part number.
var jsonTechnicalWords = map[string]bool{
	"ip": true, "session": true, "cookie": true, "locale": true, "currency": true, "timezone": true,
	"hash": true, "checksum": true, "signature": true, "nonce": true, "etag": true, "sha1": true, "sha256": true, "md5": true,
}

// jsonNumberWords end the keys of numbers of records.
var jsonNumberWords = map[string]bool{"id": true, "ids": true, "guid": true, "uuid": true, "gid": true}

// jsonLinkWords end the keys of links, which may be written without a host, or without a scheme.
var jsonLinkWords = map[string]bool{"url": true, "uri": true, "urls": true, "href": true, "src": true, "link": true, "links": true}

// jsonKeyHidesContact reports whether what a key of a format holds must not leave the parser.
func jsonKeyHidesContact(key string) bool { return jsonContactWords[jsonLastWord(key)] }

// jsonHides reports whether a value must not leave the parser that stands beside a name which people chose: the name
// "For mobile" may stand before a telephone number, and before what somebody buys.
func jsonHides(name, text string) bool {
	return isSecret(keyOf(name), text) ||
		jsonContactWords[jsonLastWord(name)] && (jsonIsPhone(text) || strings.Contains(withoutContacts(text), "@"))
}

// jsonIsPhone tells a telephone number, be some of it written in letters: 555-555-CALL.
func jsonIsPhone(text string) bool {
	const fewestDigits, longestWord = 5, 4
	if text == "" || !strings.ContainsRune("+(0123456789", rune(text[0])) {
		return false
	}
	digits, word := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			digits, word = digits+1, 0
		case !unicode.IsLetter(r):
			word = 0
		default:
			if word++; word > longestWord {
				return false
			}
		}
	}
	return digits >= fewestDigits
}

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
	if jsonTextDenies(text) || jsonIsLink(text) || jsonIsHash(text) {
		return false
	}
	switch word := jsonLastWord(key); {
	case jsonTechnicalWords[word]:
		return false
	case jsonNumberWords[word]:
		return !jsonIsOpaque(text)
	case jsonLinkWords[word]:
		return hostOf(text) != ""
	}
	return true
}

// jsonIsOpaque tells numbers that a program gave, which say nothing to anybody else.
func jsonIsOpaque(text string) bool { return strings.Trim(text, "0123456789abcdefABCDEF-{}") == "" }

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

// jsonLinkHost is the host that a link leads to: it may be a maker's. Empty for what is no link to a page.
func jsonLinkHost(text string) string {
	scheme, _, found := strings.Cut(text, "://")
	if !found || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "ftp") {
		return ""
	}
	host := hostOf(text)
	if _, err := netip.ParseAddr(host); err == nil {
		return ""
	}
	return host
}

// jsonIsHash tells checksums and the like: sixteen hexadecimal digits or more, dashes apart.
func jsonIsHash(text string) bool {
	const least = 16
	return len(text) >= least && strings.Trim(text, "0123456789abcdefABCDEF-") == ""
}
