// Elements of the page. What is shown of an article is text and attributes, never markup.

const FOCUSED = ["BUTTON", "INPUT", "SELECT", "SUMMARY"];

// An element. Keys in `attrs` that start with "on" are listeners. Nothing may be swallowed by
// JupyterLab's shortcuts, which look at the element that has the focus alone.
export function el(tag, attrs = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  if (FOCUSED.includes(made.tagName) || "tabindex" in attrs)
    made.setAttribute("data-lm-suppress-shortcuts", "true");
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

// `id` finds an element again after its part of the page has been drawn anew.
export function button(text, id, does, attrs = {}) {
  return el("button", { type: "button", "data-id": id, onclick: does, ...attrs }, text);
}

export function link(text, id, does) {
  return button(text, id, does, { class: "pf-link" });
}

export function badge(text, wrong) {
  return el("span", { class: `pf-badge${wrong ? " pf-wrong" : ""}` }, text);
}

// The line under a field that tells why it was not taken, and what names it to a screen reader.
export function faulty(fault, id) {
  if (!fault) return [{}, null];
  const line = el("div", { class: "pf-fault", id: `${id}-fault` }, fault);
  return [{ "aria-invalid": "true", "aria-describedby": `${id}-fault` }, line];
}

// Children in their order: those that an element has already stay as they are.
export function place(element, children) {
  const kept = new Set(children);
  for (const child of [...element.childNodes]) if (!kept.has(child)) child.remove();
  let next = element.firstChild;
  for (const child of children) {
    if (child === next) next = next.nextSibling;
    else element.insertBefore(child, next);
  }
}

// A part of the page, made anew only where what it shows is another object than it was. Of a field
// that somebody is in (`typing`) nothing is touched; what is shown around it is.
export class Part {
  constructor(element, make) {
    Object.assign(this, { element, make });
  }

  draw(typing, ...shown) {
    const { look } = this;
    if (look?.length === shown.length && shown.every((each, n) => each === look[n])) return;
    const made = this.make(...shown).filter(Boolean);
    const kept = this.element.contains(typing) ? typing : null;
    if (!kept) this.element.replaceChildren(...made);
    else around(this.element, made, kept);
    this.look = kept ? null : shown; // then all is made anew once the field is left
  }
}

// Children in the place of those that an element has, but for a field and what holds it. Where they
// have no such field, as it is another figure's, they are none yet.
function around(element, made, field) {
  const { id, of } = field.dataset;
  const same = (each) => each.dataset?.id === id && each.dataset.of === of;
  const holds = (each) => same(each) || [...(each.querySelectorAll?.("[data-id]") ?? [])].some(same);
  const place = made.findIndex(holds);
  if (place < 0) return;
  const old = [...element.childNodes].find((child) => child.contains(field));
  for (const child of [...element.childNodes]) if (child !== old) child.remove();
  old.before(...made.slice(0, place));
  old.after(...made.slice(place + 1));
  if (old !== field) around(old, [...made[place].childNodes], field);
}

export const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

export const points = (text) => [...text].length; // Python counts characters, the page UTF-16 units
