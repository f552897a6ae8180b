package names

import "fmt"

// Settings is every threshold, weight and penalty of the score. Scores and penalties are in [0,1]; a penalty is
// subtracted. Costs of edits are in hundredths of one plain edit.
type Settings struct {
	Block  float64 `yaml:"block"`  // a distinctive match at or over it is certain
	Review float64 `yaml:"review"` // at or over it is a match
	Near   float64 `yaml:"near"`   // at or over it, and under review, is a near miss

	Pair       float64 `yaml:"pair"`        // least similarity of two words that count as the same
	PersonPair float64 `yaml:"person_pair"` // the same where a person's name has only two parts that agree

	Generic     float64 `yaml:"generic"`      // weight of a trade word, against 1 for a rare distinctive word
	Place       float64 `yaml:"place"`        // weight of a place
	Number      float64 `yaml:"number"`       // weight of a number
	LegalForm   float64 `yaml:"legal_form"`   // weight of a legal form
	Commonest   float64 `yaml:"commonest"`    // weight of the most frequent distinctive word of the background corpus
	MaxPostings int     `yaml:"max_postings"` // a word that more names than this share retrieves none of them
	WholePair   float64 `yaml:"whole_pair"`   // least similarity of two words where both parts of a person's name of two agree

	Uncertain   float64 `yaml:"uncertain"`    // highest score when something distinctive is left over or misspelt
	TwoParts    float64 `yaml:"two_parts"`    // highest score of a person of whose name only two parts agree
	Contained   float64 `yaml:"contained"`    // score of a brand word inside an unknown longer word
	Inflection  float64 `yaml:"inflection"`   // penalty: another grammatical or romanised ending
	Spaced      float64 `yaml:"spaced"`       // penalty: a word written in letters, or with signs or hyphens between
	Split       float64 `yaml:"split"`        // penalty: a word written as several words
	Joined      float64 `yaml:"joined"`       // penalty: several words written as one
	Sign        float64 `yaml:"sign"`         // penalty for each digit or sign that stands for a letter
	Truncated   float64 `yaml:"truncated"`    // similarity of a last word that was cut off to the whole word
	Companion   float64 `yaml:"companion"`    // added to a misspelt brand word beside a trade word
	OwnWord     float64 `yaml:"own_word"`     // added to it beside a trade word of its owner's own name
	PersonExtra float64 `yaml:"person_extra"` // penalty for each part of a person's name without a partner
	OtherFather float64 `yaml:"other_father"` // penalty: a father's name that is not the entry's
	Reordered   float64 `yaml:"reordered"`    // penalty: the same words in another order
	FormClash   float64 `yaml:"form_clash"`   // penalty: each side has a legal form and they differ

	Edits Edits        `yaml:"edits"`
	Lists ListSettings `yaml:"lists"`

	slip      float64 // penalty of a slip in a common word; 0 where none is looked for
	rare      float64 // weight from which a word tells a company without its places
	shortWord int     // words up to so many letters pair only when they are equal
}

// ListSettings are the settings that differ where a name is held against many thousands of strangers, not against one
// group of companies.
type ListSettings struct {
	WholePair   float64 `yaml:"whole_pair"`
	PersonExtra float64 `yaml:"person_extra"`
	Place       float64 `yaml:"place"`
	Companion   float64 `yaml:"companion"`
	Slip        float64 `yaml:"slip"`       // penalty: a letter wrong in a legal form or trade word
	Rare        float64 `yaml:"rare"`       // weight from which a word tells a company without its places
	ShortWord   int     `yaml:"short_word"` // words up to so many letters pair only when they are equal
	MaxPostings int     `yaml:"max_postings"`
}

// ForLists returns the settings of an index of imported lists.
func (s Settings) ForLists() Settings {
	l := s.Lists
	s.WholePair, s.PersonExtra, s.Place, s.MaxPostings = l.WholePair, l.PersonExtra, l.Place, l.MaxPostings
	s.Companion, s.slip, s.shortWord, s.rare = l.Companion, l.Slip, l.ShortWord, l.Rare
	return s
}

