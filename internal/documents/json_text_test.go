package documents

import "testing"

func TestJSONLastWord(t *testing.T) {
	for in, want := range map[string]string{
		"order_status_url": "url", "orderStatusUrl": "url", "shopID": "id", "id": "id", "admin_graphql_api_id": "id", "currency_code": "currency", "CurrencyCode": "currency",
		"code": "code", "description": "description", "recipient": "recipient", "billing phone": "phone", "E-mail:": "mail", "Schlüssel": "ssel", "": "", "_": "", "zip_code": "zip", "MD5": "d5",
	} {
		if got := jsonLastWord(in); got != want {
			t.Errorf("jsonLastWord(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestJSONTextWorthy(t *testing.T) {
	for _, c := range []struct {
		key, text string
		want      bool
	}{
		{"title", "Lamp", true},
		{"title", "лампа", true},
		{"title", "12.5", false},
		{"title", "1.5E9", false},
		{"at", "2024-09-29T04:00:00Z", false},
		{"at", "Tue, 05 Mar 2019 21:40:11 +0000", false},
		{"image", "https://x.example/a.jpg", false},
		{"ref", "gid://shopify/Order/1", false},
		{"ref", "da39a3ee5e6b4b0d3255bfef95601890afd80709", false},
		{"a", "2001:db8::1", false},
		{"on", "true", false},
		{"on", "No", false},
		{"variant_id", "abc", false},
		{"variant_id", "Lamp and shade", true},
		{"currency", "EUR", false},
		{"note", "see https://x.example", true},
	} {
		if got := jsonTextWorthy(c.key, c.text); got != c.want {
			t.Errorf("%s: %q: got %v", c.key, c.text, got)
		}
	}
}
