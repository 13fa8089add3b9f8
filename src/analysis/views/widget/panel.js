// The chosen figure with its fields and claims, what was missed, the source: the right side.

import { claimCard, draftForm } from "./claims.js";
import { Part, button, el, faulty, filled, link, points } from "./elements.js";

const MOVED = ["change", "difference"];
const LATER = ["note", "name_en", "name_zh", "theme"]; // that are mostly empty

// The name that a figure goes by: the English one where it has none in Chinese letters.
export const nameField = (figure) =>
  figure?.fields.name_en && !/\p{Script=Han}/u.test(figure.fields.name_zh) ? "name_en" : "name_zh";

export class Panel {
  constructor(review) {
    this.review = review;
    this.cards = new Map(); // by claim
    const part = (tag, make) => new Part(el(tag), make.bind(this));
    this.begun = part("div", this.drawBegun);
    this.shown = part("div", this.drawFigure);
    this.doubts = part("div", this.drawDoubts);
    this.missed = part("details", this.drawMissed);
    this.missed.element.addEventListener("toggle", () => this.review.draw());
    this.source = part("details", this.drawSource);
    const parts = [this.begun, this.shown, this.doubts, this.missed, this.source];
    const attrs = { class: "pf-panel", role: "region", tabindex: "0" };
    const elements = parts.map(({ element }) => element);
    this.element = el("div", { ...attrs, "aria-label": review.words.figure }, ...elements);
    this.element.addEventListener("focusout", () => setTimeout(() => this.left()));
  }

  // A field was left: it shows again what is in the files, unless that is being written.
  left() {
    if (!this.typing && this.review.kernel.idle) this.review.draw();
  }

  find(id) {
    return this.element.querySelector(`[data-id='${CSS.escape(id)}']`);
  }

  // The field, or list of choices, that somebody is in. What is drawn goes around it.
  get typing() {
    const active = document.activeElement;
    const isField = active && ["INPUT", "SELECT"].includes(active.tagName);
    return isField && this.element.contains(active) ? active : null;
  }

  draw(page) {
    const { figure, chosen, found, alike, faults, answered, reason } = this.review;
    const { tying, draft } = this.review.making;
    const asked = [faults, answered];
    const { typing } = this;
    const active = document.activeElement;
    const id = !typing && this.element.contains(active) ? active.dataset.id : null;
    const claim = chosen?.[0] === "claim" ? chosen[1] : null;
    const numeral = chosen?.[0] === "numeral" && !found ? page.numerals[chosen[1]] : null;
    const begun = [numeral, tying, found, alike, draft?.kind, draft?.figures];
    this.begun.draw(typing, ...begun, figure, ...asked);
    const shown = [page.figures[figure], page.order, reason, claim, page.source];
    this.shown.draw(typing, figure, ...shown, ...asked, ...this.claimsOf(figure));
    this.doubts.draw(typing, page.doubts, page.together);
    this.missed.draw(typing, page.numerals, this.missed.element.open);
    this.source.draw(typing, page.source, page.notes, page.gaps, page.unsaid, ...asked);
    if (typing) return;
    const first = [figure, Boolean(tying ?? draft ?? found)].join(); // what stands at the top
    if (first !== this.first) this.element.scrollTop = 0;
    this.first = first;
    if (!id || active.isConnected) return;
    const again = this.find(id);
    if (!again) return this.review.focus();
    again.focus({ preventScroll: true });
  }

  toSource() {
    this.source.element.open = true;
    this.find("source").focus();
  }

  // Words of the text into a field, as if they were typed: Enter saves, Escape leaves it as it was.
  write({ dataset: { id } }, words) {
    this.review.type(id);
    document.execCommand("insertText", false, words);
  }

  // To a field that was not taken, so that the line which tells why is seen.
  toFault(name) {
    const field = this.find(name);
    field?.focus();
    field?.closest(".pf-field")?.scrollIntoView({ block: "nearest" });
  }

  drawBegun(numeral) {
    const { words: w, found, alike } = this.review;
    const { tying, draft } = this.review.making;
    const parts = [];
    if (tying) {
      const text = filled(tying.figure ? w.tying : w["more tying"], { ...tying, role: tying.called });
      parts.push(el("p", { class: "pf-notice" }, text));
    }
    if (draft) parts.push(draftForm(this.review));
    if (found) parts.push(this.newFigure(found));
    if (numeral) parts.push(this.whyForm(numeral));
    if (alike && this.review.offer()) parts.push(this.offer());
    return parts;
  }

  toFigure(text, id, figure) {
    return link(text, id, () => this.review.choose(["figure", figure]));
  }

  offer() {
    const copy = () => this.review.inTurn(() => this.review.copy());
    const same = button(this.review.offer(), "alike", copy, { "aria-keyshortcuts": "s" });
    return el("p", { class: "pf-notice" }, same);
  }

