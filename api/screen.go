package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/screening"
)

// noun is what one call screens: how its body is read as an order, and where a value of the order stands in the body.
type noun struct {
	decode    func(body []byte) (screening.Order, error)
	inBody    func(o *screening.Order, pointer string) string // nil: the body is the order
	documents bool                                            // it comes in other formats too
}

const (
	mediaJSON   = "application/json"
	mediaNDJSON = "application/x-ndjson"
)

// screen answers one screening call: a JSON object with one verdict, NDJSON with one verdict or problem a line.
func (s *Server) screen(c echo.Context, n noun) error {
	stated, err := s.background(c.QueryParams(), n.documents)
	if err != nil {
		return err
	}
	body, err := readBody(c.Request())
	if err != nil {
		return err
	}
	media, forced := mediaOf(c.Request(), body), c.QueryParam(formatParameter)
	switch {
	case forced != "" && forced != canonicalFormat && n.documents:
		return s.screenDocument(c, body, stated)
	case media == mediaNDJSON:
		return s.screenLines(c, body, n, stated)
	case media == mediaJSON:
		v, err := s.one(c.Request().Context(), body, n, stated)
		if err != nil && n.documents && forced == "" {
			return s.orJSONDocument(c, body, stated, err)
		}
		if err != nil {
			return err
		}
		return writeText(c, v, AppendVerdict)
	case n.documents && forced == "":
		return s.screenDocument(c, body, stated)
	}
	return &InputError{Status: http.StatusUnsupportedMediaType, Detail: "This is no format that is read here. Send one JSON object as application/json, or objects line by line as application/x-ndjson."}
}

// one screens one object.
func (s *Server) one(ctx context.Context, body []byte, n noun, stated screening.Background) (*Verdict, error) {
	order, err := n.decode(body)
	if err != nil {
		return nil, err
	}
	if err := CheckPlaces(&order, s.catalogue().Places()); err != nil {
		return nil, n.located(&order, err)
	}
	return s.judged(ctx, &order, stated)
}

// located turns the pointers of a refusal from the order into the body that the caller sent.
func (n noun) located(o *screening.Order, err error) error {
	var input *InputError
	if n.inBody != nil && errors.As(err, &input) {
		for i := range input.Fields {
			input.Fields[i].Pointer = n.inBody(o, input.Fields[i].Pointer)
		}
	}
	return err
}

// screenLines screens an NDJSON body. The whole body is read before the first answer, so that a client may send all
// before it reads. Each line has its own answer; a bad one does not change the others.
func (s *Server) screenLines(c echo.Context, body []byte, n noun, stated screening.Background) error {
	lines, err := splitLines(body)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentType, mediaNDJSON)
	c.Response().WriteHeader(http.StatusOK)
	for _, line := range lines {
		if err := s.writeLine(c, line, n, stated); err != nil {
			return err
		}
	}
	return nil
}

// ndLine is one line of an NDJSON body with its number.
type ndLine struct {
	number int
	text   []byte
}

// splitLines returns the lines that hold anything; an empty line is no question.
func splitLines(body []byte) ([]ndLine, error) {
	var out []ndLine
	number := 0
	for line := range bytes.Lines(body) {
		number++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		out = append(out, ndLine{number, line})
		if len(out) > MaxLines {
			return nil, tooManyLines(bytes.Count(body, []byte("\n")))
		}
	}
	if len(out) == 0 {
		return nil, malformed("The body is empty. Send one JSON object a line.")
	}
	return out, nil
}

func (s *Server) writeLine(c echo.Context, line ndLine, n noun, stated screening.Background) error {
	text, _ := texts.Get().(*[]byte)
	defer texts.Put(text)
	v, err := s.contained(c, line.text, n, stated)
	if err != nil {
		p := problemFor(err, "urn:interdict:request:"+c.Response().Header().Get(echo.HeaderXRequestID))
		p.Line, p.Reference = line.number, referenceOf(line.text)
		if p.Status >= http.StatusInternalServerError {
			s.cfg.Log.Error("line failed", "line", line.number, "error", err)
		}
		if *text, err = json.Marshal(p, json.Deterministic(true)); err != nil {
			return fmt.Errorf("writing line %d: %w", line.number, err)
		}
	} else {
		v.Line = line.number
		*text = AppendVerdict((*text)[:0], v)
	}
	*text = append(*text, '\n')
	_, err = c.Response().Write(*text)
	return err
}

// contained screens one line. A panic ends that line and no other.
func (s *Server) contained(c echo.Context, text []byte, n noun, stated screening.Background) (v *Verdict, err error) {
	defer func() {
		if value := recover(); value != nil {
			s.logPanic(c, value)
			v, err = nil, errPanicked
		}
	}()
	return s.one(c.Request().Context(), text, n, stated)
}

// referenceOf reads a refused object's reference, so that its sender can find it. It reads no further than it must and
// gives up on anything that is not plain.
func referenceOf(object []byte) string {
	dec := jsontext.NewDecoder(bytes.NewReader(object))
	if tok, err := dec.ReadToken(); err != nil || tok.Kind() != '{' {
		return ""
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return ""
		}
		if name.String() != "reference" {
			if dec.SkipValue() != nil {
				return ""
			}
			continue
		}
		if value, err := dec.ReadToken(); err == nil && value.Kind() == '"' {
			return value.String()
		}
		return ""
	}
	return ""
}

