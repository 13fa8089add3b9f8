// The page of a review. It shows plain data (see review_page.py) and asks the session for every
// change (see review_messages.py).

import { filled } from "./elements.js";
import { Frame } from "./frame.js";
import { Kernel } from "./kernel.js";
import { Making } from "./making.js";
import { Panel, nameField } from "./panel.js";
import { Text } from "./text.js";

const SEEN = 100; // milliseconds in which nobody sees what has come
let views = 0; // on this page, so that ids are their own

class Review {
  constructor(model, root) {
    this.model = model;
    Object.assign(this, model.get("said")); // language, words, choices, kinds, colours, ink
    this.id = `pf${++views}`;
    this.chosen = null; // ["figure", key] or ["claim", relation]
    this.at = 0; // where that stands in reading order
    this.figure = null; // the figure in the panel
    this.faults = {}; // a line by field
    this.alike = null; // figures that had what was just corrected: { figure, field, figures }
    this.decided = new Set(); // what was accepted or rejected, and is being written
    this.came = -SEEN; // when the next came by itself
    this.making = new Making(this);
    this.done();
    this.acting = Promise.resolve(); // what is being done, and what waits for it
    this.answered = 0; // how many changes were
    this.refused = 0; // and how many of these refused
    const heard = (message, answers) => this.heard(message, answers);
    this.kernel = new Kernel(model, heard, () => this.silent());
    this.text = new Text(this);
    this.panel = new Panel(this);
    this.frame = new Frame(this, root);
    this.looked = () => document.visibilityState === "visible" && this.look();
    window.addEventListener("focus", this.looked);
    this.draw();
    this.look();
  }

  // What was begun is over: a claim or a tie being made, a new figure, a reason asked for.
  done() {
    this.making.done();
    this.found = null; // a numeral that is about to become a figure
    this.reason = null; // why the figure is none
  }

  stop() {
    this.kernel.stop();
    window.removeEventListener("focus", this.looked);
  }

  get page() {
    return this.kernel.page;
  }

  // Asking, and being answered.

  // Whoever asked draws what came of it.
  heard({ changed }, answers) {
    this.frame.alive(true);
    if (changed) this.tell(this.words.changed);
    if (!answers) this.draw();
  }

  silent() {
    this.frame.alive(false);
  }

  async look() {
    if (!this.kernel.idle) return;
    await this.kernel.look();
    this.draw();
  }

  // A change, and what follows it, unless somebody has gone on meanwhile; where it is refused, the
  // reason stands at its field, and in the status.
  async change(ask, parts, said, follow = null) {
    const { chosen } = this;
    const answer = await this.kernel.ask(ask, parts);
    const { figure, field } = parts;
    this.faults = answer.ok || !answer.field ? {} : { of: figure, [answer.field]: answer.says };
    this.answered++;
    if (!answer.ok) this.refused++;
    this.alike = answer.alike?.length ? { figure, field, figures: answer.alike } : null;
    const of = figure && figure !== this.figure ? this.page.figures[figure]?.reported : "";
    const typed = answer.field ? "" : parts.value; // at its field it is told as what was found there
    if (!answer.ok && answer.says) this.tell([of, answer.says, typed].filter(Boolean).join(": "));
    else if (answer.ok && said) this.tellDone(this.saved(answer, ask) ?? said, this.offer() ?? this.progress());
    if (answer.ok && follow && chosen === this.chosen && !this.panel.typing) follow(answer);
    else this.draw();
    return answer;
  }

  // What was written besides: the unit of what claims hold to one, days that follow from another.
  saved({ more: count }, ask) {
    return count ? filled(this.words[ask === "source" ? "dated" : "saved with"], { count }) : null;
  }

  tell(text) {
    this.frame.status.textContent = text;
  }

  tellDone(done, more) {
    this.tell(filled(this.words.said, { done, more }));
  }

  // What was corrected in one figure may be done in others that had the same.
  offer() {
    if (!this.alike || this.alike.figure !== this.figure) return null;
    const { figures } = this.alike;
    const some = figures.slice(0, 6).map((key) => this.page.figures[key]?.reported ?? key);
    const text = some.join(", ") + (figures.length > some.length ? " …" : "");
    return filled(this.words.alike, { count: figures.length, figures: text });
  }

  progress() {
    const said = filled(this.words.progress, this.page.progress);
    const { length: count } = Object.values(this.page.numerals).filter(({ proposed }) => proposed);
    return count ? said + filled(this.words["without why"], { count }) : said;
  }

  // Choosing what is read: a figure, or a claim.

  choose(item, focus = true) {
    const [what, key] = item;
    if (what === "figure" && this.making.isAsking) return this.making.take(key);
    this.chosen = item;
    this.at = this.place(item);
    this.figure = this.figureOf(item);
    this.faults = {};
    this.alike = null;
    this.done();
    this.draw();
    if (focus) this.focus();
  }

