// What is made of several figures, each chosen in the text: another one tied into a claim, and a
// claim that was missed.

import { kindFor, placed } from "./claims.js";
import { filled } from "./elements.js";

export class Making {
  constructor(review) {
    this.review = review;
  }

  done() {
    this.tying = null; // { claim, role, called, figure, reported }
    this.draft = null; // a claim that is put together: { kind, figures }
  }

  // Whether a figure that is chosen is for what is being made.
  get isAsking() {
    return Boolean(this.tying ?? this.draft);
  }

  take(figure) {
    return this.tying ? this.tie(this.tying, figure) : this.draftFigure(figure);
  }

  settle({ figures }) {
    if (this.draft) this.draft.figures = this.draft.figures.filter((key) => figures[key]);
  }

  // Another figure in a role, one more or, without `to`, one less.

  startTying(claim, { role, called, figure, reported = "" }) {
    const { review } = this;
    review.done();
    this.tying = { claim, role, called, figure, reported };
    const text = figure ? review.words.tying : review.words["more tying"];
    review.tell(filled(text, { role: called, reported }));
    review.draw();
    review.text.markOf(figure || review.figure)?.focus();
  }

  async tie({ claim, role, figure }, to) {
    const { review } = this;
    this.tying = null;
    review.chosen = ["claim", claim];
    const parts = { claim, role, figure, to };
    const same = to === figure;
    const answer = same ? { ok: true } : await review.change("tie", parts, review.words.saved);
    if (same) review.draw();
    if (answer.ok) this.tellClaim(claim);
    review.focus();
  }

  // Begun with the chosen figure; asked for once more, it is of another kind.
  startDraft() {
    const { review, draft } = this;
    const { figure, kinds, page } = review;
    if (draft) {
      const n = kinds.findIndex(({ kind }) => kind === draft.kind);
      this.ofKind(kinds[(n + 1) % kinds.length].kind);
    } else {
      review.done();
      this.draft = { kind: "", figures: figure ? [figure] : [] };
      this.ofKind(kindFor(page.figures[figure]?.measure));
    }
    review.text.markOf(figure)?.focus();
  }

  ofKind(kind) {
    this.draft.kind = kind;
    this.tellDraft();
    this.review.draw();
  }

  draftFigure(key) {
    const { figures } = this.draft;
    const others = figures.filter((each) => each !== key);
    this.draft.figures = others.length < figures.length ? others : [...figures, key];
    this.tellDraft();
    this.review.draw();
    this.review.text.markOf(key)?.focus();
  }

  tellDraft() {
    const { kinds, page, words } = this.review;
    const { rows, open } = placed(kinds, page, this.draft);
    const kind = kinds.find((each) => each.kind === this.draft.kind).called;
    const have = rows.map(({ called, reported }) => `${called}: ${reported}`);
    const next = open.length ? [filled(words["claim next"], { role: open[0].called })] : [];
    this.review.tell([kind, ...have, ...next].join("; "));
  }

  async addClaim() {
    const { review, draft } = this;
    if (!draft) return;
    const { rows } = placed(review.kinds, review.page, draft);
    const parts = { roles: rows.map(({ role }) => role), figures: rows.map(({ figure }) => figure) };
    const answer = await review.change("claim", { kind: draft.kind, ...parts }, "");
    if (!answer.ok) return;
    review.done(); // and who made it is where that was begun
    review.draw();
    this.tellClaim(answer.claim);
    if (!review.panel.typing) review.focus();
  }

  tellClaim(claim) {
    const { judged, words } = this.review.page.claims[claim];
    this.review.tell(`${judged}: ${words}`);
  }
}
