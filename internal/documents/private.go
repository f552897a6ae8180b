package documents

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What must not leave the parser: people's addresses and numbers, and secrets.

var (
	mailAddress = regexp.MustCompile(`[^\s@<>"(),:;]+@([^\s@<>"(),:;]+\.[A-Za-z]{2,})`)
	phoneNumber = regexp.MustCompile(`(?i)\b(?:tel|phone|telephone|fax|mobile|cell)\b\.?:?\s*\+?[\d(][\d\s()./-]{5,}\d`)
)

// withoutContacts takes people's e-mail addresses and telephone numbers out of a text. The domain stays.
func withoutContacts(s string) string {
	if strings.IndexByte(s, '@') >= 0 {
		s = withoutMail(s)
	}
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return phoneNumber.ReplaceAllString(s, "")
}

// withoutMail leaves of each address its domain. The version behind a package's name, pkg:maven/a/b@4.1.0.Final, is no
// domain.
func withoutMail(s string) string {
	var b strings.Builder
	last := 0
	for _, m := range mailAddress.FindAllStringSubmatchIndex(s, -1) {
		if m[0] > 0 && s[m[0]-1] == '/' || strings.ContainsRune(s[m[0]:m[2]], '/') || isVersion(s[m[2]:m[3]]) {
			continue
		}
		b.WriteString(s[last:m[0]])
		last = m[2]
	}
	return b.String() + s[last:]
}

// isVersion tells of a word that begins with two numbers: 4.1.0.Final.
func isVersion(s string) bool {
	parts := strings.SplitN(s, ".", 3)
	return len(parts) == 3 && isDigits(parts[0]) && isDigits(parts[1])
}

// keyOf is the form in which names of fields are compared: letters and digits, lower case.
func keyOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// The ends of names of secrets and of accounts of money, as keyOf writes them. A password alone is one whatever it is.
var (
	passwordNames = []string{"password", "passwd", "passphrase", "sharedsecret", "secret", "pincode", "cvv"}
	secretNames   = slices.Concat(passwordNames, []string{"credential", "credentials", "privatekey"})
	tokenNames    = []string{"token", "apikey", "entitlementkey"}
	accountNames  = []string{
		"iban", "swift", "swiftcode", "bic", "isobic", "pcard", "creditcard", "cardnumber", "bankaccount", "bankrouting", "bankbranch",
		"banknational", "abarouting",
	}
)

// keyEnds tells whether a key ends in one of the names, with or without a number or id behind it.
func keyEnds(key string, names []string) bool {
	for _, tail := range [...]string{"", "number", "id", "no", "code"} {
		if bare, ok := strings.CutSuffix(key, tail); ok && slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix(bare, n) }) {
			return true
		}
	}
	return false
}

// namesSecret tells the keys of values that may be secrets.
func namesSecret(key string) bool {
	return keyEnds(key, secretNames) || keyEnds(key, tokenNames) || keyEnds(key, accountNames)
}

// isSecret tells values that must not leave: by their key, and by what they look like, since goods are called Password
// Manager and Token as well. A password is one word; a token is one that a program made; an account has no words.
func isSecret(key, text string) bool {
	const shortestToken = 16
	oneWord := len(strings.Fields(text)) == 1
	switch {
	case slices.Contains(passwordNames, key):
		return true
	case keyEnds(key, secretNames):
		return oneWord
	case keyEnds(key, tokenNames):
		return oneWord && (len(text) >= shortestToken || isMade(text))
	}
	return keyEnds(key, accountNames) && !hasWord(text)
}

// isMade tells words that programs make from those that people write: they have more in them than the letters of a word.
func isMade(word string) bool {
	if strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return true
	}
	_, first := utf8.DecodeRuneInString(word)
	return strings.ContainsFunc(word[first:], unicode.IsUpper) && strings.ToUpper(word) != word
}

// hostOf is the host of an address on the net, with or without its scheme, without www. Empty where there is no domain,
// and for an address of mail.
func hostOf(address string) string {
	if _, behind, found := strings.Cut(address, "://"); found {
		address = behind
	} else if strings.Contains(address, "@") {
		return ""
	}
	address = strings.TrimPrefix(address, "//")
	if end := strings.IndexAny(address, "/?#\\"); end >= 0 {
		address = address[:end]
	}
	host := address[strings.LastIndexByte(address, '@')+1:]
	host, _, _ = strings.Cut(host, ":")
	host = strings.TrimPrefix(strings.ToLower(strings.Trim(host, ". ")), "www.")
	if !strings.Contains(host, ".") || strings.ContainsAny(host, " \t\r\n,;()") || !strings.ContainsFunc(host, unicode.IsLetter) {
		return ""
	}
	return host
}
