package api

import "github.com/labstack/echo/v4"

// screenOrder answers whether a whole order may go ahead.
//
//	@Summary		Screen an order
//	@Description	May this order go ahead? Every line and party is judged, and the document itself; the whole is as bad as the worst of them. Up to 5 MB and 5,000 lines.
//	@Description
//	@Description	The body is the canonical order, or a document as another system writes it (cXML, UBL, X12, EDIFACT, SAP IDoc, shop JSON, CSV, XLSX, CycloneDX, SPDX, SWID, osquery, winget): then the answer has a verdict for each order in it.
//	@Description
//	@Description	As NDJSON the body is one object a line, up to 5,000 lines and 5 MB; the answer has one verdict or problem document a line, in the same order, each with its line and reference.
//	@ID				screenOrder
//	@Tags			screening
//	@Accept			json,application/x-ndjson
//	@Produce		json,application/x-ndjson,application/problem+json
//	@Param			request			body		OrderRequest	true	"what is screened"
//	@Param			format			query		string	false	"what the document is, where the content does not tell; json for the canonical order"	example(cxml)
//	@Param			seller_country	query		string	false	"where the seller is, where the body is silent: ISO 3166-1 or an English name"	example(US)
//	@Param			owner_country	query		string	false	"the same for the buyer, or the owner of an inventory"							example(US)
//	@Param			zone			query		string	false	"IANA time zone of dates without one"											example(America/Chicago)
//	@Param			received_at		query		string	false	"when the order came in; stands where no date is given"							format(date-time)	example(2024-10-02T09:30:00-04:00)
//	@Param			activity		query		string	false	"what is done with the goods, where the body is silent"							enums(resale,sale,renewal,update,operation,licensing,integration,managed_service,gift,trial,return,export,use)	example(resale)
//	@Param			sector			query		string	false	"who the buyer is, where the body is silent"									enums(federal,state,local,education,critical_infrastructure,commercial,individual)	example(commercial)
//	@Success		200				{object}	Verdict	"the verdict, whatever it says"
//	@Failure		400	{object}	Problem	"the input is malformed"
//	@Failure		401	{object}	Problem	"the API key is missing or wrong"
//	@Failure		413	{object}	Problem	"the body is too large"
//	@Failure		415	{object}	Problem	"the format is not one that is read here"
//	@Failure		422	{object}	Problem	"well formed, but some value cannot be"
//	@Failure		429	{object}	Problem	"too many calls"
//	@Failure		503	{object}	Problem	"not now: try again after Retry-After"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Security		APIKey
//	@Router			/v1/screen/order [post]
func (s *Server) screenOrder(c echo.Context) error {
	return s.screen(c, noun{decode: DecodeOrder, documents: true})
}
