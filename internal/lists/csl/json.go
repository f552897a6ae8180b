package csl

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/internal/lists/features"
	"github.com/interdict/interdict/internal/lists/table"
)

// text is a field that should be a string. Some editions give null, a number or a list instead.
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case 'n':
		*t = ""
		return nil
	case '"':
		one, err := unquoted(data)
		*t = text(one)
		return err
	}
	var many texts
	if err := many.UnmarshalJSON(data); err != nil {
		return err
	}
	*t = text(strings.Join(many, "; "))
	return nil
}

// texts is a field that should be a list of strings. Some editions give null or one string with semicolons instead.
type texts []string

// UnmarshalJSON implements json.Unmarshaler.
func (t *texts) UnmarshalJSON(data []byte) error {
	*t = nil
	switch data[0] {
	case 'n':
		return nil
	case '"':
		one, err := unquoted(data)
		*t = items(one)
		return err
	case '[':
		if len(data) == len("[]") {
			return nil
		}
		var many []*string
		if err := json.Unmarshal(data, &many); err != nil {
			return fmt.Errorf("want a list of texts: %w", err)
		}
		for _, one := range many {
			if one != nil {
				*t = append(*t, *one)
			}
		}
		return nil
	case '{':
		return errors.New("want a text, not an object")
	}
	*t = texts{string(data)} // a number or truth value, as written
	return nil
}

// unquoted reads a JSON string. Most need nothing but their quotation marks taken off.
func unquoted(data []byte) (string, error) {
	if bytes.IndexByte(data, '\\') < 0 {
		return string(data[1 : len(data)-1]), nil
	}
	var one string
	err := json.Unmarshal(data, &one)
	return one, err
}

// object is an entry as JSON has it: with plain strings, which is quick, or with fields that take what some editions give
// instead.
type object[T ~string, L ~[]string] struct {
	ID          T `json:"id"`
	OldID       T `json:"_id"`
	Source      T `json:"source"`
	Number      T `json:"entity_number"`
	Kind        T `json:"type"`
	OldKind     T `json:"sdn_type"`
	Name        T `json:"name"`
	Title       T `json:"title"`
	Country     T `json:"country"`
	Notice      T `json:"federal_register_notice"`
	Start       T `json:"start_date"`
	End         T `json:"end_date"`
	Order       T `json:"standard_order"`
	Requirement T `json:"license_requirement"`
	Policy      T `json:"license_policy"`
	CallSign    T `json:"call_sign"`
	Vessel      T `json:"vessel_type"`
	Tonnage     T `json:"gross_tonnage"`
	Gross       T `json:"gross_registered_tonnage"`
	Flag        T `json:"vessel_flag"`
	Owner       T `json:"vessel_owner"`
	Remarks     T `json:"remarks"`
	ListURL     T `json:"source_list_url"`
	InfoURL     T `json:"source_information_url"`

	Programs      L `json:"programs"`
	Names         L `json:"alt_names"`
	Citizenships  L `json:"citizenships"`
	Nationalities L `json:"nationalities"`
	Births        L `json:"dates_of_birth"`
	Birthplaces   L `json:"places_of_birth"`

	Addresses []objectAddress[T] `json:"addresses"`
	Numbers   []objectNumber[T]  `json:"ids"`
}

type objectAddress[T ~string] struct {
	Address T `json:"address"`
	City    T `json:"city"`
	State   T `json:"state"`
	Long    T `json:"state_or_province"`
	Code    T `json:"postal_code"`
	Country T `json:"country"`
}

type objectNumber[T ~string] struct {
	Type    T `json:"type"`
	Number  T `json:"number"`
	Country T `json:"country"`
}

// sourceUsed tells when one of the lists was last taken into this one.
type sourceUsed struct {
	Updated string `json:"source_last_updated"`
}

type jsonReader struct {
	file    string
	data    []byte
	decoder *json.Decoder
	mapper  *mapper
	entries int
}

// readJSON reads an object whose field results is the list of entries.
func readJSON(ctx context.Context, f *lists.File, m *mapper) error {
	data, err := table.Text(f)
	if err != nil {
		return err
	}
	r := &jsonReader{file: f.Name, data: data, decoder: json.NewDecoder(bytes.NewReader(data)), mapper: m}
	if err := r.expect('{'); err != nil {
		return err
	}
	found := false
	for r.decoder.More() {
		key, err := r.decoder.Token()
		if err != nil {
			return r.fault(err)
		}
		switch key {
		case "results":
			found = true
			err = r.results(ctx)
		case "sources_used":
			err = r.sources()
		default:
			var skipped json.RawMessage
			err = r.fault(r.decoder.Decode(&skipped))
		}
		if err != nil {
			return err
		}
	}
	if err := r.expect('}'); err != nil {
		return err
	}
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return r.at("something follows the end of the list")
	}
	if !found {
		return r.at("there is no field results with the entries: this is another document")
	}
	return nil
}