func tooManyLines(n int) error {
	return &InputError{
		Status: http.StatusRequestEntityTooLarge,
		Detail: fmt.Sprintf("The body has %d lines; a call takes %d at most. Split it.", n, MaxLines),
	}
}

// readBody reads a body up to the limit.
func readBody(r *http.Request) ([]byte, error) {
	tooLarge := &InputError{
		Status: http.StatusRequestEntityTooLarge,
		Detail: fmt.Sprintf("The body is over %d MB, the most that a call takes. Split it.", MaxBody>>20),
	}
	if r.ContentLength > MaxBody {
		return nil, tooLarge
	}
	var b bytes.Buffer
	if r.ContentLength > 0 {
		b.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	_, err := b.ReadFrom(io.LimitReader(r.Body, MaxBody+1))
	switch {
	case err != nil && errors.Is(err, context.Canceled):
		return nil, err
	case err != nil:
		return nil, malformed("The body could not be read to its end.")
	case b.Len() > MaxBody:
		return nil, tooLarge
	}
	return b.Bytes(), nil
}

// mediaOf tells the format from the content; the content type is a hint that tells NDJSON from a single object.
func mediaOf(r *http.Request, body []byte) string {
	media, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err == nil && (media == mediaNDJSON || media == "application/ndjson" || media == "application/jsonl") {
		return mediaNDJSON
	}
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if len(trimmed) == 0 || media == mediaJSON || strings.HasSuffix(media, "+json") || trimmed[0] == '{' || trimmed[0] == '[' {
		return mediaJSON
	}
	return ""
}

// background reads the query parameters that stand where a body is silent. Where documents are taken, their format may
// be named too.
func (s *Server) background(q url.Values, documented bool) (screening.Background, error) {
	var b screening.Background
	var r reader
	for name, values := range q {
		if name == formatParameter && documented {
			continue
		}
		if len(values) != 1 {
			r.refuse("?"+name, "stands more than once")
			continue
		}
		r.parameter(&b, s.catalogue().Places(), name, values[0])
	}
	if len(r.invalid) > 0 {
		return b, malformed("The query is not one that this call takes.", r.invalid...)
	}
	return b, nil
}

func (r *reader) parameter(b *screening.Background, places *screening.Places, name, value string) {
	switch name {
	case "seller_country", "owner_country":
		country, ok := places.Country(value)
		if !ok {
			r.refuse("?"+name, fmt.Sprintf("%q is not a country", value))
		}
		if name == "seller_country" {
			b.SellerCountry = country
		} else {
			b.OwnerCountry = country
		}
	case "zone":
		zone, err := time.LoadLocation(value)
		if err != nil || value == "" || value == "Local" {
			r.refuse("?"+name, fmt.Sprintf("%q is not an IANA time zone such as America/Chicago", value))
			return
		}
		b.Zone = zone
	case "received_at":
		t, err := time.Parse(time.RFC3339, value)
		if err != nil {
			r.refuse("?"+name, fmt.Sprintf("%q is not an instant with offset (RFC 3339)", value))
		}
		b.ReceivedAt = t
	case "activity":
		b.Activity = word(r, "?"+name, value, screening.Activities[:])
	case "sector":
		b.Sector = word(r, "?"+name, value, screening.Sectors[:])
	default:
		r.refuse("?"+name, "unknown parameter: want seller_country, owner_country, zone, received_at, activity or sector")
	}
}

// CheckPlaces refuses countries that do not exist. An unknown country would leave open whether US law applies.
func CheckPlaces(o *screening.Order, places *screening.Places) error {
	var r reader
	check := func(pointer, country string) {
		if _, ok := places.Country(country); country != "" && !ok {
			r.refuse(pointer, fmt.Sprintf("%q is not a country: want ISO 3166-1, such as US, or an English name", country))
		}
	}
	parties := func(base string, all []screening.Party) {
		for i := range all {
			at := fmt.Sprintf("%s/%d", base, i)
			check(at+"/country", all[i].Country)
			check(at+"/nationality", all[i].Nationality)
		}
	}
	parties("/parties", o.Parties)
	for i := range o.Lines {
		parties(fmt.Sprintf("/lines/%d/parties", i), o.Lines[i].Parties)
	}
	return r.err()
}

// texts are for answers being written.
var texts = sync.Pool{New: func() any { return new([]byte) }}

// largestKept is the size from which the memory of an answer is given back.
const largestKept = 64 << 10

// writeText writes a value as a whole, with its length.
func writeText[T any](c echo.Context, v *T, appendTo func([]byte, *T) []byte) error {
	text, _ := texts.Get().(*[]byte)
	*text = appendTo((*text)[:0], v)
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, mediaJSON)
	header.Set(echo.HeaderContentLength, strconv.Itoa(len(*text)))
	c.Response().WriteHeader(http.StatusOK)
	_, err := c.Response().Write(*text)
	if cap(*text) <= largestKept {
		texts.Put(text)
	}
	return err
}

// writeJSON writes a value in stable order.
func writeJSON(c echo.Context, status int, media string, v any) error {
	c.Response().Header().Set(echo.HeaderContentType, media)
	c.Response().WriteHeader(status)
	return json.MarshalWrite(c.Response(), v, json.Deterministic(true))
}
