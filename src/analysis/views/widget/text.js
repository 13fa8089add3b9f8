// The text, or the table, with its figures marked: the left side of the page.

import { badge, el, filled, place, points } from "./elements.js";

const PLAIN = ["#e4e4e4", "#555"];

export class Text {
  constructor(review) {
    this.review = review;
    this.marks = new Map(); // by figure: its mark, the numbers behind it, and in a list its name
    this.numerals = new Map();
    this.made = new Map(); // by what each shows: lines, tables, and the figures of the list
    this.heading = el("h4");
    this.list = el("ul");
    const attrs = { class: "pf-text", role: "region", "aria-label": review.words.text, tabindex: "0" };
    this.element = el("div", attrs);
    this.into = null; // the field that had the focus when somebody began to select
    this.element.addEventListener("pointerdown", () => (this.into = review.panel.typing));
    this.element.addEventListener("pointerup", () => setTimeout(() => this.selected()));
  }

  markOf(key, what = "figure") {
    return what === "figure" ? this.marks.get(key)?.[0] : this.numerals.get(key);
  }

  draw(page) {
    const parts = [page.lines, page.grid, page.listed];
    if (parts.some((part, n) => part !== this.drawn?.[n])) {
      this.drawn = parts;
      const active = document.activeElement;
      const focused = this.element.contains(active) && active.dataset.figure;
      this.drawText(page);
      if (focused) this.markOf(focused)?.focus({ preventScroll: true });
    }
    this.drawMarks(page);
  }

  // Lines and tables that are as they were stay; others are made, after what has gone is forgotten.
  drawText({ lines, grid, listed }) {
    this.lang ??= /[\u3400-\u9fff]/.test(JSON.stringify(lines)) ? "zh" : "";
    const whole = grid ? [grid, ...lines] : lines;
    const known = new Set([...whole, ...listed]);
    for (const [of, element] of this.made) {
      if (known.has(of)) continue;
      this.made.delete(of);
      for (const each of element.querySelectorAll("[data-figure]")) this.marks.delete(each.dataset.figure);
      for (const each of element.querySelectorAll("[data-numeral]")) this.numerals.delete(each.dataset.numeral);
    }
    const made = (make) => (of) => {
      if (!this.made.has(of)) this.made.set(of, make(of));
      return this.made.get(of);
    };
    this.heading.textContent = this.review.words[whole.length ? "elsewhere" : "no text"];
    place(this.list, listed.map(made((key) => this.item(key))));
    const elsewhere = listed.length ? [this.heading, this.list] : [];
    place(this.element, [...whole.map(made((each) => this.line(each))), ...elsewhere]);
  }

  line({ line, pieces, grid, heads, rows }) {
    if (!pieces) return this.grid(grid ?? { heads, rows });
    const last = pieces[pieces.length - 1];
    const length = last ? last.at + points(last.text) : 0;
    const shown = pieces.map((piece) => this.piece(line, piece));
    const attrs = { "data-line": line, "data-length": length, lang: this.lang || null };
    return el("p", attrs, ...shown);
  }

  item(key) {
    const name = el("span");
    const item = el("li", {}, ...this.mark(key), " ", name);
    this.marks.get(key).push(name);
    return item;
  }

  piece(line, { at, text, figure, why, hidden }) {
    if (figure) return this.mark(figure, at);
    const attrs = { "data-at": at, "data-hidden": hidden ? "1" : null };
    if (why !== undefined) {
      const key = `${line}:${at}`;
      const choose = () => this.review.choose(["numeral", key]);
      const onclick = () => window.getSelection().isCollapsed && choose();
      const label = `${text}: ${why || this.review.words.unaccounted}`;
      Object.assign(attrs, { class: "pf-passed", title: why, onclick, "data-numeral": key });
      Object.assign(attrs, { role: "button", "aria-label": label, "data-lm-suppress-shortcuts": "true" });
      const shown = el("span", attrs, text);
      this.numerals.set(key, shown);
      return shown;
    }
    return el("span", attrs, text);
  }

