package documents

import (
	"strings"

	"github.com/interdict/interdict/screening"
)

// x12Sets names the transaction sets that come on the same pipe as orders (element 143).
var x12Sets = map[string]string{
	"810": "an invoice", "812": "a credit or debit adjustment", "816": "an organisation list", "820": "a payment order",
	"824": "an application advice", "830": "a planning schedule", "832": "a price catalogue", "840": "a request for quotation",
	"843": "a quotation", "844": "a product transfer adjustment", "846": "an inventory advice", "849": "a product transfer response",
	"850": "a purchase order", "852": "product activity data", "855": "an order acknowledgement", "856": "a ship notice",
	"857": "a shipment and billing notice", "860": "a change of an order", "861": "a receiving advice", "862": "a shipping schedule",
	"864": "a text message", "865": "an acknowledgement of a change", "867": "a resale report", "869": "an order status inquiry",
	"870": "an order status report", "875": "a grocery order", "880": "a grocery invoice", "940": "a warehouse shipping order",
	"943": "a warehouse transfer", "944": "a warehouse receipt", "945": "a warehouse shipping advice", "180": "a return authorisation",
	"997": "a functional acknowledgement", "999": "an implementation acknowledgement",
}

// x12Tags are the segments that stand in orders and their envelopes: what may begin behind a lost terminator.
var x12Tags = x12TagSet(`ISA IEA GS GE ST SE TA1
	BEG BCH NTE CUR REF PER TAX FOB CTP PAM CSH SAC ITA ITD DIS INC DTM LDT LIN SI PID MEA PWK PKG TD1 TD5 TD3 TD4 MAN PCT CTB TXI
	LS LE LM LQ AMT FA1 FA2 IN1 N1 N2 N3 N4 NX1 NX2 NX9 EFI N9 MSG MTX G53 SPI CN1 CB1 IN2 RRA
	PO1 POC PO3 PO4 IT3 IT8 QTY SCH SDQ SLN ADV PDL PDR TC2 CTT RST VC YNQ`)

func x12TagSet(list string) map[string]bool {
	tags := map[string]bool{}
	for _, tag := range strings.Fields(list) {
		tags[tag] = true
	}
	return tags
}

// x12Roles are the roles of parties (element 98). Who is not here is an intermediary: judged, and no side of the deal.
var x12Roles = map[string][]screening.Role{
	"BY": {screening.Buyer}, "OB": {screening.Buyer}, "SO": {screening.Buyer}, "LW": {screening.Buyer}, "PD": {screening.Buyer},
	"IM": {screening.Buyer}, "SD": {screening.Buyer, screening.ShipTo}, "BS": {screening.BillTo, screening.ShipTo},
	"BT": {screening.BillTo}, "PR": {screening.BillTo}, "RM": {screening.BillTo}, "PO": {screening.BillTo}, "15": {screening.BillTo},
	"ST": {screening.ShipTo}, "CN": {screening.ShipTo}, "CD": {screening.ShipTo}, "CE": {screening.ShipTo}, "DA": {screening.ShipTo},
	"AE": {screening.ShipTo}, "SN": {screening.ShipTo}, "RC": {screening.ShipTo}, "UP": {screening.ShipTo},
	"EN": {screening.EndUser}, "UC": {screening.EndUser}, "UK": {screening.EndUser}, "MA": {screening.EndUser}, "Z7": {screening.EndUser},
	"IA": {screening.EndUser}, "IT": {screening.EndUser}, "RQ": {screening.EndUser}, "XT": {screening.EndUser},
	"SE": {screening.Seller}, "SU": {screening.Seller}, "VN": {screening.Seller}, "EV": {screening.Seller},
	"MF": {screening.Manufacturer}, "ZE": {screening.Manufacturer}, "42": {screening.Manufacturer},
	"RE": {screening.Payee}, "RI": {screening.Payee}, "PE": {screening.Payee}, "8W": {screening.Payee}, "87": {screening.Payee},
}

// x12ShipFrom are parties that send the goods. Where nobody else sells, that is the seller.
var x12ShipFrom = map[string]bool{"SF": true, "SH": true}

// x12Schemes are the kinds of a party's number (element 66). An empty one is not kept: it is a person's, a telephone's
// or a place's.
var x12Schemes = map[string]string{
	"1": "duns", "9": "duns", "UL": "gln", "2": "scac", "10": "dodaac", "M4": "dodaac", "33": "cage", "15": "san", "20": "splc", "21": "hin",
	"24": "tax_id", "FI": "tax_id", "91": "own", "92": "own", "93": "own", "94": "own", "25": "own", "ZZ": "own", "": "own",
	"12": "", "16": "", "34": "", "43": "", "35": "", "40": "", "SY": "",
}

// x12PartyRefs are the numbers of a party that stand in a REF of its loop (element 128).
var x12PartyRefs = map[string]string{"TJ": "tax_id", "EI": "tax_id", "VX": "vat", "GT": "gst"}

