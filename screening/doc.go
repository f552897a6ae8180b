// Package screening answers one question for a vendor, a SKU or a purchase order: may this go ahead?
//
// A screening has two steps. Assess reads only what a subject says about itself (its names, part numbers and text)
// and tells what it is. Rule takes the assessments of the whole order with its facts and dates, evaluates every rule
// of the catalogue over its whole row of phases and folds the findings into one Verdict.
//
// The package knows no company, product or law: they are data, held in an immutable Catalogue. It reads no clock, no
// environment and no network; equal input and an equal catalogue give an equal verdict.
package screening
