// Which messages a view is told with.

/** The id of the view's instruction and detail. A child of whom nothing is taken reviews facts, not pictures. */
export function toldAs(view) {
  const isOfFacts = view.instruction === "review" && view.review.length === 0;
  return isOfFacts ? "review_facts" : view.instruction;
}