  // Its claims as they are read.
  claimsOf(figure) {
    const { order, claims } = this.review.page;
    return order
      .filter(([what]) => what === "claim")
      .map(([, relation]) => claims[relation])
      .filter(({ roles }) => roles.some((each) => each.figure === figure));
  }

  drawFigure(key, figure, order, reason) {
    const claims = this.claimsOf(key);
    const { words: w } = this.review;
    this.cards = new Map(claims.map((claim) => [claim.relation, claimCard(this.review, claim)]));
    if (!figure) return [];
    const figures = order.filter(([what]) => what === "figure");
    const n = figures.findIndex(([, each]) => each === key) + 1;
    const at = filled(w.at, { n, all: figures.length });
    const state = figure.proposed ? w.unread : w.accepted;
    const fields = Object.keys(figure.fields).filter(
      (name) =>
        (name !== "against" || MOVED.includes(figure.measure)) &&
        (name !== "basis" || figure.measure === "change"),
    );
    const called = nameField(figure);
    const save = (field) => (value) =>
      this.review.change("edit", { figure: key, field, value }, w.saved);
    const shown = (names) =>
      el("div", { class: "pf-fields" }, ...names.map((f) => this.field(f, figure.fields[f], save(f), key)));
    const accept = () => this.review.accept(["figure", key]);
    const told = [el("dt", {}, w.bounds), el("dd", {}, figure.bounds)];
    if (figure.place) told.push(el("dt", {}, w.place), el("dd", {}, figure.place));
    const cards = claims.length ? [...this.cards.values()] : [el("p", {}, w["no claims"])];
    return [
      el("h3", {}, figure.reported, " ", el("small", {}, `${figure.name} · ${at} · ${state}`)),
      el("div", { class: "pf-tools" },
        button(w.accept, "accept", accept, { "aria-keyshortcuts": "a" }),
        button(w["no figure"], "no figure", () => this.review.askReason(), { "aria-keyshortcuts": "x" })),
      ...(reason === null ? [] : [this.reasonForm(key)]),
      el("dl", {}, ...told),
      shown([called, ...fields.filter((name) => !LATER.includes(name))]),
      ...this.undated(figure),
      el("h4", {}, w.claims),
      ...cards,
      el("div", { class: "pf-tools" },
        button(w["add claim"], "add claim", () => this.review.making.startDraft(), { "aria-keyshortcuts": "c" })),
      shown(LATER.filter((name) => name !== called)),
    ];
  }

  // Of a time as printed that tells no day: what would date it, or else where the days are typed.
  undated({ fields: { when, period_start, as_of } }) {
    if (!when || period_start || as_of) return [];
    const { words: w, page } = this.review;
    const known = page.source.published && !page.unsaid.includes("published");
    const ask = () => {
      if (!known) this.source.element.open = true;
      this.review.type(known ? "period_start" : "published");
    };
    return [el("p", {}, link(filled(known ? w["no days"] : w.undated, { when }), "undated", ask))];
  }

  // What cannot all hold, and the figures that must be wrong for that.
  drawDoubts(doubts, together) {
    const items = [
      ...together.map((words) => el("li", {}, words)),
      ...doubts.map(({ words, figure }) => el("li", {}, this.toFigure(words, `doubt ${figure}`, figure))),
    ];
    return items.length ? [el("h4", {}, this.review.words.diagnosis), el("ul", {}, ...items)] : [];
  }

  field(name, value, save, of) {
    const { id: page, words, choices, faults } = this.review;
    const id = `${page}-${name}`;
    const said = of === "source" ? faults[`source ${name}`] : faults.of === of && faults[name];
    const [fault, line] = faulty(said, id);
    // By Enter and by leaving the field: one change, once.
    const commit = (field) => {
      const { value: typed } = field;
      if (typed === (field.sent ?? field.dataset.kept)) return null;
      field.sent = typed;
      return this.review.inTurn(() => save(typed));
    };
    const onchange = (event) => commit(event.target);
    const onkeydown = async (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      const done = commit(event.target);
      this.review.focus(); // at once, so that no key that follows is typed into the field
      await done;
      const refused = this.review.faults;
      const here = !this.typing && (of === "source" || of === this.review.figure);
      if (here && (name in refused || `source ${name}` in refused)) this.toFault(name);
    };
    const attrs = { id, "data-id": name, "data-kept": value, "data-of": of, ...fault, onchange };
    const options = (choices[name] ?? []).map(([key, text]) => el("option", { value: key }, text));
    const isChosen = options.length > 0 && name !== "against"; // may be any year, too
    const list = options.length > 0 && !isChosen ? `${id}-list` : null;
    const input = isChosen
      ? el("select", attrs, ...options)
      : el("input", { ...attrs, type: "text", autocomplete: "off", list, onkeydown });
    input.value = value;
    return el("div", { class: "pf-field" }, el("label", { for: id }, words[name]), input,
      list ? el("datalist", { id: list }, ...options) : null, line);
  }

