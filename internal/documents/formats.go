package documents

// codedFormats are the formats that have code of their own, in the order in which they are tried. A new one is a file
// and a line here.
var codedFormats = []format{
	cxmlFormat,
	ublFormat,
	idocFormat,
	s4Format,
	x12Format,
	edifactFormat,
	osqueryFormat,
	wingetFormat,
	cyclonedxFormat,
	spdxFormat,
	swidFormat,
	xlsxFormat,
}

// lastFormats take what no other format took.
var lastFormats = []format{
	csvFormat,
}
