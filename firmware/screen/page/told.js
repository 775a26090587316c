// Which messages a view is told with.

/** What may be chosen among pictures: the kind of the answer, and the table of its messages. */
export const OFFERS = { purpose: "purpose", reason: "request_reason", relation: "relation" };

/** The id of the view's instruction and detail. A child of whom nothing is taken reviews facts, not pictures; when a try was in vain, that is said. */
export function toldAs(view) {
  if (view.instruction !== "review") return view.instruction;
  if (view.review.length === 0) return "review_facts";
  return view.review.some((item) => item.kept_earlier) ? "review_kept" : "review";
}
