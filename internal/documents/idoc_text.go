package documents

import (
	"regexp"
	"strings"
)

// idocMarks are the marks of SAPscript inside a line: changes of type, and what keeps a sign from being read as a mark.
var idocMarks = regexp.MustCompile(`<\(>|<\)>|</>|</?[A-Z][A-Z0-9]?>`)

// idocHoldsText tells a segment with text lines, or with segments that have them: E1EDKT1, E1EDPT1, E1TXTH8 and the
// like, and those that a firm made.
func idocHoldsText(s *node) bool {
	if s.alike["TDLINE"] > 0 {
		return true
	}
	for _, c := range s.children {
		if c.alike["TDLINE"] > 0 {
			return true
		}
	}
	return false
}

// idocText joins the lines of a text. The format of a line says how it follows the one before: = at once, a blank after
// a blank, all else on a new line.
func idocText(s *node) value {
	var text strings.Builder
	s.each(func(n *node) {
		formats := n.all("TDFORMAT")
		for i, line := range n.all("TDLINE") {
			format := ""
			if i < len(formats) {
				format = strings.TrimSpace(formats[i].own)
			}
			switch strings.TrimPrefix(format, "(") {
			case "=":
			case "":
				text.WriteByte(' ')
			default:
				text.WriteByte('\n')
			}
			text.WriteString(strings.Trim(line.own, "\r\n\t"))
		}
	})
	return value{idocMarks.ReplaceAllString(text.String(), ""), s.path()}
}

// idocMayRepeat are the fields of which a segment may have several.
var idocMayRepeat = map[string]bool{"TDLINE": true, "TDFORMAT": true}

// idocCodes are fields that hold a code or a number, or that are read elsewhere. All others are text that is judged.
var idocCodes = sapSet(`ACTION ALCKZ BELNR BSART CREDAT CRETIM CURCY DATUM EDATU EIGENUINR GEWEI HWAER IDDAT IDTNR
	IHREZ KOEIN KSCHL KUNDEUINR LGORT LKOND LPRIO LPRIO_BEZ MATNR MATNR_EXTERNAL MATNR_LONG MEAUN MEINS MENEE MENGE
	MWSKZ ORGID PARVW PEINH PMENE POSEX PSTYP PSTYV QUALF QUALP QUALZ ROUTE ROUTE_BEZ SPRAS SPRAS_ISO SUMID TDFORMAT
	TDID TDLINE TDOBJECT TDOBNAME TSSPRAS TSSPRAS_ISO TXJCD UZEIT VPREI VSART_BEZ VSTEL WERKS ZTERM
	CCINS CCNUM CCNAME BANKN IBAN PASSWORD`)

// idocWords adds the text of a segment that has no place of its own. It returns how many pieces there were.
func idocWords(s *node, t sapTexts) int {
	found := 0
	if own := s.text(); len(s.children) > 0 && own.text != "" {
		t.add(own)
		found++
	}
	for _, c := range s.children {
		if len(c.children) > 0 || idocCodes[c.name] || strings.HasSuffix(c.name, "GUID") {
			continue
		}
		if v := c.text(); sapWords(v.text) {
			t.add(v)
			found++
		}
	}
	return found
}