  mark(key, at = null) {
    const choose = () => this.review.choose(["figure", key]);
    const onclick = () => window.getSelection().isCollapsed && choose();
    const onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      const { draft } = this.review.making;
      if (event.key === "Enter" && draft?.figures.includes(key)) this.review.accept();
      else choose();
    };
    const data = { "data-figure": key, "data-at": at, tabindex: "-1" };
    const attrs = { role: "button", class: "pf-mark", ...data, onclick, onkeydown };
    const mark = el("span", attrs, this.review.page.figures[key].reported);
    const numbers = el("sup", { "aria-hidden": "true" });
    this.marks.set(key, [mark, numbers]);
    return [mark, numbers];
  }

  grid({ heads, rows }) {
    const head = (label, over) =>
      label // an empty head would be read out as one
        ? el("th", { scope: over > 1 ? "colgroup" : "col", colspan: over }, label)
        : el("td", { colspan: over });
    const top = heads.map((level) =>
      el("tr", {}, el("td"), ...level.map(([label, over]) => head(label, over))),
    );
    const cell = (keys) => el("td", {}, ...keys.flatMap((key) => this.mark(key)));
    const body = rows.map(([name, cells]) =>
      el("tr", {}, el("th", { scope: "row" }, name), ...cells.map(cell)),
    );
    const caption = el("caption", {}, this.review.words.table);
    const parts = [caption, el("thead", {}, ...top), el("tbody", {}, ...body)];
    return el("table", { class: "pf-grid" }, ...parts);
  }

  drawMarks(page) {
    const { figure: shown, colours, ink, words } = this.review;
    const together = this.review.together();
    const { chosen: item } = this.review;
    for (const [key, shown] of this.numerals) {
      const chosen = item?.[0] === "numeral" && item[1] === key;
      shown.classList.toggle("pf-chosen", chosen);
      // Text that can have the focus cannot be selected in JupyterLab.
      if (chosen) shown.setAttribute("tabindex", "0");
      else shown.removeAttribute("tabindex");
    }
    for (const [key, [mark, numbers, name]] of this.marks) {
      const figure = page.figures[key];
      if (!figure) continue;
      const isShown = key === shown;
      const chosen = together ? together.has(key) : isShown;
      if (mark.isShown !== isShown || mark.chosen !== chosen) {
        Object.assign(mark, { isShown, chosen, tabIndex: isShown ? 0 : -1 });
        mark.classList.toggle("pf-chosen", chosen);
        mark.setAttribute("aria-pressed", chosen);
      }
      const claims = page.claimsOf(key);
      const told = [figure.told, ...claims.map((claim) => this.toldOf(claim))].join(words.between);
      if (mark.figure === figure && mark.told === told) continue;
      Object.assign(mark, { figure, told, title: told });
      const [background, line] = colours[figure.measure] ?? PLAIN;
      const under = figure.proposed ? "dashed" : "solid";
      mark.style.cssText = `background:${background};color:${ink};border-bottom:2px ${under} ${line}`;
      mark.classList.toggle("pf-contradicted", claims.some(({ verdict }) => verdict === "contradicts"));
      mark.setAttribute("aria-label", `${figure.reported}: ${told}`);
      if (name) name.textContent = figure.name;
      const its = claims.map(({ relation }) => page.number.get(relation));
      numbers.replaceChildren(
        ...(its.length ? [`[${its.join(",")}]`] : []),
        ...(figure.doubt ? [badge(`→ ${figure.doubt}?`, true)] : []),
      );
    }
  }

  toldOf({ relation, judged }) {
    const { page, words } = this.review;
    return filled(words["claim number"], { number: page.number.get(relation), verdict: judged });
  }

  // What was selected in one line of the text goes into the field that somebody was in; else it is a
  // figure that was missed: where it begins and ends there, in characters.
  selected() {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const element = (node) => (node.nodeType === 1 ? node : node.parentElement);
    const line = (node) => element(node)?.closest("[data-line]");
    const of = line(range.startContainer);
    if (!of || !this.element.contains(of) || of !== line(range.endContainer)) return;
    if (this.into) return this.review.panel.write(this.into, selection.toString().trim());
    const start = this.offset(range.startContainer, range.startOffset);
    const end = this.offset(range.endContainer, range.endOffset);
    const until = Math.min(end, Number(of.dataset.length));
    if (start < until) this.review.find(Number(of.dataset.line), start, until);
  }

  offset(node, offset) {
    const piece = node.nodeType === 3 ? node.parentElement.closest("[data-at]") : null;
    if (!piece) {
      const next = node.childNodes[offset]?.closest?.("[data-at]");
      return next ? Number(next.dataset.at) : Infinity;
    }
    const within = piece.dataset.hidden ? 0 : points(node.data.slice(0, offset));
    return Number(piece.dataset.at) + within;
  }
}
