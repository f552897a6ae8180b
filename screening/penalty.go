package screening

import (
	"math/big"
	"strconv"
	"strings"
)

// penalty is the civil maximum for a finding: the year's amount and twice the transaction. Only orders in US dollars
// have one.
func (j *judge) penalty(r *Rule, sub *subject) *Penalty {
	row, ok := j.deal.catalogue.penalties[r.Penalty]
	if !ok || j.deal.order.Currency != "USD" {
		return nil
	}
	p := &Penalty{CivilMaxUSD: strconv.Itoa(row.in(j.deal.order.ReceivedAt.Year())) + ".00"}
	lines := j.deal.order.Lines
	if sub.line != nil {
		p.OrTwiceTransactionUSD = twice(*sub.line)
	} else if len(lines) > 0 {
		p.OrTwiceTransactionUSD = twice(lines...)
	}
	return p
}

// twice returns twice the value of lines with two decimals; empty where none has an amount.
func twice(lines ...Line) string {
	if len(lines) == 1 {
		if s, ok := twiceSmall(lines[0].Quantity, lines[0].UnitPrice); ok {
			return s
		}
	}
	total, counted := new(big.Rat), false
	for i := range lines {
		quantity, okQ := decimal(lines[i].Quantity)
		price, okP := decimal(lines[i].UnitPrice)
		if okQ && okP {
			total.Add(total, quantity.Mul(quantity, price))
			counted = true
		}
	}
	if !counted {
		return ""
	}
	return total.Mul(total.Abs(total), big.NewRat(2, 1)).FloatString(2)
}

// twiceSmall is twice a whole quantity at a price with two decimals, the usual case, in plain integers.
func twiceSmall(quantity, price string) (string, bool) {
	whole, cents, ok := strings.Cut(price, ".")
	if !ok || len(cents) != 2 || len(whole) > 7 || len(quantity) > 7 {
		return "", false
	}
	n, errN := strconv.ParseUint(quantity, 10, 32)
	w, errW := strconv.ParseUint(whole, 10, 32)
	c, errC := strconv.ParseUint(cents, 10, 32)
	if errN != nil || errW != nil || errC != nil {
		return "", false
	}
	sum := 2 * n * (w*100 + c)
	text := strconv.FormatUint(sum/100, 10) + "."
	if sum%100 < 10 {
		text += "0"
	}
	return text + strconv.FormatUint(sum%100, 10), true
}

// IsDecimal tells whether a text is a plain decimal number, as quantities and prices are written.
func IsDecimal(s string) bool {
	_, ok := decimal(s)
	return ok
}

// maxDecimal bounds the digits of an amount: longer ones are not amounts.
const maxDecimal = 32

// decimal reads a plain decimal number such as 21.50. Exponents and fractions are not amounts.
func decimal(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDecimal || strings.Trim(s, "+-.0123456789") != "" {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}
