package lists

import (
	"fmt"
	"net/netip"
	"strings"
	"syscall"

	"golang.org/x/net/publicsuffix"
)

// guard says where a download may go. It is asked for every address that is dialled, after names were resolved: a name
// that resolves to another address the second time gains nothing.
type guard struct {
	loopback bool // tests: servers of their own on this machine, over http and at any port
}

const httpsPort = 443

// dial is a net.Dialer.Control.
func (g guard) dial(network, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || (network != "tcp4" && network != "tcp6") {
		return fmt.Errorf("%s %s is not an address to fetch from", network, address)
	}
	switch ip := to.Addr(); {
	case g.loopback && ip.IsLoopback():
		return nil
	case !isPublic(ip):
		return fmt.Errorf("%s is not a public address: lists are fetched from no other", ip)
	case to.Port() != httpsPort:
		return fmt.Errorf("port %d is not that of https", to.Port())
	}
	return nil
}

// special are the networks that are no places on the internet: those of IANA's registries of special-purpose addresses
// that are not globally reachable or only lead elsewhere, multicast, and the one public address at which a cloud answers
// its own machines.
// https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
var special = prefixes(`
	0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12
	192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24
	198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32
	2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20`)

// Of IPv6 only these are places on the internet, and IPv4 addresses behind the well-known prefix of NAT64.
var (
	global = netip.MustParsePrefix("2000::/3")
	nat64  = netip.MustParsePrefix("64:ff9b::/96")
)

func prefixes(text string) []netip.Prefix {
	var out []netip.Prefix
	for _, field := range strings.Fields(text) {
		out = append(out, netip.MustParsePrefix(field))
	}
	return out
}

func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	if ip.Is6() && nat64.Contains(ip) {
		b := ip.As16()
		ip = netip.AddrFrom4([4]byte(b[12:]))
	}
	if ip.Zone() != "" || (ip.Is6() && !global.Contains(ip)) {
		return false
	}
	for _, p := range special {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// handsOver names the storage to which a publisher's address sends whoever fetches, besides hosts of its own domain:
// the US Treasury's list service and the UN's answer with a link, good for some minutes, to a file in a cloud.
var handsOver = map[string]string{
	"sanctionslistservice.ofac.treas.gov": "wc2h-sls-prod-public-published.s3.us-gov-west-1.amazonaws.com",
	"scsanctions.un.org":                  "unsolprodfiles.blob.core.windows.net",
}

// mayRedirect tells whether one who asked a host may be sent to another.
func mayRedirect(from, to string) bool {
	from, to = strings.ToLower(from), strings.ToLower(to)
	if storage, known := handsOver[from]; from == to || (known && storage == to) {
		return true
	}
	if _, err := netip.ParseAddr(to); err == nil {
		return false
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(from)
	return err == nil && (to == domain || strings.HasSuffix(to, "."+domain))
}
