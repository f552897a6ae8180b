// Package features reads what OFAC's lists say of an entry: numbers by their labels, days, countries and websites. The
// Consolidated Screening List uses the same words.
package features

import "strings"

// kinds gives, line by line, the types of number that a label stands for and the labels themselves. A number that a
// country calls by a name of its own has that name too, since callers know it by that.
const kinds = `
passport: Passport|Diplomatic Passport|U.S.A. Passport|British National Overseas Passport|Service Passport|Official Passport|Stateless Person Passport
travel_document: Travel Document Number|Refugee ID Card|Seaman's Book|VisaNumberID|SRE Permit No.
national_id: National ID No.|National Foreign ID Number|Personal ID Card|Citizen's Card Number|Kenyan ID No.|Bosnian Personal ID No.|Moroccan Personal ID No.|Turkish Identification Number|UAE Identification|Emirati Identification Number|Numero de Identidad|I.F.E.|LE Number|Tazkira National ID Card|C.U.I.|Residency Number|Identity Card No.|Cartilla de Servicio Militar Nacional|C.U.I.P.|Stateless Person ID Card|Personal Identification No.
national_id ssn: SSN
national_id cedula: Cedula No.|Cedula de Ciudadania|Cedula de Residencia
national_id curp: C.U.R.P.
national_id dni: D.N.I.
national_id birth_certificate: Birth Certificate Number|Birth Certificate No.
identification: Identification Number|Serial No.|Permit Number|Afghan Money Service Provider License Number
driving_licence: Driver's License No.
pilot_licence: Pilot License Number
voter_id: Electoral Registry No.|Credencial electoral|Credencial electoral No.
military_id: Military Registration Number
immigration: Immigration No.|Public Security and Immigration No.
tax_id: Tax ID No.|Italian Fiscal Code|Paraguayan tax identification number|C.U.I.T.|C.I.F.|RTN|Numero Unico de Identificacao Tributaria (NUIT)|Fiscal Code|Tax Card Number|Romanian Tax Registration
tax_id rfc: R.F.C.|RFC
tax_id nit: NIT
tax_id ruc: RUC
tax_id rif: RIF
tax_id ein: US FEIN
tax_id vat: V.A.T. Number
registration: Registration Number|Registration ID|Business Registration Number|Business Registration Document|Company Number|UK Company Number|Commercial Registry Number|Chamber of Commerce Number|Dubai Chamber of Commerce Membership No.|Istanbul Chamber of Comm. No.|Central Registration System Number|Economic Register Number (CBLS)|Trade License No.|C.R. No.|Romanian C.R.|Folio Mercantil No.|Matricula Mercantil No|Public Registration Number|Enterprise Number|Business Number|Branch Unit Number|Certificate of Incorporation Number|Registered Charity No.|File Number|Organization Code|Tourism License No.|Bulstat Registration Number|Company ID|Corporate Registration Number|Legal Entity Registration Number
registration uscc: Unified Social Credit Code (USCC)|United Social Credit Code Certificate (USCCC)|Unified Social Credit Code
gazette okpo: Government Gazette Number
licence: License
lei: Legal Entity Number
duns: D-U-N-S Number
swift: SWIFT/BIC
bik: BIK (RU)|BIK
isin: ISIN
ticker: Equity Ticker
imo: Vessel Registration Identification IMO|Identification Number IMO|IMO
imo_company: Company Number IMO
vessel_registration: Vessel Registration Identification
mmsi: MMSI
call_sign: Other Vessel Call Sign|Vessel Call Sign
aircraft_tail: Aircraft Tail Number|Previous Aircraft Tail Number
aircraft_serial: Aircraft Manufacturer's Serial Number (MSN)|Aircraft Construction Number (also called L/N or S/N or F/N)|Aircraft Serial Identification
aircraft_mode_s: Aircraft Mode S Transponder Code
email: Email Address|Email
website: Website
phone: Phone Number|Telephone No.|Telephone|Tel.
digital_currency: Digital Currency Address
chinese_commercial_code: Chinese Commercial Code
`

// label is what OFAC writes before a number.
type label struct {
	text  string
	types []string
}

// labels holds every label by its first word, longer ones first.
var labels = readKinds(kinds)

func readKinds(text string) map[string][]label {
	byWord := map[string][]label{}
	for line := range strings.Lines(strings.TrimSpace(text)) {
		types, names, _ := strings.Cut(line, ":")
		for name := range strings.SplitSeq(strings.TrimSpace(names), "|") {
			word, _, _ := strings.Cut(name, " ")
			byWord[word] = insert(byWord[word], label{name, strings.Fields(types)})
		}
	}
	return byWord
}

func insert(sorted []label, l label) []label {
	at := 0
	for at < len(sorted) && len(sorted[at].text) >= len(l.text) {
		at++
	}
	sorted = append(sorted, label{})
	copy(sorted[at+1:], sorted[at:])
	sorted[at] = l
	return sorted
}

// CutLabel parts a text such as "Tax ID No. 123 (Russia)" behind its label and returns the types of number that the
// label stands for with the rest. Types are none where the text begins with no label of a number.
func CutLabel(text string) (types []string, rest string) {
	word, _, _ := strings.Cut(text, " ")
	word = strings.TrimSuffix(word, ":")
	for _, l := range labels[word] {
		if after, ok := strings.CutPrefix(text, l.text); ok && (after == "" || after[0] == ' ' || after[0] == ':') {
			return l.types, strings.TrimLeft(after, " :#-")
		}
	}
	return nil, text
}

// Number is a number that a text gives, with the country that it is of as the text calls it.
type Number struct {
	Value   string
	Country string
}

// ReadNumber reads a text such as "HRA 738077 (Stuttgart) (Germany) issued 14 Dec 2005 expires 2010". A text without
// any digit or letter outside brackets is no number.
func ReadNumber(text string) Number {
	for _, word := range [...]string{" issued ", " expires "} {
		if before, _, ok := strings.Cut(" "+text+" ", word); ok {
			text = before
		}
	}
	text = strings.Trim(text, " .,")
	var n Number
	for strings.HasSuffix(text, ")") {
		open := strings.LastIndexByte(text, '(')
		if open <= 0 {
			break
		}
		if n.Country == "" {
			n.Country = text[open+1 : len(text)-1]
		}
		text = strings.TrimSpace(text[:open])
	}
	n.Value = strings.TrimRight(text, " .,")
	return n
}
