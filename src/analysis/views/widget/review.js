// The page of a review. It shows plain data (see review_page.py) and asks the session for every
// change (see review_messages.py).

import { kindFor, placed } from "./claims.js";
import { button, el, filled } from "./elements.js";
import { Kernel } from "./kernel.js";
import { Panel } from "./panel.js";
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
    this.done();
    this.acting = Promise.resolve(); // what is being done, and what waits for it
    this.answered = 0; // how many changes were
    this.refused = 0; // and how many of these refused
    const heard = (message, answers) => this.heard(message, answers);
    this.kernel = new Kernel(model, heard, () => this.silent());
    this.text = new Text(this);
    this.panel = new Panel(this);
    this.build(root);
    this.looked = () => document.visibilityState === "visible" && this.look();
    window.addEventListener("focus", this.looked);
    this.draw();
    this.look();
  }

  // What was begun is over: a claim or a tie being made, a new figure, a reason asked for.
  done() {
    this.tying = null; // { claim, role, called, figure, reported }
    this.draft = null; // a claim that is put together: { kind, figures }
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
    this.dead.hidden = true;
    if (changed) this.tell(this.words.changed);
    if (!answers) this.draw();
  }

  silent() {
    this.dead.hidden = false;
    this.dead.textContent = this.words.dead;
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
    if (!answer.ok && answer.says) this.tell(of ? `${of}: ${answer.says}` : answer.says);
    else if (answer.ok && said) this.tell(`${said}. ${this.offer() ?? this.progress()}`);
    if (answer.ok && follow && chosen === this.chosen && !this.panel.typing) follow(answer);
    else this.draw();
    return answer;
  }

  tell(text) {
    this.status.textContent = text;
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
    if (what === "figure" && this.tying) return this.tie(this.tying, key);
    if (what === "figure" && this.draft) return this.draftFigure(key);
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
    if (this.draft) return new Set(this.draft.figures);
    const claim = this.chosen?.[0] === "claim" ? this.page.claims[this.chosen[1]] : null;
    return claim && new Set(claim.roles.map(({ figure }) => figure));
  }

  focus() {
    const [what, key] = this.chosen ?? [];
    const target = what === "claim" ? this.panel.cards.get(key) : this.text.markOf(key, what);
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "nearest" });
  }

  // The next unread item, from what is chosen or, where that has gone, from where it stood.
  next() {
    const order = this.page.order;
    const now = this.chosen ? this.place(this.chosen) + 1 : 0;
    const from = now || this.at;
    const unread = [...order.slice(from), ...order.slice(0, from)].find((each) => this.isUnread(each));
    if (unread) return this.choose(unread);
    if (!this.decided.size) this.tellRead();
    this.draw();
    this.focus();
  }

  tellRead() {
    const all = this.page.order.every((each) => !this.isUnread(each));
    this.tell(`${this.words[all ? "all read" : "saved"]}. ${this.progress()}`);
  }

  // By the arrows: the figure before or after. While one is asked for, the focus alone moves.
  step(by) {
    const keys = this.page.order.filter(([what]) => what === "figure").map(([, key]) => key);
    const asked = this.tying || this.draft;
    const shown = this.figure ?? (this.chosen && this.before(this.chosen));
    const from = (asked && document.activeElement?.dataset?.figure) || shown;
    const key = keys[Math.min(Math.max(keys.indexOf(from) + by, 0), keys.length - 1)];
    if (!key) return;
    if (asked) this.text.markOf(key)?.focus();
    else this.choose(["figure", key]);
  }

  // Reading.

  accept(item = this.chosen) {
    if (this.draft) return this.inTurn(() => this.addClaim());
    if (!item) return this.next();
    const [what, key] = item;
    if (what === "numeral") return this.type("why");
    const ask = what === "figure" ? ["accept", { figure: key }] : ["accept claim", { claim: key }];
    return this.decide(item, ...ask);
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
    else if (!this.panel.typing && this.page[`${item[0]}s`][item[1]]) this.back(item);
  }

  // To what was not taken as it was decided, and there to the field that told why.
  back(item) {
    const { faults } = this;
    this.choose(item);
    this.faults = faults;
    this.draw();
    if (faults.of === this.figure) Object.keys(faults).forEach((name) => this.panel.toFault(name));
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
    else this.type("name_zh");
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

  // Claims: another figure in a role, one more or one less; and a claim that was missed.

  startTying(claim, { role, called, figure, reported = "" }) {
    this.done();
    this.tying = { claim, role, called, figure, reported };
    const text = figure ? this.words.tying : this.words["more tying"];
    this.tell(filled(text, { role: called, reported }));
    this.draw();
    this.text.markOf(figure || this.figure)?.focus();
  }

  async tie({ claim, role, figure }, to) {
    this.tying = null;
    this.chosen = ["claim", claim];
    const parts = { claim, role, figure, to };
    const answer = to === figure ? { ok: true } : await this.change("tie", parts, this.words.saved);
    this.draw();
    if (answer.ok) this.tellClaim(claim);
    this.focus();
  }

  // Begun with the chosen figure; asked for once more, it is of another kind.
  startDraft() {
    const { figure, draft, kinds } = this;
    if (draft) {
      const n = kinds.findIndex(({ kind }) => kind === draft.kind);
      this.ofKind(kinds[(n + 1) % kinds.length].kind);
    } else {
      this.done();
      this.draft = { kind: "", figures: figure ? [figure] : [] };
      this.ofKind(kindFor(this.page.figures[figure]?.measure));
    }
    this.text.markOf(figure)?.focus();
  }

  ofKind(kind) {
    this.draft.kind = kind;
    this.tellDraft();
    this.draw();
  }

  draftFigure(key) {
    const { figures } = this.draft;
    const others = figures.filter((each) => each !== key);
    this.draft.figures = others.length < figures.length ? others : [...figures, key];
    this.tellDraft();
    this.draw();
    this.text.markOf(key)?.focus();
  }

  tellDraft() {
    const { rows, open } = placed(this);
    const kind = this.kinds.find((each) => each.kind === this.draft.kind).called;
    const have = rows.map(({ called, reported }) => `${called}: ${reported}`);
    const next = open.length ? [filled(this.words["claim next"], { role: open[0].called })] : [];
    this.tell([kind, ...have, ...next].join("; "));
  }

  async addClaim() {
    if (!this.draft) return;
    const { rows } = placed(this);
    const parts = { roles: rows.map(({ role }) => role), figures: rows.map(({ figure }) => figure) };
    const answer = await this.change("claim", { kind: this.draft.kind, ...parts }, "");
    if (!answer.ok) return;
    this.done(); // and who made it is where that was begun
    this.draw();
    this.tellClaim(answer.claim);
    if (!this.panel.typing) this.focus();
  }

  tellClaim(claim) {
    const { judged, words } = this.page.claims[claim];
    this.tell(`${judged}: ${words}`);
  }

  // A numeral that was selected in the text, or chosen from the list.

  async find(line, start, end) {
    if (this.tying || this.draft) return;
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

  // Keys that mean something while no field has the focus.
  key(event) {
    const field = event.target.closest("input, select, textarea");
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const modified = event.metaKey || event.altKey || event.ctrlKey;
    if (letter === "Escape" && field && "kept" in field.dataset) field.value = field.dataset.kept;
    if (letter !== "Escape" && (field || (modified && letter !== "z"))) return;
    const { figure } = this;
    const once = (act) => () => event.repeat || act(); // not by a key that is held down
    const does = {
      Escape: () => this.escape(),
      n: () => this.next(),
      a: once(() => this.accept()),
      r: once(() => this.rejectChosen()),
      e: () => this.edit(),
      t: () => this.type("when"),
      s: () => this.inTurn(() => this.copy(figure)),
      c: () => this.startDraft(),
      x: () => this.askReason(),
      z: () => this.inTurn(() => this.undo(event.shiftKey ? "redo" : "undo")),
      ArrowLeft: () => this.step(-1),
      ArrowUp: () => this.step(-1),
      ArrowRight: () => this.step(1),
      ArrowDown: () => this.step(1),
    }[letter];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
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

  // Drawing. The frame is built once; what is in it follows the page.

  build(root) {
    const w = this.words;
    const tool = (name, key, does) => button(w[name], name, does, { "aria-keyshortcuts": key });
    this.foreign = el("div", { role: "alert", class: "pf-fault" });
    this.title = el("b");
    this.bar = el("progress", { "aria-label": w.review });
    this.count = el("span");
    this.wrong = el("span", { class: "pf-badge" });
    this.undoes = tool("undo", "z", () => this.undo("undo"));
    this.redoes = tool("redo", "Shift+Z", () => this.undo("redo"));
    this.status = el("div", { role: "status", "aria-live": "polite", class: "pf-status" });
    this.dead = el("div", { role: "alert", class: "pf-fault", hidden: "" });
    const tools = [
      tool("next", "n", () => this.next()),
      tool("accept", "a", () => this.accept()),
      ...[this.undoes, this.redoes],
    ];
    root.append(
      el("div", { class: "pf-review", lang: this.language, onkeydown: (event) => this.key(event) },
        this.foreign,
        el("div", { class: "pf-head" }, this.title, this.bar, this.count, this.wrong),
        el("div", { class: "pf-tools", role: "group", "aria-label": w.review }, ...tools),
        ...[this.dead, this.status],
        el("div", { class: "pf-main" }, this.text.element, this.panel.element),
        el("p", { class: "pf-keys" }, w.keys)),
    );
  }

  // What is chosen may have gone: then what stands in its place, or the next, is.
  settle() {
    const page = this.page;
    const known = (item) => item && page[`${item[0]}s`][item[1]];
    if (!known(this.chosen)) this.chosen = null;
    if (!page.figures[this.figure]) this.figure = null;
    if (this.draft) this.draft.figures = this.draft.figures.filter((key) => page.figures[key]);
    if (!this.chosen) {
      const ahead = [...page.order.slice(this.at), ...page.order];
      this.chosen = ahead.find((item) => this.isUnread(item)) ?? ahead[0] ?? null;
      this.figure = this.chosen && this.figureOf(this.chosen);
    }
  }

  draw() {
    this.settle();
    const page = this.page;
    this.title.textContent = filled(this.words.review, { name: page.name });
    const { read, all, claims_read, claims } = page.progress;
    this.bar.max = all + claims || 1;
    this.bar.value = read + claims_read;
    this.count.textContent = this.progress();
    this.wrong.textContent = filled(this.words.contradicted, { count: page.contradicted });
    this.wrong.classList.toggle("pf-wrong", page.contradicted > 0);
    this.foreign.textContent = page.foreign;
    this.foreign.hidden = !page.foreign;
    this.undoes.disabled = !page.can_undo;
    this.redoes.disabled = !page.can_redo;
    this.text.draw(page);
    this.panel.draw(page);
  }
}

export default {
  render({ model, el: root }) {
    const review = new Review(model, root);
    return () => review.stop();
  },
};
