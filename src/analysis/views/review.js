// The page of a review. It shows the plain data of `page` (see review_page.py) and asks the session
// for every change; what it shows of an article is text nodes and attributes, never markup.

const MOVED = ["change", "difference"];
const SILENCE = 8000; // milliseconds without an answer: the kernel was restarted, or is busy
let made = 0; // views on this page, so that ids are their own

// An element. Keys in `attrs` that start with "on" are listeners. Nothing may be swallowed by
// JupyterLab's shortcuts, which look at the element that has the focus alone.
function el(tag, attrs = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  if (["BUTTON", "INPUT", "SELECT", "SUMMARY"].includes(made.tagName) || "tabindex" in attrs)
    made.setAttribute("data-lm-suppress-shortcuts", "true");
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const points = (text) => [...text].length; // Python counts characters, the page UTF-16 units

class Page {
  constructor(model, root) {
    this.model = model;
    this.root = root;
    ({ words: this.words, choices: this.choices, colours: this.colours } = model.get("said"));
    this.ink = model.get("said").ink;
    this.id = `pf${++made}`;
    this.chosen = null; // ["figure", key] or ["claim", relation]
    this.figure = null; // the figure in the panel
    this.tying = null; // { claim, role, called, figure, reported }
    this.found = null; // a numeral that is about to become a figure
    this.reason = null; // why the figure is none, while that is asked for
    this.faults = {}; // a line by field
    this.waiting = new Map();
    this.asked = 0;
    this.queue = Promise.resolve();
    this.acting = Promise.resolve();
    this.marks = new Map();
    this.build();
    this.heard = (message) => this.answered(message);
    this.changed = () => this.draw();
    this.looked = () => document.visibilityState === "visible" && this.look();
    model.on("msg:custom", this.heard);
    model.on("change:page", this.changed);
    window.addEventListener("focus", this.looked);
    this.draw();
  }

  stop() {
    this.model.off("msg:custom", this.heard);
    this.model.off("change:page", this.changed);
    window.removeEventListener("focus", this.looked);
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
  }

  get page() {
    return this.model.get("page");
  }

  // Asking and being answered. Questions wait for one another, so that keys may be quick.

  ask(ask, parts = {}) {
    const turn = this.queue.then(() => this.send(ask, parts));
    this.queue = turn.catch(() => {});
    return turn;
  }

  send(ask, parts) {
    const id = ++this.asked;
    return new Promise((resolve) => {
      const dead = () => {
        this.waiting.delete(id);
        this.dead.hidden = false;
        this.dead.textContent = this.words.dead;
        resolve({ ok: false, says: "", field: "" });
      };
      const timer = setTimeout(dead, SILENCE);
      this.waiting.set(id, { resolve, timer });
      try {
        this.model.send({ id, ask, ...parts });
      } catch {
        // After a restart of the kernel there is nobody to send to.
        clearTimeout(timer);
        dead();
      }
    });
  }

  answered(message) {
    const one = this.waiting.get(message.id);
    if (!one) return;
    this.waiting.delete(message.id);
    clearTimeout(one.timer);
    this.dead.hidden = true;
    if (message.changed) this.tell(this.words.changed);
    one.resolve(message);
  }

  look() {
    if (!this.waiting.size) this.ask("look");
  }

  // A change; where it is refused, the reason stands at its field, or else in the status.
  async change(ask, parts, said) {
    const answer = await this.ask(ask, parts);
    this.faults = answer.ok || !answer.field ? {} : { [answer.field]: answer.says };
    if (!answer.ok && answer.says) this.tell(answer.says);
    else if (answer.ok && said) this.tell(`${said}. ${this.progress()}`);
    this.draw();
    return answer;
  }

  tell(text) {
    this.status.textContent = text;
  }

  progress() {
    const { read, all, claims_read, claims } = this.page.progress;
    return filled(this.words.progress, { read, all, claims_read, claims });
  }

  // Choosing.

  isUnread([what, key]) {
    const of = what === "figure" ? this.page.figures : this.page.claims;
    return of[key]?.proposed;
  }

  choose(item, focus = true) {
    const [what, key] = item;
    if (what === "figure" && this.tying) return this.tie(key);
    this.chosen = item;
    this.figure = what === "figure" ? key : this.holder(key);
    this.faults = {};
    this.found = this.reason = null;
    this.draw();
    if (focus) this.focus();
  }

  // The figure that a claim is shown with: the one before it in reading order.
  holder(claim) {
    const order = this.page.order;
    let n = order.findIndex(([what, key]) => what === "claim" && key === claim);
    while (n >= 0 && order[n][0] !== "figure") n--;
    return n >= 0 ? order[n][1] : this.figure;
  }

  focus() {
    const [what, key] = this.chosen ?? [];
    const target = what === "figure" ? this.marks.get(key)?.[0] : this.cards?.get(key);
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "nearest" });
  }

  next() {
    const order = this.page.order;
    const same = (item) => item[0] === this.chosen?.[0] && item[1] === this.chosen?.[1];
    const from = order.findIndex(same) + 1;
    const ahead = [...order.slice(from), ...order.slice(0, from)];
    const unread = ahead.find((item) => this.isUnread(item));
    if (unread) this.choose(unread);
    else {
      this.tell(`${this.words["all read"]}. ${this.progress()}`);
      this.focus();
    }
  }

  step(by) {
    const figures = this.page.order.filter(([what]) => what === "figure");
    const n = figures.findIndex(([, key]) => key === this.figure);
    const next = figures[Math.min(Math.max(n + by, 0), figures.length - 1)];
    if (next && this.tying) this.marks.get(this.nearby(by))?.[0].focus();
    else if (next) this.choose(next);
  }

  nearby(by) {
    const keys = this.page.order.filter(([what]) => what === "figure").map(([, key]) => key);
    const n = keys.indexOf(document.activeElement?.dataset?.figure ?? this.figure);
    return keys[Math.min(Math.max(n + by, 0), keys.length - 1)];
  }

  async accept(item = this.chosen) {
    if (!item) return this.next();
    const [what, key] = item;
    const ask = what === "figure" ? ["accept", { figure: key }] : ["accept claim", { claim: key }];
    const answer = await this.change(...ask, this.words.accepted);
    if (answer.ok) this.next();
  }

  async tie(to) {
    const { claim, role, figure } = this.tying;
    this.tying = null;
    this.chosen = ["claim", claim];
    if (to !== figure) await this.change("tie", { claim, role, figure, to }, this.words.saved);
    else this.draw();
    const after = this.page.claims[claim];
    if (after) this.tell(`${after.judged}: ${after.words}`);
    this.focus();
  }

  async undo(ask) {
    await this.change(ask, {}, this.words[ask === "undo" ? "undone" : "redone"]);
    this.focus();
  }

  // Keys that mean something while no field has the focus.

  key(event) {
    const field = event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (field && "kept" in field.dataset) field.value = field.dataset.kept;
      this.tying = this.found = this.reason = null;
      this.tell("");
      this.draw();
      this.focus();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const modified = event.metaKey || event.altKey || event.ctrlKey;
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (field || (modified && letter !== "z")) return;
    const does = {
      n: () => this.next(),
      a: () => this.accept(),
      e: () => this.panel.querySelector("input, select")?.focus(),
      x: () => this.askReason(),
      z: () => this.undo(event.shiftKey ? "redo" : "undo"),
      ArrowLeft: () => this.step(-1),
      ArrowUp: () => this.step(-1),
      ArrowRight: () => this.step(1),
      ArrowDown: () => this.step(1),
    }[letter];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    // What a key before this one does is done first: two quick keys are two steps.
    this.acting = this.acting.then(does).catch((error) => this.tell(String(error)));
  }

  askReason() {
    if (!this.figure) return;
    this.reason = "";
    this.draw();
    this.panel.querySelector("[data-id='reason']")?.focus();
  }

  // A numeral that was marked in the text, or chosen from the list.

  async find(line, start, end) {
    const answer = await this.ask("find", { line, start, end });
    if (!answer.ok) return this.tell(answer.says);
    this.found = answer;
    this.faults = {};
    this.draw();
    this.panel.querySelector("[data-id='new name']")?.focus();
  }

  async add() {
    const { line, start, end } = this.found;
    const value = (id) => this.panel.querySelector(`[data-id='${id}']`)?.value ?? "";
    const parts = { line, start, end, name: value("new name"), unit: value("new unit") };
    const answer = await this.change("add", parts, this.words.saved);
    if (answer.ok) this.choose(["figure", answer.figure]);
    else this.panel.querySelector("[data-id='new name']")?.focus();
  }

  selected() {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const line = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-line]");
    const of = line(range.startContainer);
    if (!of || !this.text.contains(of) || of !== line(range.endContainer)) return;
    const at = ([node, offset]) => {
      const piece = node.nodeType === 3 ? node.parentElement.closest("[data-at]") : null;
      if (!piece) {
        const next = node.childNodes[offset]?.closest?.("[data-at]");
        return next ? Number(next.dataset.at) : Infinity;
      }
      const within = piece.dataset.hidden ? 0 : points(node.data.slice(0, offset));
      return Number(piece.dataset.at) + within;
    };
    const start = at([range.startContainer, range.startOffset]);
    const end = Math.min(at([range.endContainer, range.endOffset]), Number(of.dataset.length));
    if (start < end) this.find(Number(of.dataset.line), start, end);
  }

  // Drawing. The frame is built once; what is in it follows the page.

  build() {
    const w = this.words;
    const button = (name, key, does) =>
      el("button", { type: "button", "aria-keyshortcuts": key, onclick: does }, w[name]);
    this.title = el("b");
    this.bar = el("progress", { "aria-label": w.review });
    this.count = el("span");
    this.wrong = el("span", { class: "pf-badge" });
    this.undoes = button("undo", "z", () => this.undo("undo"));
    this.redoes = button("redo", "Shift+Z", () => this.undo("redo"));
    this.status = el("div", { role: "status", "aria-live": "polite", class: "pf-status" });
    this.dead = el("div", { role: "alert", class: "pf-fault", hidden: "" });
    this.text = el("div", { class: "pf-text", role: "region", "aria-label": w.text, tabindex: "0" });
    this.panel = el("div", { class: "pf-panel", role: "region", "aria-label": w.figure, tabindex: "0" });
    this.text.addEventListener("pointerup", () => setTimeout(() => this.selected()));
    const tools = el(
      "div",
      { class: "pf-tools", role: "group", "aria-label": w.review },
      button("next", "n", () => this.next()),
      button("accept", "a", () => this.accept()),
      this.undoes,
      this.redoes,
    );
    const head = el("div", { class: "pf-head" }, this.title, this.bar, this.count, this.wrong);
    const keys = el("p", { class: "pf-keys" }, w.keys);
    const main = el("div", { class: "pf-main" }, this.text, this.panel);
    this.frame = el(
      "div",
      { class: "pf-review", lang: this.model.get("said").language, onkeydown: (e) => this.key(e) },
      ...[head, tools, this.dead, this.status, main, keys],
    );
    this.root.append(this.frame);
  }

  draw() {
    const page = this.page;
    const known = (item) => item && page[`${item[0]}s`][item[1]];
    if (!known(this.chosen)) this.chosen = null;
    if (!page.figures[this.figure]) this.figure = null;
    if (!this.chosen) {
      this.chosen = page.order.find((item) => this.isUnread(item)) ?? page.order[0] ?? null;
      const [what, key] = this.chosen ?? [];
      this.figure = what === "figure" ? key : what ? this.holder(key) : null;
    }
    this.title.textContent = filled(this.words.review, { name: page.name });
    const { read, all, claims_read, claims } = page.progress;
    this.bar.max = all + claims || 1;
    this.bar.value = read + claims_read;
    this.count.textContent = this.progress();
    this.wrong.textContent = filled(this.words.contradicted, { count: page.contradicted });
    this.wrong.classList.toggle("pf-wrong", page.contradicted > 0);
    this.undoes.disabled = !page.can_undo;
    this.redoes.disabled = !page.can_redo;
    this.drawText(page);
    this.drawMarks(page);
    this.keepingFocus(() => this.drawPanel(page));
  }

  drawText(page) {
    const look = JSON.stringify([page.lines, page.grid, page.listed]);
    if (look === this.drawnText) return;
    const focused = this.text.contains(document.activeElement) && document.activeElement.dataset.figure;
    this.drawnText = look;
    this.marks = new Map();
    const lang = /[\u3400-\u9fff]/.test(JSON.stringify(page.lines)) ? "zh" : null;
    const lines = page.lines.map(({ line, pieces }) => {
      const last = pieces[pieces.length - 1];
      const length = last ? last.at + points(last.text) : 0;
      const shown = pieces.map((piece) => this.piece(line, piece));
      return el("p", { "data-line": line, "data-length": length, lang }, ...shown);
    });
    const listed = page.listed.map((key) =>
      el("li", {}, ...this.mark(key), ` ${page.figures[key].name}`),
    );
    const heading = page.lines.length || page.grid ? "elsewhere" : "no text";
    this.text.replaceChildren(
      ...(page.grid ? [this.grid(page.grid)] : []),
      ...lines,
      ...(listed.length ? [el("h4", {}, this.words[heading]), el("ul", {}, ...listed)] : []),
    );
    if (focused) this.marks.get(focused)?.[0].focus({ preventScroll: true });
  }

  piece(line, { at, text, figure, why, hidden }) {
    if (figure) return this.mark(figure, at);
    const attrs = { "data-at": at, "data-hidden": hidden ? "1" : null };
    if (why !== undefined) {
      const choose = () => window.getSelection().isCollapsed && this.find(line, at, at + points(text));
      Object.assign(attrs, { class: "pf-passed", title: why, onclick: choose });
    }
    return el("span", attrs, text);
  }

  mark(key, at = null) {
    const { reported } = this.page.figures[key];
    const choose = () => window.getSelection().isCollapsed && this.choose(["figure", key]);
    const press = (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        event.stopPropagation();
        this.choose(["figure", key]);
      }
    };
    const attrs = { role: "button", class: "pf-mark", "data-figure": key, "data-at": at, tabindex: "-1" };
    const mark = el("span", { ...attrs, onclick: choose, onkeydown: press }, reported);
    const numbers = el("sup", { "aria-hidden": "true" });
    this.marks.set(key, [mark, numbers]);
    return [mark, numbers];
  }

  grid({ heads, rows }) {
    const head = heads.map((level) =>
      el("tr", {}, el("td"), ...level.map(([label, over]) =>
        el("th", { scope: over > 1 ? "colgroup" : "col", colspan: over }, label))),
    );
    const body = rows.map(([name, cells]) =>
      el("tr", {}, el("th", { scope: "row" }, name),
        ...cells.map((keys) => el("td", {}, ...keys.flatMap((key) => this.mark(key))))),
    );
    const caption = el("caption", {}, this.words.table);
    return el("table", { class: "pf-grid" }, caption, el("thead", {}, ...head), el("tbody", {}, ...body));
  }

  drawMarks(page) {
    const claim = this.chosen?.[0] === "claim" ? page.claims[this.chosen[1]] : null;
    const tied = new Set(claim ? claim.roles.map(({ figure }) => figure) : []);
    for (const [key, [mark, numbers]] of this.marks) {
      const figure = page.figures[key];
      if (!figure) continue;
      const state = JSON.stringify([figure, key === this.figure, tied.has(key)]);
      if (mark.drawn === state) continue;
      mark.drawn = state;
      const [background, line] = this.colours[figure.measure] ?? ["#e4e4e4", "#555"];
      const under = figure.proposed ? "dashed" : "solid";
      mark.style.cssText = `background:${background};color:${this.ink};border-bottom:2px ${under} ${line}`;
      mark.classList.toggle("pf-contradicted", figure.wrong);
      mark.classList.toggle("pf-chosen", claim ? tied.has(key) : key === this.figure);
      mark.setAttribute("aria-pressed", key === this.figure);
      mark.setAttribute("aria-label", `${figure.reported}: ${figure.told}`);
      mark.title = figure.told;
      mark.tabIndex = key === this.figure ? 0 : -1;
      numbers.replaceChildren(
        ...(figure.numbers.length ? [`[${figure.numbers.join(",")}]`] : []),
        ...(figure.doubt ? [el("span", { class: "pf-badge pf-wrong" }, `→ ${figure.doubt}?`)] : []),
      );
    }
  }

  // A panel drawn anew leaves the focus, and what is being typed, where it was.
  keepingFocus(draw) {
    const active = document.activeElement;
    const id = this.panel.contains(active) ? active.dataset.id : null;
    const typed = id && active.tagName === "INPUT" ? [active.value, active.selectionStart] : null;
    const changed = typed && active.value !== active.dataset.kept;
    const top = this.panel.scrollTop;
    draw();
    this.panel.scrollTop = top;
    if (!id) return;
    const again = this.panel.querySelector(`[data-id='${CSS.escape(id)}']`);
    if (!again) return this.focus();
    const refused = id in this.faults || `source ${id}` in this.faults;
    if (changed && !refused) again.value = typed[0];
    again.focus({ preventScroll: true });
    if (typed && !refused) again.setSelectionRange?.(typed[1], typed[1]);
  }

  drawPanel(page) {
    this.cards = new Map();
    const parts = [];
    if (this.tying) {
      const { called: role, reported } = this.tying;
      parts.push(el("p", { class: "pf-notice" }, filled(this.words.tying, { role, reported })));
    }
    if (this.found) parts.push(this.newFigure());
    if (this.figure) parts.push(...this.figureParts(page, this.figure, page.figures[this.figure]));
    if (page.doubts.length) {
      const items = page.doubts.map(({ words, figure }) =>
        el("li", {}, this.link(words, `doubt ${figure}`, figure)));
      parts.push(el("h4", {}, this.words.diagnosis), el("ul", {}, ...items));
    }
    parts.push(this.missed(page), this.source(page));
    this.panel.replaceChildren(...parts);
  }

  link(text, id, figure) {
    const choose = () => this.choose(["figure", figure]);
    return el("button", { type: "button", class: "pf-link", "data-id": id, onclick: choose }, text);
  }

  button(text, id, does, attrs = {}) {
    return el("button", { type: "button", "data-id": id, onclick: does, ...attrs }, text);
  }

  figureParts(page, key, figure) {
    const w = this.words;
    const figures = page.order.filter(([what]) => what === "figure");
    const n = figures.findIndex(([, each]) => each === key) + 1;
    const at = filled(w.at, { n, all: figures.length });
    const state = figure.proposed ? w.unread : w.accepted;
    const fields = Object.keys(figure.fields).filter(
      (name) =>
        (name !== "against" || MOVED.includes(figure.measure)) &&
        (name !== "basis" || figure.measure === "change"),
    );
    const edit = (field) => (value) => this.change("edit", { figure: key, field, value }, w.saved);
    const told = [el("dt", {}, w.bounds), el("dd", {}, figure.bounds)];
    if (figure.place) told.push(el("dt", {}, w.place), el("dd", {}, figure.place));
    const claims = page.order
      .filter(([what]) => what === "claim")
      .map(([, relation]) => page.claims[relation])
      .filter(({ roles }) => roles.some((each) => each.figure === key));
    return [
      el("h3", {}, figure.reported, " ", el("small", {}, `${figure.name} · ${at} · ${state}`)),
      el("div", { class: "pf-tools" },
        this.button(w.accept, "accept", () => this.accept(["figure", key]), { "aria-keyshortcuts": "a" }),
        this.button(w["no figure"], "no figure", () => this.askReason(), { "aria-keyshortcuts": "x" })),
      this.reason === null ? null : this.reasonForm(key),
      el("dl", {}, ...told),
      el("div", { class: "pf-fields" }, ...fields.map((f) => this.field(f, figure.fields[f], edit(f)))),
      el("h4", {}, w.claims),
      ...(claims.length ? claims.map((claim) => this.claim(claim)) : [el("p", {}, w["no claims"])]),
    ].filter(Boolean);
  }

  field(name, value, save, label = this.words[name]) {
    const id = `${this.id}-${name}`;
    const fault = this.faults[name] ?? this.faults[`source ${name}`];
    const attrs = {
      ...{ id, "data-id": name, "data-kept": value },
      ...{ "aria-invalid": fault ? "true" : null, "aria-describedby": fault ? `${id}-fault` : null },
      onchange: (event) => commit(event.target),
    };
    // By Enter and by leaving the field: one change, once.
    const commit = async (field) => {
      if (field.value === (field.sent ?? field.dataset.kept)) return;
      field.sent = field.value;
      await save(field.value);
    };
    let input;
    const choices = this.choices[name];
    if (choices && name !== "against") {
      input = el("select", attrs, ...choices.map(([key, text]) => el("option", { value: key }, text)));
    } else {
      const list = choices ? `${id}-list` : null;
      const enter = async (event) => {
        if (event.key !== "Enter") return;
        await commit(event.target);
        if (!this.faults[name] && !this.faults[`source ${name}`]) this.focus();
      };
      input = el("input", { ...attrs, type: "text", autocomplete: "off", list, onkeydown: enter });
    }
    input.value = value;
    const options = (choices ?? []).map(([key, text]) => el("option", { value: key }, text));
    const shown = input.tagName === "INPUT" && choices ? el("datalist", { id: `${id}-list` }, ...options) : null;
    const line = fault ? el("div", { class: "pf-fault", id: `${id}-fault` }, fault) : null;
    return el("div", { class: "pf-field" }, el("label", { for: id }, label), input, shown, line);
  }

  reasonForm(key) {
    const w = this.words;
    const save = async () => {
      const reason = this.panel.querySelector("[data-id='reason']").value;
      const answer = await this.change("pass over", { figure: key, reason }, w.saved);
      if (answer.ok) this.next();
    };
    return this.form("reason", w.reason, "", w["set aside"], save);
  }

  form(name, label, value, does, save, more = []) {
    const id = `${this.id}-${name.replace(" ", "-")}`;
    const fault = this.faults[name] ?? (name === "new name" ? this.faults.name_zh : null);
    const enter = (event) => event.key === "Enter" && save();
    const attrs = { id, "data-id": name, "data-kept": value, type: "text", autocomplete: "off" };
    const describes = { "aria-invalid": fault ? "true" : null, "aria-describedby": fault ? `${id}-fault` : null };
    const input = el("input", { ...attrs, ...describes, onkeydown: enter });
    input.value = value;
    return el("div", { class: "pf-form" },
      el("label", { for: id }, label), input,
      fault ? el("div", { class: "pf-fault", id: `${id}-fault` }, fault) : null,
      ...more,
      el("div", { class: "pf-tools" }, this.button(does, `${name} ok`, save),
        this.button(this.words.cancel, `${name} cancel`, () => {
          this.found = this.reason = null;
          this.draw();
          this.focus();
        })));
  }

  newFigure() {
    const { reported, name, unit } = this.found;
    const heading = el("h3", {}, filled(this.words.new, { reported }));
    const id = `${this.id}-new-unit`;
    const attrs = { id, "data-id": "new unit", "data-kept": "", type: "text", autocomplete: "off" };
    const more = unit ? [] : [el("label", { for: id }, this.words.unit), el("input", attrs)];
    const form = this.form("new name", this.words["new name"], name, this.words.add, () => this.add(), more);
    return el("div", { class: "pf-notice" }, heading, form);
  }

  claim(claim) {
    const w = this.words;
    const { relation, number, words, judged, verdict, explanation, proposed, note, roles } = claim;
    const chosen = this.chosen[0] === "claim" && this.chosen[1] === relation;
    const state = proposed ? w.unread : w.accepted;
    const wrong = verdict === "contradicts";
    const reject = async () => {
      await this.change("reject", { claim: relation }, w.saved);
      this.focus();
    };
    const rows = roles.map(({ role, called, figure, reported }) => {
      const start = () => {
        this.tying = { claim: relation, role, called, figure, reported };
        this.tell(filled(w.tying, { role: called, reported }));
        this.draw();
        this.marks.get(figure)?.[0].focus();
      };
      return el("li", {}, `${called}: `,
        this.link(reported, `role ${relation} ${role} ${figure}`, figure), " ",
        this.button(w.other, `tie ${relation} ${role} ${figure}`, start,
          { "aria-label": `${w.tie}: ${called}, ${reported}` }));
    });
    const name = `${filled(w["claim at"], { number, words })}; ${judged}; ${state}`;
    const card = el("div",
      { class: `pf-claim${chosen ? " pf-chosen" : ""}`, role: "group", tabindex: "-1",
        "data-id": `claim ${relation}`, "aria-label": name },
      el("div", {}, el("b", {}, `${number} `),
        el("span", { class: `pf-badge${wrong ? " pf-wrong" : ""}` }, judged), ` ${words}`),
      explanation ? el("div", { class: "pf-small" }, explanation) : null,
      el("div", { class: "pf-small" }, note ? `${state} · ${note}` : state),
      el("div", { class: "pf-tools" },
        this.button(w.accept, `accept ${relation}`, () => this.accept(["claim", relation]),
          { "aria-label": `${w.accept}: ${number}` }),
        this.button(w.reject, `reject ${relation}`, reject, { "aria-label": `${w.reject}: ${number}` })),
      el("ul", {}, ...rows));
    this.cards.set(relation, card);
    return card;
  }

  missed({ missed }) {
    const items = missed.map(({ line, at, text, why }, n) => {
      const make = () => this.find(line, at, at + points(text));
      return el("li", {}, `${text} (${why || this.words.unaccounted}) `,
        this.button(this.words.make, `make ${n}`, make, { "aria-label": `${this.words.make}: ${text}` }));
    });
    const summary = el("summary", { "data-id": "missed" }, `${this.words.missed} (${missed.length})`);
    const open = this.panel.querySelector("details.pf-missed")?.open;
    return el("details", { class: "pf-missed", open: open ? "" : null }, summary,
      el("p", { class: "pf-small" }, this.words["missed help"]), el("ul", {}, ...items));
  }

  source({ source, gaps, figures, notes }) {
    const save = (field) => (value) => this.change("source", { field, value }, this.words.saved);
    const missing = gaps.map(({ figure, field }) => {
      const name = this.words[field] ?? field;
      const what = figure ? `${figures[figure]?.name ?? figure}: ${name}` : name;
      const text = filled(this.words.missing, { what });
      return el("li", {}, figure ? this.link(text, `gap ${figure} ${field}`, figure) : text);
    });
    const before = this.panel.querySelector("details.pf-source");
    const open = before ? before.open : gaps.length > 0;
    const summary = el("summary", { "data-id": "source" }, `${this.words.source} (${gaps.length})`);
    return el("details", { class: "pf-source", open: open ? "" : null }, summary,
      ...notes.map((note) => el("p", { class: "pf-fault" }, note)), el("ul", {}, ...missing),
      el("div", { class: "pf-fields" },
        ...Object.entries(source).map(([name, value]) => this.field(name, value, save(name)))));
  }
}

export default {
  render({ model, el: root }) {
    const page = new Page(model, root);
    return () => page.stop();
  },
};