func (r *jsonReader) expect(want json.Delim) error {
	token, err := r.decoder.Token()
	if err != nil {
		return r.fault(err)
	}
	if token != want {
		return r.at("there is %v where %v is expected: this is another document", token, want)
	}
	return nil
}

// lookUp is after how many entries the context is asked whether to go on.
const lookUp = 2048

func (r *jsonReader) results(ctx context.Context) error {
	if err := r.expect('['); err != nil {
		return err
	}
	var rec record
	for r.decoder.More() {
		if r.entries%lookUp == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		r.entries++
		if err := r.entry(&rec); err != nil {
			return r.fault(err)
		}
		if rec.name == "" {
			return r.at("entry %d has no name", r.entries)
		}
		r.mapper.add(&rec)
	}
	return r.expect(']')
}

// entry reads the next entry. One that has other types of fields is read once more in the slower way.
func (r *jsonReader) entry(rec *record) error {
	start := r.decoder.InputOffset()
	var quick object[string, []string]
	err := r.decoder.Decode(&quick)
	if err == nil {
		quick.record(rec)
		return nil
	}
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return err
	}
	var slow object[text, texts]
	if err := json.Unmarshal(bytes.TrimLeft(r.data[start:r.decoder.InputOffset()], ", \t\r\n"), &slow); err != nil {
		return err
	}
	slow.record(rec)
	return nil
}

// sources reads when the lists were last updated. The latest day is that of the whole.
func (r *jsonReader) sources() error {
	var used []sourceUsed
	if err := r.decoder.Decode(&used); err != nil {
		return r.fault(err)
	}
	for _, s := range used {
		if day := features.Day(s.Updated); len(day) == len("2006-01-02") {
			r.mapper.edition.AsOf = max(r.mapper.edition.AsOf, day)
		}
	}
	return nil
}

// fault turns what the decoder says into words; nil stays nil.
func (r *jsonReader) fault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return r.at("the file ends within the list, after %d entries: it was probably not fetched whole", r.entries)
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return r.at("the field %s of entry %d holds a JSON %s, which it never does in this list", wrong.Field, max(1, r.entries), wrong.Value)
	}
	return r.at("entry %d is not well-formed JSON: %v", max(1, r.entries), err)
}

// at is a fault where the decoder stands.
func (r *jsonReader) at(format string, values ...any) error {
	offset := min(r.decoder.InputOffset(), int64(len(r.data)))
	return &lists.Fault{File: r.file, Line: bytes.Count(r.data[:offset], []byte{'\n'}) + 1, Detail: fmt.Sprintf(format, values...)}
}

func trim[T ~string](t T) string { return strings.TrimSpace(string(t)) }

// trimmed drops what is blank and the blanks around the rest.
func trimmed[L ~[]string](list L) []string {
	kept := list[:0]
	for _, one := range list {
		if one = strings.TrimSpace(one); one != "" {
			kept = append(kept, one)
		}
	}
	return kept
}

func (o *object[T, L]) record(r *record) {
	*r = record{
		id: trim(o.ID), source: trim(o.Source), number: trim(o.Number), kind: trim(o.Kind), name: trim(o.Name), title: trim(o.Title), country: trim(o.Country),
		notice: trim(o.Notice), start: trim(o.Start), end: trim(o.End), order: trim(o.Order), requirement: trim(o.Requirement), policy: trim(o.Policy),
		callSign: trim(o.CallSign), vessel: trim(o.Vessel), tonnage: trim(o.Tonnage), gross: trim(o.Gross), flag: trim(o.Flag), owner: trim(o.Owner),
		remarks: trim(o.Remarks), listURL: trim(o.ListURL), informationURL: trim(o.InfoURL),
		programs: trimmed(o.Programs), names: trimmed(o.Names), citizenships: trimmed(o.Citizenships), nationalities: trimmed(o.Nationalities), births: trimmed(o.Births), birthplaces: trimmed(o.Birthplaces),
		addresses: r.addresses[:0], numbers: r.numbers[:0],
	}
	if r.id == "" {
		r.id = trim(o.OldID)
	}
	if r.kind == "" {
		r.kind = trim(o.OldKind)
	}
	for i := range o.Addresses {
		r.addresses = append(r.addresses, o.Addresses[i].address())
	}
	for _, n := range o.Numbers {
		r.numbers = append(r.numbers, numbered{trim(n.Type), trim(n.Number), trim(n.Country)})
	}
}

func (a *objectAddress[T]) address() address {
	var parts []string
	for _, part := range [...]T{a.Address, a.City, a.State, a.Long, a.Code, a.Country} {
		if part := trim(part); part != "" {
			parts = append(parts, part)
		}
	}
	return address{text: strings.Join(parts, ", "), country: trim(a.Country)}
}
