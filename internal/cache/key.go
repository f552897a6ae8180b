package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/url"

	"github.com/interdict/interdict/screening"
)

// digest is the sha256 of a subject's canonical text. It is the key of the tier in process, which lives no longer than
// one build on one catalogue.
type digest [sha256.Size]byte

// The kinds of subjects in the canonical text.
const (
	partyText byte = 1
	lineText  byte = 2
)

// digestOf returns the digest of everything an assessment of the subject may read.
func digestOf(s *screening.SubjectText) digest {
	var room [1024]byte
	return sha256.Sum256(appendCanonical(room[:0], s))
}

// appendCanonical writes a subject so that no two different ones read the same: every text has its length before it,
// every list its count.
func appendCanonical(b []byte, s *screening.SubjectText) []byte {
	if p := s.Party; p != nil {
		return appendParty(append(b, partyText), p)
	}
	b = appendCount(append(b, lineText), len(s.Line))
	for i := range s.Line {
		f := &s.Line[i]
		b = appendText(appendText(append(b, byte(f.Kind)), f.Pointer), f.Text)
	}
	return b
}

func appendParty(b []byte, p *screening.PartyText) []byte {
	for _, text := range [...]string{p.Name, string(p.Kind), p.Address, p.Country, p.DateOfBirth, p.Nationality, p.Employer} {
		b = appendText(b, text)
	}
	b = appendCount(b, len(p.Aliases))
	for _, alias := range p.Aliases {
		b = appendText(b, alias)
	}
	b = appendCount(b, len(p.Identifiers))
	for _, id := range p.Identifiers {
		b = appendText(appendText(b, id.Type), id.Value)
	}
	return b
}

func appendText(b []byte, text string) []byte { return append(appendCount(b, len(text)), text...) }

func appendCount(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

// keyspace is what all keys of one engine build on one catalogue begin with.
type keyspace string

// newKeyspace escapes the build: a colon in it could stand for the one that ends it.
func newKeyspace(build, catalogue string) keyspace {
	return keyspace("interdict:" + url.QueryEscape(build) + ":" + catalogue + ":")
}

// key returns a subject's key in Redis.
func (k keyspace) key(d digest) string {
	b := make([]byte, 0, len(k)+hex.EncodedLen(len(d)))
	return string(hex.AppendEncode(append(b, k...), d[:]))
}
