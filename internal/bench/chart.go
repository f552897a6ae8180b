package main

import (
	"bytes"
	"fmt"
	"html"
)

// chart is a plot of horizontal bars on one scale from zero.
type chart struct {
	title   string // with the unit
	columns []column
}

// column is one bar of a chart, with the limit it is held against where there is one.
type column struct {
	label string
	value float64
	limit float64 // 0: none
}

// Measures of a plot, in pixels.
const (
	plotWidth  = 720
	plotLeft   = 220 // where bars begin
	plotRight  = 90  // room for a bar's figure
	plotTop    = 44
	plotRow    = 28
	plotBottom = 12
)

// plotStyle has the colours of a page in daylight and at night; the plot has no ground of its own.
const plotStyle = `text{font:13px system-ui,sans-serif;fill:#1f2328}.t{font-weight:600;font-size:15px}.b{fill:#2f6fab}.l{stroke:#b3261e;stroke-width:2}.n{fill:#b3261e}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.b{fill:#5aa2e0}.l{stroke:#ff8a80}.n{fill:#ff8a80}}`

// svg draws the chart. A limit is a line across its bar.
func (c *chart) svg() []byte {
	longest, limited := 0.0, false
	for _, col := range c.columns {
		longest = max(longest, col.value, col.limit)
		limited = limited || col.limit > 0
	}
	x := func(v float64) float64 {
		if longest == 0 {
			return plotLeft
		}
		return plotLeft + v/longest*(plotWidth-plotLeft-plotRight)
	}
	height := plotTop + len(c.columns)*plotRow + plotBottom
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`+"\n<style>%s</style>\n",
		plotWidth, height, plotWidth, height, html.EscapeString(c.title), plotStyle)
	fmt.Fprintf(&b, `<text class="t" x="8" y="22">%s</text>`+"\n", html.EscapeString(c.title))
	if limited {
		fmt.Fprintf(&b, `<text class="n" x="%d" y="22" text-anchor="end">line: the bar</text>`+"\n", plotWidth-8)
	}
	for i, col := range c.columns {
		top := plotTop + i*plotRow
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text>`, plotLeft-8, top+15, html.EscapeString(col.label))
		fmt.Fprintf(&b, `<rect class="b" x="%d" y="%d" width="%.1f" height="20" rx="2"/>`, plotLeft, top, x(col.value)-plotLeft)
		end := x(col.value)
		if col.limit > 0 {
			fmt.Fprintf(&b, `<path class="l" d="M%.1f %dv24"/>`, x(col.limit), top-2)
			if at := x(col.limit); at >= end && at < end+60 { // the figure would stand on the line
				end = at
			}
		}
		fmt.Fprintf(&b, `<text x="%.1f" y="%d">%s</text>`+"\n", end+6, top+15, figure(col.value))
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}