// Edits is what one edit inside a word costs, in hundredths of a plain edit.
type Edits struct {
	Plain         int `yaml:"plain"`         // a letter replaced, left out or added
	Vowel         int `yaml:"vowel"`         // a vowel for a vowel
	Sound         int `yaml:"sound"`         // letters or groups of the same sound: c and k, kh and h
	Misread       int `yaml:"misread"`       // letters that scanning mixes up: c and e, rn and m
	Doubled       int `yaml:"doubled"`       // a letter doubled or a double one written once
	VowelGap      int `yaml:"vowel_gap"`     // a vowel left out or added
	Transposition int `yaml:"transposition"` // two neighbours exchanged
	Moved         int `yaml:"moved"`         // a letter moved over two others
	FirstLetter   int `yaml:"first_letter"`  // on top, when a plain edit touches the first letter
	FirstSlip     int `yaml:"first_slip"`    // on top, when it is left out or replaced by a neighbour on the keyboard or in shape
	FirstTwin     int `yaml:"first_twin"`    // on top, when another edit does
	Joined        int `yaml:"joined"`        // most that a brand word written as several words may cost
}

// Check reports every value that makes no sense, with its path.
func (s Settings) Check(report func(path, detail string)) {
	shares := []struct {
		path  string
		value float64
	}{
		{"block", s.Block},
		{"review", s.Review},
		{"near", s.Near},
		{"pair", s.Pair},
		{"person_pair", s.PersonPair},
		{"whole_pair", s.WholePair},
		{"lists.whole_pair", s.Lists.WholePair},
		{"lists.person_extra", s.Lists.PersonExtra},
		{"lists.place", s.Lists.Place},
		{"lists.companion", s.Lists.Companion},
		{"lists.slip", s.Lists.Slip},
		{"lists.rare", s.Lists.Rare},
		{"generic", s.Generic},
		{"place", s.Place},
		{"number", s.Number},
		{"legal_form", s.LegalForm},
		{"commonest", s.Commonest},
		{"uncertain", s.Uncertain},
		{"two_parts", s.TwoParts},
		{"contained", s.Contained},
		{"inflection", s.Inflection},
		{"spaced", s.Spaced},
		{"split", s.Split},
		{"joined", s.Joined},
		{"sign", s.Sign},
		{"truncated", s.Truncated},
		{"companion", s.Companion},
		{"own_word", s.OwnWord},
		{"person_extra", s.PersonExtra},
		{"other_father", s.OtherFather},
		{"reordered", s.Reordered},
		{"form_clash", s.FormClash},
	}
	for _, share := range shares {
		if !(share.value > 0 && share.value <= 1) {
			report(share.path, fmt.Sprintf("is %v: want more than 0 and at most 1", share.value))
		}
	}
	if s.Near >= s.Review || s.Review >= s.Block {
		report("review", fmt.Sprintf("want near < review < block, got %v, %v, %v", s.Near, s.Review, s.Block))
	}
	for path, cap := range map[string]float64{"uncertain": s.Uncertain, "two_parts": s.TwoParts, "contained": s.Contained} {
		if cap >= s.Block {
			report(path, fmt.Sprintf("is %v: want less than block, %v", cap, s.Block))
		}
	}
	for path, n := range map[string]int{"max_postings": s.MaxPostings, "lists.max_postings": s.Lists.MaxPostings, "lists.short_word": s.Lists.ShortWord} {
		if n < 1 {
			report(path, "want at least 1")
		}
	}
	s.Edits.check(report)
}

// strictlyFirst returns the costs with every plain edit of a first letter alike.
func (e Edits) strictlyFirst() Edits {
	e.FirstSlip = e.FirstLetter
	return e
}

func (e Edits) check(report func(path, detail string)) {
	costs := map[string]int{
		"vowel": e.Vowel, "sound": e.Sound, "misread": e.Misread, "doubled": e.Doubled, "vowel_gap": e.VowelGap,
		"transposition": e.Transposition, "moved": e.Moved, "first_letter": e.FirstLetter, "first_slip": e.FirstSlip,
		"first_twin": e.FirstTwin, "joined": e.Joined, "plain": e.Plain,
	}
	for path, cost := range costs {
		if cost < 1 || cost > 200 {
			report("edits."+path, fmt.Sprintf("is %d: want 1 to 200", cost))
		}
	}
}
