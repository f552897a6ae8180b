package names

import (
	"cmp"
	"slices"
)

// Query is a party's name.
type Query struct {
	Name string
	Kind Kind // empty when it is not known
	// Whole asks for names of the very same letters alone, which costs a hundredth of a search.
	Whole bool
}

// Pair is a word of the query with its partner in the catalogue's name.
type Pair struct {
	Text       string // as it stands in the query
	Start, End int    // half-open, code points of the raw text
	Alias      string // the partner, in its normal form
	Similarity float64
	Weight     float64 // of the word, at most 1
}

// Match is an entry with the name of it that fits a query best.
type Match struct {
	Entry       string // id
	Alias       string // the catalogue's name that fits best
	Method      Method
	Form        NameForm // of the alias; empty for a brand word
	Score       float64  // in [0,1]; 1 only for an equal normal form
	Brand       bool     // a brand word of the entry stands in the text
	Distinctive bool     // a word that tells names apart has a partner; without one a match is never certain
	Complete    bool     // of a company: no word of either name is left over, but for legal forms and places
	OtherKind   bool     // the query states another kind than the entry has
	Mixed       bool     // of a person: the parts stand in another order than as listed or with the surname at the other end
	Spelt       float64  // of a person: the least similarity among the parts that agree
	NameParts   int      // of a person: how many parts of the name agree; 2 is given name and surname
	Start, End  int      // half-open, code points of the raw text
	Pairs       []Pair
	Extra       []string // distinctive words of the query without a partner, in their normal form
	Changes     []Change
}

// Result is what a party's name has in common with the catalogue. Matches and near misses are best first, one an
// entry.
type Result struct {
	Text            Text
	Matches         []Match  // score at or over review
	NearMisses      []Match  // score at or over near, and under review
	Forms           []string // codes of the legal forms in the name
	Places          []string // ISO 3166-1 codes of the places in the name
	ReadsLikePerson bool     // a given name with a surname, and nothing of a company
}

// scratch is the memory of one search, used again by the next.
type scratch struct {
	tokens     []Token
	terms      []term
	hits       []hit
	names      []int32
	seenNames  rounds
	seenWords  rounds
	hitWords   rounds
	firstHit   []int32 // by word, of those in hitWords: the place in hits of its first hit
	weight     float64 // of all terms
	letters    []byte  // of the whole query without its legal forms
	alike      int     // how many of the names have the very same letters
	gate       pattern // of the term that words are compared with
	variants   variants
	candidates []pairing
	pairs      []pairing
	found      []outcome
}

// outcome is the best score of an entry so far, and what it rests on: a name, or a brand word.
type outcome struct {
	entry     int32
	name      int32
	sighting  int // -1 when it rests on a name
	score     float64
	uncapped  float64 // orders outcomes of equal score
	otherKind bool
	brand     bool // a brand word of the entry was seen, whatever the score rests on
}

// rounds remembers which numbers were met in this round, without being cleared between rounds.
type rounds struct {
	met   []uint32
	round uint32
}

func (r *rounds) next() {
	if r.round++; r.round == 0 {
		clear(r.met)
		r.round = 1
	}
}

// first tells whether a number is met for the first time in the round.
func (r *rounds) first(id int32) bool {
	if r.met[id] == r.round {
		return false
	}
	r.met[id] = r.round
	return true
}

func (r *rounds) has(id int32) bool { return r.met[id] == r.round }

// hit is a word of the index that a term of the query may be.
type hit struct {
	term       int
	word       int32
	next       int32   // the place of the word's next hit, of another term; -1 where there is none
	similarity float64 // unmeasured until a name that looks promising asks for it
}

// unmeasured stands for a similarity that nobody has asked for: most words near a term stand in names that lack all
// other terms, and measuring is dear.
const unmeasured = -1

// Search finds the entries that a party's name may belong to.
func (x *Index) Search(q Query) Result { return x.SearchIn(x.lexicon.Normalise(q.Name), q) }

// SearchIn is Search with the name as Normalise of the same lexicon read it already.
func (x *Index) SearchIn(text Text, q Query) Result {
	return x.read(text, q, x.ofStrangers() && !q.Whole)
}