// x12ContractRefs are the references that name a contract (element 128).
var x12ContractRefs = map[string]bool{"CT": true, "GC": true, "1": true}

// What an item's number is (element 235).
const (
	x12SellersPart = iota + 1
	x12OtherPart   // of nobody in particular
	x12BuyersPart
	x12MakersPart
	x12Maker
	x12GTIN
	x12Description
	x12Class
)

// x12Items are the numbers of an item that a line may state. A qualifier that is not here makes its number text.
var x12Items = map[string]int{
	"VP": x12SellersPart, "VN": x12SellersPart, "VC": x12SellersPart, "VA": x12SellersPart, "VS": x12SellersPart, "SK": x12SellersPart,
	"VU": x12SellersPart, "ST": x12OtherPart, "PN": x12OtherPart, "MN": x12OtherPart, "SW": x12OtherPart, "F1": x12OtherPart,
	"AV": x12OtherPart, "IB": x12OtherPart, "OE": x12OtherPart, "ZZ": x12OtherPart,
	"BP": x12BuyersPart, "IN": x12BuyersPart, "CB": x12BuyersPart, "PI": x12BuyersPart, "IT": x12BuyersPart, "EP": x12BuyersPart,
	"MG": x12MakersPart, "MF": x12Maker, "BL": x12Maker, "XQ": x12Maker,
	"UP": x12GTIN, "UI": x12GTIN, "UA": x12GTIN, "UK": x12GTIN, "UN": x12GTIN, "UD": x12GTIN, "EN": x12GTIN, "EO": x12GTIN, "GTIN": x12GTIN,
	"PD": x12Description, "GE": x12Description, "CN": x12Description,
	"CC": x12Class, "C3": x12Class, "CG": x12Class, "CH": x12Class, "HD": x12Class, "N4": x12Class, "ND": x12Class, "SZ": x12Class,
	"SV": x12Class, "UC": x12Class, "PL": x12Class, "PO": x12Class, "LT": x12Class, "SN": x12Class, "EC": x12Class, "CL": x12Class,
	"IZ": x12Class, "BO": x12Class, "VE": x12Class, "SM": x12Class, "CM": x12Class,
}

// x12Dates is what a date says of the deal (element 374).
var x12Dates = map[string]x12DateUse{
	"004": x12OrderDate, "097": x12CreationDate,
	"002": x12DeliveryDate, "010": x12DeliveryDate, "017": x12DeliveryDate, "037": x12DeliveryDate, "038": x12DeliveryDate,
	"063": x12DeliveryDate, "064": x12DeliveryDate, "065": x12DeliveryDate, "066": x12DeliveryDate, "067": x12DeliveryDate,
	"068": x12DeliveryDate, "069": x12DeliveryDate, "070": x12DeliveryDate, "071": x12DeliveryDate, "072": x12DeliveryDate,
	"073": x12DeliveryDate, "074": x12DeliveryDate, "075": x12DeliveryDate, "076": x12DeliveryDate, "077": x12DeliveryDate,
	"078": x12DeliveryDate, "079": x12DeliveryDate, "080": x12DeliveryDate, "081": x12DeliveryDate, "082": x12DeliveryDate,
	"083": x12DeliveryDate, "084": x12DeliveryDate, "085": x12DeliveryDate, "086": x12DeliveryDate, "087": x12DeliveryDate,
	"088": x12DeliveryDate, "106": x12DeliveryDate, "110": x12DeliveryDate, "118": x12DeliveryDate,
	"001": x12LastDate, "061": x12LastDate, "175": x12LastDate, "177": x12LastDate,
	"150": x12ServiceStart, "193": x12ServiceStart, "196": x12ServiceStart, "007": x12Effective,
	"151": x12ServiceEnd, "194": x12ServiceEnd, "197": x12ServiceEnd, "036": x12Expiry,
	"011": x12OtherDate, "015": x12OtherDate, "016": x12OtherDate, "018": x12OtherDate, "020": x12OtherDate, "035": x12OtherDate,
	"043": x12OtherDate, "050": x12OtherDate, "060": x12OtherDate, "090": x12OtherDate, "091": x12OtherDate, "092": x12OtherDate,
	"093": x12OtherDate, "094": x12OtherDate, "128": x12OtherDate, "129": x12OtherDate, "143": x12OtherDate, "152": x12OtherDate,
	"168": x12OtherDate, "171": x12OtherDate,
}

// x12Purposes are the purposes of a set (element 353) by which an order is called off, and those by which one is changed.
var (
	x12Cancels = map[string]bool{"01": true, "03": true}
	x12Changes = map[string]bool{"02": true, "03": true, "04": true, "05": true, "19": true, "26": true}
)

// x12Contracts are the types of an order (element 92) that make it a contract, or an order under one, of those that
// public buyers write: its number is a contract's.
var x12Contracts = map[string]bool{
	"CA": true, "CC": true, "KA": true, "KB": true, "KC": true, "KD": true, "KE": true, "KG": true, "KI": true, "KN": true, "KQ": true,
	"KR": true, "KS": true, "KT": true,
}
