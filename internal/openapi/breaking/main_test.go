package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	baseline = "../../../docs/openapi-baseline.json"
	current  = "../../../docs/openapi.json"
)

// What a release promised holds until the next major one.
func TestNothingIsBroken(t *testing.T) {
	found, err := breaks(baseline, current)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range found {
		t.Errorf("breaks clients of the baseline: %s", change)
	}
}

// Planted breakages are found, harmless changes are not.
func TestPlantedChanges(t *testing.T) {
	text, err := os.ReadFile(current)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, old, changed string
		breaks             bool
	}{
		{"the same", "", "", false},
		{"a call renamed", `"/v1/screen/vendor"`, `"/v1/screen/supplier"`, true},
		{"a member of an answer renamed", `"days_after_cutoff"`, `"days_late"`, true},
		{"a member of a request renamed", `"manufacturer_part"`, `"mpn"`, true},
		{"another type of an answer", `"summary": {
            "type": "string"`, `"summary": {
            "type": "integer"`, true},
		{"another sentence", "May one deal with this company or person?", "May one?", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			planted := string(text)
			if tt.old != "" {
				if !strings.Contains(planted, tt.old) {
					t.Fatalf("the description does not hold %s", tt.old)
				}
				planted = strings.ReplaceAll(planted, tt.old, tt.changed)
			}
			file := filepath.Join(t.TempDir(), "planted.json")
			if err := os.WriteFile(file, []byte(planted), 0o600); err != nil {
				t.Fatal(err)
			}
			found, err := breaks(current, file)
			if err != nil {
				t.Fatal(err)
			}
			if got := len(found) > 0; got != tt.breaks {
				t.Errorf("got %d breakages %q, want any: %v", len(found), found, tt.breaks)
			}
		})
	}
}
