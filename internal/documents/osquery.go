package documents

import (
	"context"
	"slices"
	"strings"

	"github.com/interdict/interdict/screening"
)

// osqueryFormat reads what osquery found installed on a host: the rows of its tables programs, deb_packages,
// rpm_packages, apps and their like, as osqueryi --json prints them. They stand bare, under the table's name in an object
// that says whose host it is, or in the result of a scheduled query.
var osqueryFormat = format{id: "osquery", name: "osquery inventory", recognise: osqueryRecognise, read: osqueryRead}

// osqueryTables are the tables of installed software, under whose names rows may have further columns.
var osqueryTables = []string{
	"programs", "deb_packages", "rpm_packages", "apps", "homebrew_packages", "python_packages", "npm_packages",
	"chocolatey_packages", "portage_packages", "chrome_extensions", "firefox_addons",
}

// osqueryLists are keys that others use too: rows under them must look like osquery's.
var osqueryLists = []string{"rows", "snapshot"}

// osqueryTelling are columns of those tables that few other programs have.
var osqueryTelling = []string{
	"install_location", "install_source", "install_date", "install_time", "uninstall_string", "identifying_number",
	"upgrade_code", "package_family_name", "package_group", "bundle_identifier", "bundle_short_version",
	"bundle_executable", "admindir", "maintainer",
}

// osqueryColumns are further columns; rows that have no others, and a version, are osquery's too.
var osqueryColumns = []string{
	"name", "version", "publisher", "vendor", "language", "release", "revision", "source", "size", "arch", "epoch",
	"status", "path", "prefix", "summary", "author", "license", "description",
}

// osqueryNever are keys of what is sold.
var osqueryNever = []string{"price", "unit_price", "quantity", "qty", "sku", "amount", "total"}

// osqueryPlain are columns that say nothing of a product.
var osqueryPlain = []string{
	"language", "install_date", "install_time", "release", "revision", "arch", "status", "section", "priority",
	"environment", "element", "compiler", "development_region", "applescript_enabled", "package_group",
	"bundle_package_type", "bundle_version", "type", "license", "minimum_system_version", "last_opened_time", "hidden",
	"admindir", "profile",
}

func osqueryRecognise(s *source) bool {
	if s.json == nil {
		return false
	}
	rows, listed := osqueryRows(s.json)
	return len(rows) > 0 || listed && osqueryAbout(s.json)
}

// osqueryRows finds the rows of a document, and whether there is a list for them, be it empty.
func osqueryRows(root *jsonValue) (rows []*jsonValue, listed bool) {
	if root.kind == '[' {
		if len(root.members) > 0 && osqueryLooks(root.members[0], false) {
			return root.members, true
		}
		return nil, false
	}
	if row := root.get("columns"); row != nil && root.has("name", "action") && row.has("name") {
		return []*jsonValue{row}, true
	}
	for i, key := range root.keys {
		list := root.members[i]
		named := slices.Contains(osqueryTables, key)
		if list.kind != '[' || !named && !slices.Contains(osqueryLists, key) {
			continue
		}
		switch {
		case len(list.members) == 0:
			listed = true
		case osqueryLooks(list.members[0], named):
			rows, listed = append(rows, list.members...), true
		}
	}
	return rows, listed
}

// osqueryLooks reports whether an object looks like a row: a name beside columns that osquery has. Under the name of a
// table there may be further ones, but none of an order: what is on sale is no inventory.
func osqueryLooks(v *jsonValue, named bool) bool {
	if !v.has("name") {
		return false
	}
	strange, telling := false, false
	for i, key := range v.keys {
		switch {
		case v.members[i].kind == '{' || v.members[i].kind == '[' || slices.Contains(osqueryNever, key):
			return false
		case slices.Contains(osqueryTelling, key):
			telling = true
		case !slices.Contains(osqueryColumns, key):
			strange = true
		}
	}
	return telling || named && v.has("publisher") || (named || !strange) && v.has("version")
}

// osqueryHostKeys name the host, in an object around the rows.
var osqueryHostKeys = []string{"host", "hostname", "hostIdentifier", "host_identifier", "computer_name"}

// osqueryAbout reports whether an object says whose host a list is of, so that an empty list is one too.
func osqueryAbout(root *jsonValue) bool {
	return slices.ContainsFunc(osqueryHostKeys, func(key string) bool { return root.has(key) })
}

func osqueryRead(ctx context.Context, s *source, c *collector) error {
	if s.json == nil {
		return jsonMissing(s, "An osquery inventory")
	}
	rows, _ := osqueryRows(s.json)
	if action := s.json.get("action").value(); action.text == "removed" {
		return &Error{
			Kind: Unsupported, At: action.source,
			Detail: "This is osquery's notice that a program was removed. Send what is installed: a snapshot, or all rows.",
		}
	}
	d := c.order()
	d.kind(screening.InventoryDocument)
	if s.json.kind == '{' {
		osqueryHost(d, s.json, rows)
	}
	for i, row := range rows {
		if err := cancelled(ctx, i); err != nil {
			return err
		}
		osqueryRow(d, row)
	}
	osqueryEmpty(d, s.json)
	return nil
}