// read searches for a name as it stands and, where again is true, once more with the slips in its common words set right.
func (x *Index) read(text Text, q Query, again bool) Result {
	result := Result{Text: text}
	if len(result.Text.Tokens) == 0 {
		return result
	}
	s := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	sightings := x.sight(result.Text)
	s.tokens = x.parted(s.tokens[:0], result.Text.Tokens, sightings)
	if q.Kind != Organisation {
		s.tokens = x.lexicon.partHumps(s.tokens, &result.Text)
	}
	s.terms = x.appendTerms(s.terms[:0], s.tokens)
	s.found = s.found[:0]
	result.Forms, result.Places = formsAndPlaces(s.tokens)
	result.ReadsLikePerson = readsLikePerson(s.tokens, s.terms)

	x.findWords(s, !q.Whole)
	x.findNames(s, !q.Whole)
	person := q.Kind == Person || q.Kind == "" && result.ReadsLikePerson
	for i := range sightings {
		score := x.scoreBrand(s, &sightings[i], person)
		entry := x.brands.words[sightings[i].brand].entry
		s.keep(outcome{entry: entry, sighting: i, score: score, uncapped: sightings[i].Score, brand: true}, x.settings.Near)
	}
	for i, id := range s.names {
		n := &x.names[id]
		other := q.Kind != "" && q.Kind != x.entries[n.entry].kind
		if other && !x.ofStrangers() || i >= s.alike && !x.promising(s, n) {
			continue
		}
		c := x.compareName(s, n)
		if other { // several lists do not tell kinds, and callers guess: a whole name is looked at all the same
			if c.score < x.settings.TwoParts {
				continue
			}
			c.score = x.settings.Uncertain
		}
		s.keep(outcome{entry: n.entry, name: id, sighting: -1, score: c.score, uncapped: c.uncapped, otherKind: other}, x.settings.Near)
	}
	x.report(s, &result, sightings)
	if again {
		if name, ok := x.corrected(s, q.Name); ok {
			x.secondReading(&result, q, name)
		}
	}
	return result
}

func (x *Index) compareName(s *scratch, n *name) comparison {
	if x.entries[n.entry].kind == Person {
		return x.scorePerson(s, n)
	}
	return x.scoreOrganisation(s, n)
}

// keep keeps an outcome when it is the entry's best: many aliases never lower a score.
func (s *scratch) keep(o outcome, least float64) {
	if o.score < least {
		return
	}
	for i := range s.found {
		if old := &s.found[i]; old.entry == o.entry {
			if cmp.Or(cmp.Compare(o.score, old.score), cmp.Compare(o.uncapped, old.uncapped)) > 0 {
				o.brand = o.brand || old.brand
				*old = o
			}
			return
		}
	}
	s.found = append(s.found, o)
}

// report writes down what was found, best first, matches and near misses apart.
func (x *Index) report(s *scratch, result *Result, sightings []sighting) {
	slices.SortFunc(s.found, func(a, b outcome) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.uncapped, a.uncapped), cmp.Compare(a.entry, b.entry))
	})
	matches, _ := slices.BinarySearchFunc(s.found, x.settings.Review, func(o outcome, review float64) int {
		if o.score >= review {
			return -1
		}
		return 1
	})
	all := make([]Match, 0, len(s.found))
	for i := range s.found {
		o := &s.found[i]
		if o.sighting >= 0 {
			all = append(all, x.brandMatch(s, result.Text, &sightings[o.sighting], o.score))
			continue
		}
		n := &x.names[o.name]
		m := x.match(s, result.Text, n, x.compareName(s, n))
		m.Score, m.OtherKind = o.score, o.otherKind
		m.Brand = o.brand
		all = append(all, m)
	}
	if matches > 0 {
		result.Matches = all[:matches:matches]
	}
	if matches < len(all) {
		result.NearMisses = all[matches:]
	}
}

// parted returns the tokens with every sighted brand word as one token, and what was joined to it as its own.
func (x *Index) parted(parts, tokens []Token, sightings []sighting) []Token {
	next := 0
	for i := range sightings {
		s := &sightings[i]
		parts = append(parts, tokens[next:s.First]...)
		span := Token{Start: s.Start, End: s.End}
		parts = append(parts, x.knownTokens(s.before, span)...)
		word := span
		word.Norm, word.romanised = s.word, tokens[s.First].romanised
		if s.drawn || s.First < s.Last || x.lexicon.isFeminine(s.word) {
			word.doubt = float32(1 - s.Score)
		}
		if s.drawn {
			word.Norm = x.brands.words[s.brand].norm
		}
		parts = append(parts, word)
		parts = append(parts, x.knownTokens(s.after, span)...)
		if s.rest != "" {
			span.Norm = s.rest
			parts = append(parts, span)
		}
		next = s.Last + 1
	}
	return append(parts, tokens[next:]...)
}