  reasonForm(key) {
    const w = this.review.words;
    const save = () => this.review.passOver(key, this.find("reason").value);
    const { reason, faults } = this.review;
    return this.form("reason", w.reason, reason, w["set aside"], save, faults.reason, [], this.reasons());
  }

  // Of a numeral that is no figure: why, or that it is one.
  whyForm(numeral) {
    const { words: w, faults } = this.review;
    const { line, at, text, why, called } = numeral;
    const save = () => this.review.sayWhy(numeral, this.find("why").value);
    const make = button(w.make, "make", () => this.review.find(line, at, at + points(text)));
    const said = why === "no figure" ? "" : called;
    const more = [el("div", { class: "pf-tools" }, make)];
    const form = this.form("why", w.reason, said, w["say why"], save, faults.why, more, this.reasons());
    return el("div", { class: "pf-notice" }, el("h3", {}, filled(w.numeral, { text })), form);
  }

  newFigure(found) {
    const { words: w, id: page, faults } = this.review;
    const id = `${page}-new-unit`;
    const attrs = { id, "data-id": "new unit", "data-kept": "", type: "text", autocomplete: "off" };
    const more = found.unit ? [] : [el("label", { for: id }, w.unit), el("input", { ...attrs, value: found.given })];
    const add = () => this.review.add();
    const form = this.form("new name", w["new name"], found.name, w.add, add, faults.name_zh, more);
    return el("div", { class: "pf-notice" }, el("h3", {}, filled(w.new, found)), form);
  }

  // What reasons the article's other numerals have is offered where one is asked for.
  reasons() {
    const numerals = Object.values(this.review.page.numerals);
    const known = numerals.filter(({ why }) => why && why !== "no figure");
    return [...new Set(known.map(({ called }) => called))];
  }

  form(name, label, value, does, save, said, more = [], offered = []) {
    const id = `${this.review.id}-${name.replace(" ", "-")}`;
    const [fault, line] = faulty(said, id);
    const onkeydown = (event) => event.key === "Enter" && !event.isComposing && save();
    const list = offered.length ? `${id}-list` : null;
    const attrs = { id, "data-id": name, "data-kept": value, type: "text", autocomplete: "off", list };
    const input = el("input", { ...attrs, ...fault, onkeydown });
    input.value = value;
    const options = offered.map((value) => el("option", { value }));
    return el("div", { class: "pf-form" }, el("label", { for: id }, label), input,
      list ? el("datalist", { id: list }, ...options) : null, line, ...more,
      el("div", { class: "pf-tools" }, button(does, `${name} ok`, save),
        button(this.review.words.cancel, `${name} cancel`, () => this.review.escape())));
  }

  // Those that no table accounts for come first; none is listed while nobody can see it.
  drawMissed(numerals, isOpen) {
    const w = this.review.words;
    const last = ({ why }) => (why ? 1 : 0);
    const missed = Object.entries(numerals);
    const summary = el("summary", { "data-id": "missed" }, `${w.missed} (${missed.length})`);
    if (!isOpen) return [summary];
    missed.sort(([, a], [, b]) => last(a) - last(b) || a.line - b.line || a.at - b.at);
    const items = missed.map(([key, { line, at, text, called }]) => {
      const make = () => this.review.find(line, at, at + points(text));
      const choose = () => this.review.choose(["numeral", key]);
      return el("li", {}, link(`${text} (${called || w.unaccounted})`, `numeral ${key}`, choose), " ",
        button(w.make, `make ${key}`, make, { "aria-label": `${w.make}: ${text}` }));
    });
    return [
      summary,
      el("p", { class: "pf-small" }, w["missed help"]),
      el("ul", {}, ...items),
    ];
  }

  // What is still missing, or not stated: a text each, and of a figure its key and the field.
  missing({ gaps, unsaid }) {
    const w = this.review.words;
    const called = (field) => (w[field] ?? field).split(/[,，]/)[0];
    const missing = gaps.map(({ figure, name, field }) => {
      const what = figure ? `${name}: ${called(field)}` : called(field);
      return [filled(w.missing, { what }), figure, field];
    });
    return [...missing, ...unsaid.map((field) => [filled(w["not said"], { what: called(field) })])];
  }

  // Open where something is missing as long as nobody has opened or closed it.
  drawSource(source, notes) {
    const w = this.review.words;
    const missing = this.missing(this.review.page);
    const save = (field) => (value) => this.review.change("source", { field, value }, w.saved);
    const fields = Object.entries(source).map(([f, value]) => this.field(f, value, save(f), "source"));
    if (this.source.look === undefined) this.source.element.open = this.review.page.gaps.length > 0;
    return [
      el("summary", { "data-id": "source" }, `${w.source} (${missing.length})`),
      ...notes.map((note) => el("p", { class: "pf-fault" }, note)),
      el("ul", {}, ...missing.map(([text, figure, field]) =>
        el("li", {}, figure ? this.toFigure(text, `gap ${figure} ${field}`, figure) : text))),
      el("div", { class: "pf-fields" }, ...fields),
    ];
  }
}
