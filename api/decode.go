package api

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/interdict/interdict/screening"
)

// Limits of one request body.
const (
	MaxBody    = 5 << 20 // bytes
	MaxLines   = 5000    // order lines, or objects of an NDJSON body
	MaxParties = 200     // of an order, or of one line
	maxDepth   = 32      // levels of nesting; the deepest valid order has six
	maxText    = 16 << 10
)

// decodeStrict reads exactly one JSON object into dst: no unknown or duplicate key, no wrong type, no bad UTF-8,
// nothing after the object. Every refusal is an InputError with a pointer where there is one.
func decodeStrict(body []byte, dst any) error {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	trimmed := bytes.TrimSpace(body)
	switch {
	case len(trimmed) == 0:
		return malformed("The body is empty. Send one JSON object.")
	case trimmed[0] != '{':
		return malformed("The body is not a JSON object.")
	}
	if err := checkDepth(trimmed); err != nil {
		return err
	}
	err := json.Unmarshal(trimmed, dst, json.RejectUnknownMembers(true))
	if err == nil {
		return nil
	}
	return decodeError(err)
}

// checkDepth refuses deep nesting before anything is built from it.
func checkDepth(body []byte) error {
	depth, inString := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return malformed(fmt.Sprintf("The body is nested more than %d levels deep.", maxDepth))
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

func decodeError(err error) error {
	var semantic *json.SemanticError
	var syntactic *jsontext.SyntacticError
	switch {
	case errors.As(err, &semantic):
		pointer := string(semantic.JSONPointer)
		if errors.Is(semantic.Err, json.ErrUnknownName) {
			return malformed("The body has a field that this call does not know.", FieldError{pointer, "unknown field"})
		}
		return malformed("A value has the wrong type.", FieldError{pointer, "want " + kindOf(semantic.GoType) + ", got " + jsonKind(semantic.JSONKind)})
	case errors.As(err, &syntactic):
		pointer := string(syntactic.JSONPointer)
		detail := "is not valid JSON"
		switch {
		case errors.Is(syntactic.Err, jsontext.ErrDuplicateName):
			detail = "the key stands twice"
		case strings.Contains(syntactic.Err.Error(), "UTF-8"):
			detail = "is not valid UTF-8"
		case strings.Contains(syntactic.Err.Error(), "after top-level value"):
			return malformed("There is something after the JSON object. Send one object, or NDJSON as application/x-ndjson.")
		}
		return malformed(fmt.Sprintf("The body is not valid JSON at byte %d.", syntactic.ByteOffset), FieldError{pointer, detail})
	}
	return malformed("The body is not valid JSON.")
}

func jsonKind(k jsontext.Kind) string {
	switch k {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "something else"
}

func kindOf(t reflect.Type) string {
	if t == nil {
		return "another type"
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Struct:
		return "an object"
	case reflect.Slice:
		return "an array"
	case reflect.String:
		return "a string"
	}
	return t.Kind().String()
}

// DecodeVendor reads the body of POST /v1/screen/vendor.
func DecodeVendor(body []byte) (screening.Order, error) {
	var in VendorRequest
	if err := decodeStrict(body, &in); err != nil {
		return screening.Order{}, err
	}
	return in.order()
}

// DecodeSKU reads the body of POST /v1/screen/sku.
func DecodeSKU(body []byte) (screening.Order, error) {
	var in SKURequest
	if err := decodeStrict(body, &in); err != nil {
		return screening.Order{}, err
	}
	return in.order()
}

// DecodeOrder reads the body of POST /v1/screen/order in canonical JSON.
func DecodeOrder(body []byte) (screening.Order, error) {
	var in OrderRequest
	if err := decodeStrict(body, &in); err != nil {
		return screening.Order{}, err
	}
	return in.order()
}

// DecodeAny reads one JSON object that is a vendor, a SKU or an order, told apart by its keys: lines, parties or
// ordered_at make an order; name a vendor; anything else is a SKU.
func DecodeAny(body []byte) (screening.Order, error) {
	var keys map[string]jsontext.Value
	if err := decodeStrict(body, &keys); err != nil {
		return screening.Order{}, err
	}
	has := func(names ...string) bool {
		for _, n := range names {
			if _, ok := keys[n]; ok {
				return true
			}
		}
		return false
	}
	switch {
	case has("lines", "ordered_at", "document", "contract") || has("parties") && !has("sku", "description"):
		return DecodeOrder(body)
	case has("name"):
		return DecodeVendor(body)
	}
	return DecodeSKU(body)
}

// refused is well-formed input that cannot be true.
func refused(fields []FieldError) error {
	return &InputError{Status: http.StatusUnprocessableEntity, Detail: "The body is well formed, but some values cannot be.", Fields: fields}
}
