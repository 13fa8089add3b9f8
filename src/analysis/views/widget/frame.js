// What stands around the text and the panel: progress, the tools and their keys, the status.

import { button, el, filled } from "./elements.js";

export class Frame {
  constructor(review, root) {
    this.review = review;
    const { words: w, language, text, panel } = review;
    const called = filled(w.review, review.page);
    const tool = (name, key, does) => button(w[name], name, does, { "aria-keyshortcuts": key });
    this.foreign = el("div", { role: "alert", class: "pf-fault" });
    this.title = el("b", {}, called);
    this.bar = el("progress", { "aria-label": called });
    this.count = el("span");
    this.wrong = el("span", { class: "pf-badge" });
    this.undoes = tool("undo", "z", () => review.undo("undo"));
    this.redoes = tool("redo", "Shift+Z", () => review.undo("redo"));
    this.status = el("div", { role: "status", "aria-live": "polite", class: "pf-status" });
    this.dead = el("div", { role: "alert", class: "pf-fault", hidden: "" });
    const tools = [
      tool("next", "n", () => this.ahead()),
      tool("accept", "a", () => review.accept()),
      ...[this.undoes, this.redoes],
    ];
    root.append(
      el("div", { class: "pf-review", lang: language, onkeydown: (event) => this.key(event) },
        this.foreign,
        el("div", { class: "pf-head" }, this.title, this.bar, this.count, this.wrong),
        el("div", { class: "pf-tools", role: "group", "aria-label": called }, ...tools),
        ...[this.dead, this.status],
        el("div", { class: "pf-main" }, text.element, panel.element),
        el("p", { class: "pf-keys" }, w.keys)),
    );
  }

  // Whether the kernel answers.
  alive(is) {
    this.dead.hidden = is;
    if (!is) this.dead.textContent = this.review.words.dead;
  }

  draw(page) {
    const { words } = this.review;
    const { read, all, claims_read, claims } = page.progress;
    this.bar.max = all + claims || 1;
    this.bar.value = read + claims_read;
    this.count.textContent = this.review.progress();
    this.wrong.textContent = filled(words.contradicted, { count: page.contradicted });
    this.wrong.classList.toggle("pf-wrong", page.contradicted > 0);
    this.foreign.textContent = page.foreign;
    this.foreign.hidden = !page.foreign;
    this.undoes.disabled = !page.can_undo;
    this.redoes.disabled = !page.can_redo;
  }

  // The next unread; when all is read, what is still missing of the source.
  ahead() {
    const { review } = this;
    const isRead = review.page.order.every((item) => !review.isUnread(item));
    review.next();
    if (isRead && review.panel.missing(review.page).length) review.panel.toSource();
  }

  // Keys that mean something while no field has the focus.
  key(event) {
    const field = event.target.closest("input, select, textarea");
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const modified = event.metaKey || event.altKey || event.ctrlKey;
    if (letter === "Escape" && field && "kept" in field.dataset) field.value = field.dataset.kept;
    if (letter !== "Escape" && (field || (modified && letter !== "z"))) return;
    const { review } = this;
    const { figure } = review;
    const once = (act) => () => event.repeat || act(); // not by a key that is held down
    const does = {
      Escape: () => review.escape(),
      n: () => this.ahead(),
      a: once(() => review.accept()),
      r: once(() => review.rejectChosen()),
      e: () => review.edit(),
      t: () => review.type("when"),
      s: () => review.inTurn(() => review.copy(figure)),
      c: () => review.making.startDraft(),
      x: () => review.askReason(),
      z: () => review.inTurn(() => review.undo(event.shiftKey ? "redo" : "undo")),
      ArrowLeft: () => review.step(-1),
      ArrowUp: () => review.step(-1),
      ArrowRight: () => review.step(1),
      ArrowDown: () => review.step(1),
    }[letter];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }
}