// knownTokens makes tokens of known words that stood joined to a brand word.
func (x *Index) knownTokens(words []string, span Token) []Token {
	tokens := make([]Token, 0, len(words))
	for _, word := range words {
		token := span
		token.Norm = word
		tokens = append(tokens, token)
	}
	return x.lexicon.classify(tokens)
}

func formsAndPlaces(tokens []Token) (forms, places []string) {
	for _, t := range tokens {
		if t.Class == LegalForm && !slices.Contains(forms, t.Norm) {
			forms = append(forms, t.Norm)
		}
		if t.Country != "" && !slices.Contains(places, t.Country) {
			places = append(places, t.Country)
		}
	}
	return forms, places
}

// findWords looks up the words that each term of the query may be: itself, and, where it is distinctive, words near
// it. Trade words are looked up so only where the query has nothing else, and nothing is where near is false.
func (x *Index) findWords(s *scratch, near bool) {
	s.hits = s.hits[:0]
	least := Distinctive
	if !slices.ContainsFunc(s.terms, func(t term) bool { return t.Class == Distinctive }) {
		least = Generic
	}
	for i := range s.terms {
		t := &s.terms[i]
		if id, ok := x.ids[t.key]; ok {
			t.id = id
			s.hits = append(s.hits, hit{term: i, word: id, similarity: 1})
		}
		if !near || t.Class != least || isNumber(t.key) {
			continue
		}
		s.seenWords.next()
		if t.id >= 0 {
			s.seenWords.first(t.id)
		}
		s.gate.length = 0
		x.near.find(t.key, &s.variants, func(id int32) {
			if !s.seenWords.first(id) {
				return
			}
			if x.mayBeNear(s, t.key, x.words[id].key) {
				s.hits = append(s.hits, hit{term: i, word: id, similarity: unmeasured})
			}
		})
	}
}

// mayBeNear tells whether two different words may be as similar as a pair must be. Words that are plainly far apart are
// told by a count of wrong letters, which costs little.
func (x *Index) mayBeNear(s *scratch, key, other string) bool {
	if len(key) > longestWord || len(other) > longestWord || max(len(key), len(other)) <= x.settings.shortWord {
		return false
	}
	if s.gate.length == 0 {
		s.gate.set(key, x.kernel)
	}
	return s.gate.wrongLetters(other) <= mostWrong(s.gate.length)
}

// similarity returns that of a hit's word and term, or 0 when it is under the least one of a pair.
func (x *Index) similarity(s *scratch, h *hit) float64 {
	if h.similarity == unmeasured {
		h.similarity = x.kernel.similarity(s.terms[h.term].key, x.words[h.word].key, x.settings.Pair)
	}
	return h.similarity
}

// mostWrong is how many letters may be wrong between words that the kernel is asked about: two at least, since
// neighbours that are exchanged count as two.
func mostWrong(length int) int { return 1 + length/5 }

// findNames collects the names of the same letters as the whole query and, where filed is true, those filed under the
// words found.
func (x *Index) findNames(s *scratch, filed bool) {
	s.seenNames.next()
	s.names = s.names[:0]
	s.hitWords.next()
	for i := range s.hits {
		h := &s.hits[i]
		h.next = -1
		if !s.hitWords.first(h.word) {
			h.next = s.firstHit[h.word]
		}
		s.firstHit[h.word] = int32(i)
	}
	s.weight = 0
	for i := range s.terms {
		s.weight += s.terms[i].weight
	}
	add := func(ids []int32) {
		for _, id := range ids {
			if s.seenNames.first(id) {
				s.names = append(s.names, id)
			}
		}
	}
	s.letters = appendLetters(s.letters[:0], s.tokens)
	add(x.whole[string(s.letters)])
	s.alike = len(s.names)
	for _, h := range s.hits {
		if !filed {
			break
		}
		if names := x.words[h.word].names; len(names) <= x.settings.MaxPostings {
			add(names)
		}
	}
}
