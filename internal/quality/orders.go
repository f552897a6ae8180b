package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/interdict/interdict/internal/documents"
	"github.com/interdict/interdict/screening"
)

// orderLabel is what should become of one document: of the whole, and of each line.
type orderLabel struct {
	file   string
	seller string // what the caller's profile says
	whole  rowLabel
	lines  []rowLabel
}

type rowLabel struct {
	line, reason string
	accepted     []string // the first is what is expected
}

// The columns of labels.tsv.
const (
	labelFile = iota
	_
	_
	labelLine
	_
	_
	labelExpected
	labelGate
	labelAlso
	labelReason
	_
	_
	_
	labelProfile
	labelColumns
)

// orders: a folder of documents with labels.tsv, a row a document (line *) and a row a line.
func (e *evaluator) orders(ctx context.Context, file string) (result, error) {
	r := result{set: "orders"}
	labels, err := readOrderLabels(file)
	if err != nil {
		return r, err
	}
	for _, l := range labels {
		if match, err := filepath.Match(cmp.Or(e.only, "*"), l.file); err != nil || !match {
			continue
		}
		if err := e.document(ctx, &r, filepath.Dir(file), &l); err != nil {
			return r, fmt.Errorf("%s: %w", l.file, err)
		}
	}
	return r, nil
}

func readOrderLabels(file string) ([]orderLabel, error) {
	var out []orderLabel
	return out, eachRow(file, labelColumns, func(row []string) error {
		if len(out) == 0 || out[len(out)-1].file != row[labelFile] {
			out = append(out, orderLabel{file: row[labelFile]})
		}
		l := &out[len(out)-1]
		if seller, ok := strings.CutPrefix(row[labelProfile], "seller_country="); ok {
			l.seller = seller
		}
		one := rowLabel{line: row[labelLine], reason: row[labelReason], accepted: []string{row[labelExpected]}}
		if row[labelLine] == "*" {
			one.accepted[0] = row[labelGate]
		}
		if row[labelAlso] != "" {
			one.accepted = append(one.accepted, strings.Split(row[labelAlso], "|")...)
		}
		if row[labelLine] == "*" {
			l.whole = one
		} else {
			l.lines = append(l.lines, one)
		}
		return nil
	})
}

const rejected = "reject"

// document screens one document and compares.
func (e *evaluator) document(ctx context.Context, r *result, folder string, l *orderLabel) error {
	data, err := os.ReadFile(filepath.Join(folder, l.file)) //nolint:gosec // the caller names the folder
	if err != nil {
		return err
	}
	read, err := e.reader.Decode(ctx, data, documents.Hints{FileName: l.file})
	var refused *documents.Error
	if errors.As(err, &refused) {
		e.compare(r, l, &l.whole, rejected, refused.Error())
		return nil
	}
	if err != nil {
		return err
	}
	whole, explained := screening.Undetermined, ""
	var lines []lineAnswer
	for _, o := range read.Orders {
		o.ReceivedAt = e.now
		o.Assumed = screening.Background{SellerCountry: cmp.Or(l.seller, "US"), OwnerCountry: "US"}
		v, err := e.screener.Screen(ctx, o)
		if err != nil {
			return err
		}
		whole = max(whole, v.Decision)
		explained += explainedBy(&v)
		for i := range o.Lines {
			lines = append(lines, lineAnswer{o.Lines[i].ID, v.Subjects[i].Decision})
		}
	}
	e.compare(r, l, &l.whole, whole.String(), explained)
	if len(lines) != len(l.lines) {
		r.misses = append(r.misses, miss{"lines", l.file, strconv.Itoa(len(l.lines)) + " lines", strconv.Itoa(len(lines))})
	}
	for i := range l.lines {
		e.compareLine(r, l, i, lines)
	}
	return nil
}

type lineAnswer struct {
	id       string
	decision screening.Decision
}

// compareLine finds the line by its number, else by its place.
func (e *evaluator) compareLine(r *result, l *orderLabel, i int, lines []lineAnswer) {
	want := &l.lines[i]
	at := slices.IndexFunc(lines, func(a lineAnswer) bool { return a.id == want.line })
	if at < 0 && i < len(lines) {
		at = i
	}
	got := "no line"
	if at >= 0 {
		got = lines[at].decision.String()
	}
	right := slices.Contains(want.accepted, got)
	r.add("lines right", true, right)
	if !right {
		r.misses = append(r.misses, miss{"line", l.file + " line " + want.line + ": " + want.reason, strings.Join(want.accepted, " or "), got})
	}
}

func (e *evaluator) compare(r *result, l *orderLabel, want *rowLabel, got, explained string) {
	right := slices.Contains(want.accepted, got)
	r.add("orders right", true, right)
	r.add("wrongly cleared", false, got == screening.Clear.String() && !right)
	if !right {
		r.misses = append(r.misses, miss{"order", l.file + ": " + want.reason, strings.Join(want.accepted, " or "), got + " " + explained})
	}
}

// explainedBy names what made a verdict worse than clear.
func explainedBy(v *screening.Verdict) string {
	var out strings.Builder
	for _, f := range v.Findings {
		if f.Outcome > screening.Clear {
			fmt.Fprintf(&out, " [%s %s %s %v]", f.Subject, f.Rule, f.Reason, f.Missing)
		}
	}
	for _, p := range v.Problems {
		fmt.Fprintf(&out, " {%s %s %s: %s}", p.Code, p.Pointer, p.Source, p.Detail)
	}
	return out.String()
}
