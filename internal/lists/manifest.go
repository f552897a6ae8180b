package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// manifestSchema is the version of the manifest's layout. It rises when an older program could misread a newer file.
const manifestSchema = 1

// Manifest tells which copy of a publication is accepted. It is a JSON file beside the copy, and names only files that
// are complete. One without parts is of a publication of which no copy was ever taken.
type Manifest struct {
	Schema    int        `json:"schema"`
	ID        string     `json:"id"` // of the publication
	AsOf      string     `json:"as_of,omitzero"`
	AsOfFrom  DayFrom    `json:"as_of_from,omitzero"`
	TakenAt   time.Time  `json:"taken_at,omitzero"`
	CheckedAt time.Time  `json:"checked_at,omitzero"` // when the copy was last taken or seen to be the newest
	Source    string     `json:"source,omitzero"`     // import, or the address of the list itself
	Parts     []PartCopy `json:"parts"`               // in the publication's order
	Entries   int        `json:"entries"`
	Records   int        `json:"records"`
	Orphans   int        `json:"orphans"`
	Anchors   []string   `json:"anchors"` // ids of entries that a newer copy must not lack
	Digest    string     `json:"digest,omitzero"`
	Cut       string     `json:"cut,omitzero"`     // where the copy ends too early; there was none before it
	Refused   *Refusal   `json:"refused,omitzero"` // the latest attempt, if it was refused
}

// SourceImport is the source of a copy that was given by hand.
const SourceImport = "import"

// PartCopy is one file of an accepted copy.
type PartCopy struct {
	Name         string `json:"name"` // of the publication's part
	File         string `json:"file"` // that holds it, beside the manifest
	SHA256       string `json:"sha256"`
	Bytes        int64  `json:"bytes"`
	URL          string `json:"url,omitzero"` // that it was fetched from; none if it was given by hand
	ETag         string `json:"etag,omitzero"`
	LastModified string `json:"last_modified,omitzero"` // as the source wrote it
}

// Refusal is why a copy was not taken.
type Refusal struct {
	At     time.Time `json:"at"`
	Reason Reason    `json:"reason"`
	Detail string    `json:"detail"`
}

// DayFrom tells where the day of a copy is known from.
type DayFrom string

// The sources of a copy's day, the strongest first.
const (
	DayGiven    DayFrom = "given"         // by the one who imported it
	DayStated   DayFrom = "stated"        // by the copy itself
	DayModified DayFrom = "last_modified" // by the source, of the list's own file
	DayNamed    DayFrom = "file_name"
	DayTaken    DayFrom = "taken" // nothing tells: the copy is from that day or any before
)

// Stale tells whether there is reason to doubt that the accepted copy is the whole and newest one.
func (m *Manifest) Stale() bool { return m.Taken() && (m.Refused != nil || m.Cut != "") }

// Taken tells whether there is an accepted copy.
func (m *Manifest) Taken() bool { return len(m.Parts) > 0 }

func (m *Manifest) part(name string) (PartCopy, bool) {
	i := slices.IndexFunc(m.Parts, func(p PartCopy) bool { return p.Name == name })
	if i < 0 {
		return PartCopy{}, false
	}
	return m.Parts[i], true
}

// digestOf is one digest over the names and hashes of all parts. Copies with equal digests are equal.
func digestOf(parts []PartCopy) string {
	h := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%s %s\n", p.Name, p.SHA256) // a hash takes every write
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func (m *Manifest) encode() ([]byte, error) {
	data, err := json.Marshal(m, jsontext.WithIndent("  "))
	if err != nil {
		return nil, fmt.Errorf("manifest of %s: %w", m.ID, err)
	}
	return append(data, '\n'), nil
}

// decodeManifest reads the manifest of a publication. It takes nothing that this program would not have written.
func decodeManifest(p *Publication, data []byte) (*Manifest, error) {
	var version struct {
		Schema int `json:"schema"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return nil, err
	}
	if version.Schema != manifestSchema {
		return nil, fmt.Errorf("it has layout %d and this program reads %d", version.Schema, manifestSchema)
	}
	m := &Manifest{}
	if err := json.Unmarshal(data, m, json.RejectUnknownMembers(true)); err != nil {
		return nil, err
	}
	if m.ID != p.ID {
		return nil, fmt.Errorf("it is of the list %q", m.ID)
	}
	return m, m.check(p)
}

func (m *Manifest) check(of *Publication) error {
	if !m.Taken() {
		return nil
	}
	next := 0
	for i, p := range m.Parts {
		at := slices.IndexFunc(of.Parts[next:], func(known Part) bool { return known.Name == p.Name })
		if at < 0 || (i == 0 && at > 0) {
			return fmt.Errorf("this program knows no part %q of the list at that place", p.Name)
		}
		next += at + 1
		if p.Name == "" || p.File != p.SHA256 || !isHash(p.SHA256) || p.Bytes < 0 || p.Bytes > MaxFile {
			return fmt.Errorf("the part %q is described wrongly", p.Name)
		}
	}
	if m.Digest != digestOf(m.Parts) {
		return errors.New("its digest is not that of its parts")
	}
	if !isDay(m.AsOf) {
		return fmt.Errorf("%q is no day", m.AsOf)
	}
	return nil
}

const hashLength = 2 * sha256.Size

func isHash(s string) bool {
	return len(s) == hashLength && strings.Trim(s, "0123456789abcdef") == ""
}

// maxDetail bounds what is kept of a refusal's words: they may quote the file.
const maxDetail = 2000

// plain makes a text that can be kept: valid UTF-8, and not too long.
func plain(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= maxDetail {
		return s
	}
	cut := maxDetail
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + " ..."
}
