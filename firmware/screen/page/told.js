// Which messages a view is told with.

/** What may be chosen among pictures: the kind of the answer, and the table of its messages. */
export const OFFERS = { purpose: "purpose", reason: "request_reason", relation: "relation" };

/** The id of the view's instruction and detail. A child of whom nothing is taken reviews facts, not pictures. */
export function toldAs(view) {
  const isOfFacts = view.instruction === "review" && view.review.length === 0;
  return isOfFacts ? "review_facts" : view.instruction;
}