// osqueryEmpty reports an inventory of nothing: a list that is empty may be one that was not filled.
func osqueryEmpty(d *draft, root *jsonValue) {
	if len(d.order.Lines) == 0 {
		d.problem(problemStructure, "/lines", root.at(), "The inventory lists nothing, so that there is nothing to judge. Send it with what is installed.")
	}
}

// osqueryHost reads what stands around the rows: the host, its owner, what it is used for, and when it was looked at.
func osqueryHost(d *draft, root *jsonValue, rows []*jsonValue) {
	r := osqueryObject{d: d, used: map[*jsonValue]bool{}}
	for _, row := range rows {
		r.used[row] = true
	}
	r.date(root, "collected", "collected_at", "collection_time", "timestamp", "unixTime", "calendarTime")
	r.about(root)
	r.skip(root, "name", "action", "numerics", "calendarTime", "unixTime")
	r.texts(root, func(v value) { d.set("text", v) }, []string{"username"}) // who uses the host is nobody's deal
}

// osqueryRow reads one installed program. When it was installed is not when it was bought or is used: it is no date of
// a deal.
func osqueryRow(d *draft, row *jsonValue) {
	l := d.line()
	if row.kind != '{' {
		d.problem(problemStructure, l.pointer, row.at(), "The row is no object.")
		l.text(row.value())
		return
	}
	r := osqueryObject{d: d, used: map[*jsonValue]bool{}, pointer: l.pointer}
	r.firstOf(row, []string{"name"}, func(v value) { l.more("description", v) })
	r.firstOf(row, []string{"publisher", "vendor", "maintainer", "author"}, func(v value) {
		v.text = withoutContacts(v.text)
		l.more("manufacturer", v)
	})
	r.firstOf(row, []string{"identifying_number"}, func(v value) { l.more("id", v) })
	r.firstOf(row, []string{"version", "bundle_short_version"}, func(v value) {
		if line := l.line(); line.Description+line.Manufacturer != "" { // a version of nothing says nothing
			l.text(value{"version " + v.text, v.source})
		}
	})
	r.texts(row, l.text, osqueryPlain)
}

// osqueryObject reads objects of an inventory key by key.
type osqueryObject struct {
	d       *draft
	used    map[*jsonValue]bool
	pointer string // of the line, for problems
}

// firstOf hands on the first of several keys that says something, twins included; the others stay for texts.
func (r *osqueryObject) firstOf(v *jsonValue, keys []string, take func(value)) {
	for _, key := range keys {
		found := 0
		for _, m := range mappingStep(nil, v, key) {
			if said := m.value(); said.text != "" && found < maxMappedTwins {
				found++
				r.used[m] = true
				take(said)
			}
		}
		if found > 0 {
			return
		}
	}
}

// skip leaves keys out that say nothing here.
func (r *osqueryObject) skip(v *jsonValue, keys ...string) {
	for _, key := range keys {
		for _, m := range mappingStep(nil, v, key) {
			r.used[m] = true
		}
	}
}

// date is when the inventory was taken, in any of the keys: the first that can be read.
func (r *osqueryObject) date(v *jsonValue, keys ...string) {
	var unreadable value
	for _, key := range keys {
		for _, m := range mappingStep(nil, v, key) {
			r.used[m] = true
			said := m.value()
			if said.text == "" {
				continue
			}
			as := ""
			if m.kind == '0' || strings.Trim(said.text, "0123456789") == "" && len(said.text) > len("20060102") {
				as = mappingUnix
			}
			date := readMappedDate(said, as)
			if date.readable {
				r.d.setRead("ordered_at", said, date.canonical)
				return
			}
			if unreadable.text == "" {
				unreadable = said
			}
		}
	}
	if unreadable.text != "" {
		r.d.problem(problemDate, "/ordered_at", unreadable.source,
			"%s is no date that can be read: want RFC 3339, such as 2025-04-01T00:00:00Z.", quoteShort(unreadable.text))
		r.d.setRead("ordered_at", unreadable, unreadable.text)
	}
}

// texts judges every other text of an object, and reports keys that stand twice.
func (r *osqueryObject) texts(v *jsonValue, add func(value), plain []string) {
	s := mappingScope{texts: mappingTexts{seen: map[string]bool{}, add: add}, pointer: r.pointer}
	o := mappedOrder{m: &mapping{}, d: r.d, used: r.used}
	for _, key := range plain {
		o.m.Ignore = append(o.m.Ignore, mappingGlob(key))
	}
	o.leftovers("", v, &s)
	s.texts.end()
}

// jsonMissing is the refusal of a document that was said to be JSON and is none.
func jsonMissing(s *source, what string) error {
	if s.fault != nil {
		return s.fault
	}
	return malformed("", "%s is a JSON document, and this is none.", what)
}
