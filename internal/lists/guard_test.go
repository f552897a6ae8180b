package lists

import (
	"net/netip"
	"testing"
)

func TestIsPublic(t *testing.T) {
	for _, tt := range []struct {
		name, ip string
		want     bool
	}{
		{"the US Treasury", "166.123.218.100", true},
		{"a cloud's storage", "52.95.245.10", true},
		{"IPv6", "2606:4700::6810:84e5", true},
		{"public, mapped", "::ffff:8.8.8.8", true},
		{"public, behind NAT64", "64:ff9b::808:808", true},
		{"this host", "0.0.0.0", false},
		{"loopback", "127.0.0.1", false},
		{"loopback, another", "127.8.9.10", false},
		{"loopback, mapped", "::ffff:127.0.0.1", false},
		{"loopback, IPv6", "::1", false},
		{"unspecified, IPv6", "::", false},
		{"private", "10.1.2.3", false},
		{"private, 172", "172.31.255.255", false},
		{"just outside of it", "172.32.0.1", true},
		{"private, 192", "192.168.1.1", false},
		{"private, behind NAT64", "64:ff9b::a01:203", false},
		{"carrier's NAT", "100.64.0.1", false},
		{"just outside of it, carrier", "100.128.0.1", true},
		{"link-local: a cloud's metadata", "169.254.169.254", false},
		{"metadata, mapped", "::ffff:169.254.169.254", false},
		{"metadata in IPv6", "fd00:ec2::254", false},
		{"a cloud's own at a public address", "168.63.129.16", false},
		{"link-local, IPv6", "fe80::1", false},
		{"link-local with a zone", "fe80::1%eth0", false},
		{"public with a zone", "2606:4700::1%eth0", false},
		{"unique local", "fc00::1", false},
		{"site-local", "fec0::1", false},
		{"multicast", "224.0.0.1", false},
		{"multicast, IPv6", "ff02::1", false},
		{"broadcast", "255.255.255.255", false},
		{"reserved", "240.0.0.1", false},
		{"benchmarks", "198.19.0.1", false},
		{"documentation", "203.0.113.9", false},
		{"documentation, IPv6", "2001:db8::1", false},
		{"documentation, the new", "3fff::1", false},
		{"6to4 of a private address", "2002:a00:1::1", false},
		{"Teredo", "2001::1", false},
		{"IPv4-compatible", "::7f00:1", false},
		{"local NAT64", "64:ff9b:1::a00:1", false},
		{"discard", "100::1", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := isPublic(netip.MustParseAddr(tt.ip)); got != tt.want {
				t.Errorf("%s: got %v, want %v", tt.ip, got, tt.want)
			}
		})
	}
}

func TestGuardDial(t *testing.T) {
	for _, tt := range []struct {
		name, network, address string
		loopback, want         bool
	}{
		{"https", "tcp4", "8.8.8.8:443", false, true},
		{"https, IPv6", "tcp6", "[2606:4700::1]:443", false, true},
		{"another port", "tcp4", "8.8.8.8:80", false, false},
		{"private", "tcp4", "10.0.0.1:443", false, false},
		{"not TCP", "udp4", "8.8.8.8:443", false, false},
		{"a name", "tcp4", "localhost:443", false, false},
		{"a socket file", "unix", "/run/x", false, false},
		{"loopback", "tcp4", "127.0.0.1:443", false, false},
		{"loopback, in tests", "tcp4", "127.0.0.1:8080", true, true},
		{"private, in tests", "tcp4", "10.0.0.1:443", true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := (guard{loopback: tt.loopback}).dial(tt.network, tt.address, nil); (err == nil) != tt.want {
				t.Errorf("got %v, want allowed %v", err, tt.want)
			}
		})
	}
}

func TestMayRedirect(t *testing.T) {
	const ofac, storage = "sanctionslistservice.ofac.treas.gov", "wc2h-sls-prod-public-published.s3.us-gov-west-1.amazonaws.com"
	for _, tt := range []struct {
		name, from, to string
		want           bool
	}{
		{"same host", "data.trade.gov", "data.trade.gov", true},
		{"same host in capitals", "data.trade.gov", "DATA.trade.gov", true},
		{"same domain", "data.trade.gov", "api.trade.gov", true},
		{"the domain itself", "data.trade.gov", "trade.gov", true},
		{"same ministry", "sanctionslist.fcdo.gov.uk", "assets.fcdo.gov.uk", true},
		{"another body below a public suffix", "sanctionslist.fcdo.gov.uk", "evil.gov.uk", false},
		{"the public suffix", "sanctionslist.fcdo.gov.uk", "gov.uk", false},
		{"a domain that only ends alike", "data.trade.gov", "eviltrade.gov", false},
		{"a domain that only begins alike", "data.trade.gov", "trade.gov.example", false},
		{"the Treasury's storage", ofac, storage, true},
		{"another's storage", ofac, "evil.s3.us-gov-west-1.amazonaws.com", false},
		{"the Treasury's storage, from elsewhere", "data.trade.gov", storage, false},
		{"the storage's neighbours", storage, "evil.s3.us-gov-west-1.amazonaws.com", false},
		{"the UN's storage", "scsanctions.un.org", "unsolprodfiles.blob.core.windows.net", true},
		{"a bare address", "data.trade.gov", "8.8.8.8", false},
		{"a bare address to its neighbour", "1.2.3.4", "9.2.3.4", false},
		{"nothing", "data.trade.gov", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := mayRedirect(tt.from, tt.to); got != tt.want {
				t.Errorf("%s to %s: got %v, want %v", tt.from, tt.to, got, tt.want)
			}
		})
	}
}