  place(item) {
    return this.page.order.findIndex(([what, key]) => what === item[0] && key === item[1]);
  }

  isUnread([what, key]) {
    return this.page[`${what}s`][key]?.proposed && !this.decided.has(`${what} ${key}`);
  }

  // The figure that is shown with what is chosen: with a claim the one before it in reading order;
  // with a numeral that is no figure none is.
  figureOf([what, key]) {
    if (what === "claim") return this.before([what, key]) ?? this.figure;
    return what === "figure" ? key : null;
  }

  before(item) {
    const before = this.page.order.slice(0, Math.max(this.place(item), 0));
    return before.reverse().find(([what]) => what === "figure")?.[1];
  }

  // The figures that stand together in what is chosen or made; null for a figure by itself.
  together() {
    if (this.making.draft) return new Set(this.making.draft.figures);
    const claim = this.chosen?.[0] === "claim" ? this.page.claims[this.chosen[1]] : null;
    return claim && new Set(claim.roles.map(({ figure }) => figure));
  }

  focus() {
    const [what, key] = this.chosen ?? [];
    this.met = true; // whoever has been at what is chosen goes on from there
    if (what === "figure") this.panel.element.scrollTop = 0;
    const target = what === "claim" ? this.panel.cards.get(key) : this.text.markOf(key, what);
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "nearest" });
  }

  // The next unread item, from what is chosen or, where that has gone, from where it stood.
  next() {
    const order = this.page.order;
    const now = this.chosen ? this.place(this.chosen) + (this.met ? 1 : 0) : 0;
    const from = now || this.at;
    const unread = [...order.slice(from), ...order.slice(0, from)].find((each) => this.isUnread(each));
    if (unread) return this.choose(unread);
    if (!this.decided.size) this.tellRead();
    this.draw();
    this.focus();
  }

  tellRead() {
    const all = !this.decided.size && this.page.order.every((each) => !this.isUnread(each));
    const { length: count } = this.panel.missing(this.page);
    const left = all && count ? filled(this.words.left, { count }) : "";
    this.tellDone(this.words[all ? "all read" : "saved"], this.progress() + left);
  }

  // By the arrows: the figure before or after. While one is asked for, the focus alone moves.
  step(by) {
    const keys = this.page.order.filter(([what]) => what === "figure").map(([, key]) => key);
    const asked = this.making.isAsking;
    const shown = this.figure ?? (this.chosen && this.before(this.chosen));
    const from = (asked && document.activeElement?.dataset?.figure) || shown;
    const key = keys[Math.min(Math.max(keys.indexOf(from) + by, 0), keys.length - 1)];
    if (!key) return;
    if (asked) this.text.markOf(key)?.focus();
    else this.choose(["figure", key]);
  }

  // Reading.

  accept(item = this.chosen) {
    if (this.making.draft) return this.inTurn(() => this.making.addClaim());
    if (!item) return this.next();
    const [what, key] = item;
    if (what === "numeral") return this.isUnread(item) ? this.tellWhy(key) : this.next();
    const ask = what === "figure" ? ["accept", { figure: key }] : ["accept claim", { claim: key }];
    return this.decide(item, ...ask);
  }

  // A numeral that is no figure is not accepted but explained. Nobody is led into the field for that
  // by a key that comes again: it would be typed there.
  tellWhy(key) {
    this.tell(filled(this.words["needs why"], this.page.numerals[key]));
  }

  rejectChosen() {
    if (this.chosen?.[0] === "claim") return this.reject(this.chosen[1]);
    return this.tell(this.words["no claim chosen"]);
  }

  reject(claim) {
    return this.decide(["claim", claim], "reject", { claim });
  }

  // The next is there at once, so that the keys that follow are for what is shown; what was decided
  // is written meanwhile. Where that is refused it is chosen again, unless somebody types. Nothing
  // is decided that has only just come: by a key or a click that comes twice.
  async decide(item, ask, parts) {
    const which = item.join(" ");
    if (this.decided.has(which) || performance.now() - this.came < SEEN) return;
    this.decided.add(which);
    const stays = this.chosen && this.chosen.join(" ") !== which && this.isUnread(this.chosen);
    if (!stays) {
      this.at = Math.max(this.place(item), 0);
      this.next();
      this.came = performance.now();
    }
    const answer = await this.inTurn(() => this.change(ask, parts, ""));
    this.decided.delete(which);
    if (answer?.ok) this.tellRead();
    else if (this.page[`${item[0]}s`][item[1]]) this.back(item);
  }

  // To what was not taken as it was decided, and there to the field that told why.
  back(item) {
    const { faults } = this;
    const { typing } = this.panel;
    if (typing && typing.dataset.of !== item[1]) return; // somebody is in a field of another
    this.choose(item, !typing);
    this.faults = faults;
    this.draw();
    if (!typing && faults.of === this.figure) Object.keys(faults).forEach((name) => this.panel.toFault(name));
  }

  async passOver(figure, reason) {
    this.at = Math.max(this.place(["figure", figure]), 0);
    this.reason = reason;
    this.focus();
    await this.change("pass over", { figure, reason }, this.words.saved, () => this.goOn());
  }

  // Why a numeral is no figure; then to the next that is unread.
  async sayWhy({ line, at }, reason) {
    this.focus();
    const answer = await this.change("why", { line, at, reason }, this.words.saved, () => this.next());
    if (!answer.ok && !this.panel.typing) this.type("why");
  }

  // After what was chosen has gone: to what stands in its place.
  goOn() {
    this.settle();
    if (this.chosen && this.isUnread(this.chosen)) this.choose(this.chosen);
    else this.next();
  }

  edit() {
    if (this.chosen?.[0] === "numeral") return this.type("why");
    const card = this.chosen?.[0] === "claim" ? this.panel.cards.get(this.chosen[1]) : null;
    if (card) card.querySelector("ul button").focus();
    else this.type(nameField(this.page.figures[this.figure]));
  }

  // Into a field, as by Tab: what is typed replaces it.
  type(id) {
    const field = this.panel.find(id);
    field?.focus();
    field?.select();
  }

  async copy(figure = this.figure) {
    if (this.alike?.figure !== figure) return this.tell(this.words["nothing alike"]);
    await this.change("copy", this.alike, this.words.saved);
    if (!this.panel.typing) this.focus();
  }

  askReason() {
    if (this.chosen?.[0] === "numeral") return this.type("why");
    if (!this.figure) return;
    this.reason = "";
    this.draw();
    this.type("reason");
  }

  // What was taken back, or done again, is said, and gone to.
  async undo(ask) {
    const { ok, step } = await this.change(ask, {}, "", ({ step: { figure, claim } }) => {
      if (this.page.figures[figure]) this.choose(["figure", figure]);
      else if (this.page.claims[claim]) this.choose(["claim", claim]);
      else this.goOn();
    });
    if (!ok) return;
    const { figure, claim, reported, fields, more } = step;
    const known = this.page.figures[figure] ?? this.page.claims[claim];
    const of = known?.words ?? `${known?.name ?? ""} ${reported}`;
    const called = fields.map((field) => this.words[field] ?? field).join(", ");
    const what = [of.trim(), called].filter(Boolean).join(": ") + (more ? ` (+${more})` : "");
    this.tell(filled(this.words[ask === "undo" ? "undone" : "redone"], { what }));
  }

  escape() {
    this.done();
    this.alike = null;
    this.tell("");
    this.draw();
    this.focus();
  }

  // A numeral that was selected in the text, or chosen from the list.

  async find(line, start, end) {
    if (this.making.isAsking) return;
    const answer = await this.kernel.ask("find", { line, start, end });
    if (!answer.ok) return this.tell(answer.says);
    this.found = answer;
    this.faults = {};
    this.draw();
    this.type("new name");
  }

  async add() {
    const { line, start, end } = this.found;
    const value = (id) => this.panel.find(id)?.value ?? "";
    const parts = { line, start, end, name: value("new name"), unit: value("new unit") };
    Object.assign(this.found, { name: parts.name, given: parts.unit });
    this.focus();
    const follow = ({ figure }) => this.choose(["figure", figure]);
    const answer = await this.change("add", parts, this.words.saved, follow);
    if (!answer.ok && !this.panel.typing) this.type("new name");
  }

  // What is written is written in turn: two quick keys are two steps. And what somebody asked for
  // before seeing that a change is refused is not done: to accept what was not corrected. What only
  // shows something, such as a field to type into, waits for nothing.
  inTurn(does) {
    const { refused } = this;
    const act = () => (refused === this.refused ? does() : null);
    this.acting = this.acting.then(act).catch((error) => this.tell(String(error)));
    return this.acting;
  }

  // What is chosen may have gone: then what stands in its place, or the next, is. The figure that is
  // shown may have left the claim that is chosen: then another of it is shown.
  settle() {
    const page = this.page;
    const known = (item) => item && page[`${item[0]}s`][item[1]];
    if (!known(this.chosen)) this.chosen = null;
    if (!page.figures[this.figure]) this.figure = null;
    this.making.settle(page);
    const [what, key] = this.chosen ?? [];
    const stands = what !== "claim" || page.claims[key].roles.some((each) => each.figure === this.figure);
    if (!this.chosen) {
      const ahead = [...page.order.slice(this.at), ...page.order];
      this.chosen = ahead.find((item) => this.isUnread(item)) ?? ahead[0] ?? null;
    } else if (stands) return;
    this.figure = this.chosen && this.figureOf(this.chosen);
  }

  draw() {
    this.settle();
    this.frame.draw(this.page);
    this.text.draw(this.page);
    this.panel.draw(this.page);
  }
}

export default {
  render({ model, el: root }) {
    const review = new Review(model, root);
    return () => review.stop();
  },
};
