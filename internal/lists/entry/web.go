package entry

import (
	"net/url"
	"slices"
	"strings"
)

// sharedHosts are sites on which anybody may have a page. Having one there does not make the site one's own.
var sharedHosts = []string{
	"facebook.com", "fb.com", "instagram.com", "twitter.com", "x.com", "youtube.com", "youtu.be", "linkedin.com", "tiktok.com",
	"t.me", "telegram.me", "telegram.org", "vk.com", "ok.ru", "whatsapp.com", "wa.me", "weibo.com", "reddit.com", "medium.com",
	"wikipedia.org", "google.com", "yahoo.com", "archive.org", "github.com", "alibaba.com", "made-in-china.com", "rutube.ru",
	"livejournal.com", "soundcloud.com", "flickr.com", "pinterest.com", "tumblr.com", "bing.com", "yandex.ru", "mail.ru",
}

// Websites adds the links of a text, which lists part with blanks, commas or semicolons. A site's host is a domain of
// the entry, unless it is one on which anybody may have a page.
func (e *Draft) Websites(text string) {
	for _, link := range strings.FieldsFunc(text, isPart) {
		link = strings.Trim(link, ".()<>\"'")
		host := hostOf(link)
		if host == "" {
			continue
		}
		e.Number("website", link)
		if !isShared(host) {
			e.domains.add(host)
		}
	}
}

// Emails adds the addresses of a text, which lists part like links.
func (e *Draft) Emails(text string) {
	for _, address := range strings.FieldsFunc(text, isPart) {
		address = strings.Trim(address, ".()<>\"'")
		if local, domain, found := strings.Cut(address, "@"); found && local != "" && isHost(domain) {
			e.Number("email", address)
		}
	}
}

func isPart(r rune) bool { return r <= ' ' || r == ',' || r == ';' || r == '\u00a0' }

// hostOf returns the host of a link with or without its scheme, lower case and without www; empty where it has none.
func hostOf(link string) string {
	if !strings.Contains(link, "://") {
		link = "https://" + link
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	host := strings.TrimPrefix(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), "www.")
	if u.User != nil || !isHost(host) {
		return ""
	}
	return host
}

// isHost tells a name of the net from a number or a word.
func isHost(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	return len(last) >= 2 && len(last) < len(host) && strings.Trim(last, "0123456789") != "" &&
		!strings.Contains(host, "..") && host[0] != '.' && !strings.ContainsAny(host, "/@:_ ")
}

func isShared(host string) bool {
	return slices.ContainsFunc(sharedHosts, func(shared string) bool {
		return host == shared || strings.HasSuffix(host, "."+shared)
	})
}
