// Asking the session in the kernel, and being answered: the page, and what is new in it.

let asked = 0; // by all views of a model, as each hears what the others are answered

// A part of the page as it is after news of it: see `_patch` in review_page.py.
function patched(before, { is, put, gone, at, less, more }) {
  if (more) return [...before.slice(0, at), ...more, ...before.slice(at + less)];
  if (!put) return is;
  const after = { ...before, ...put };
  for (const key of gone) delete after[key];
  return after;
}

// The page with what follows from it: claims by figure, and the number of each.
function tied(page) {
  const number = new Map(page.numbered.map((relation, n) => [relation, n + 1]));
  const claimsOf = new Map();
  for (const relation of page.numbered)
    for (const figure of new Set(page.claims[relation].roles.map((each) => each.figure)))
      claimsOf.set(figure, [...(claimsOf.get(figure) ?? []), page.claims[relation]]);
  return { ...page, number, claimsOf: (figure) => claimsOf.get(figure) ?? [] };
}

const SILENCE = 8000; // milliseconds without an answer: the kernel was restarted, or is busy

export class Kernel {
  // `heard` is told of each message, and whether it answers; `silent` when there is no answer.
  constructor(model, heard, silent) {
    Object.assign(this, { model, heard, silent });
    this.take(model.get("page"));
    this.waiting = new Map();
    this.turn = Promise.resolve();
    this.listener = (message) => this.answered(message);
    model.on("msg:custom", this.listener);
  }

  stop() {
    this.model.off("msg:custom", this.listener);
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
  }

  get idle() {
    return this.waiting.size === 0;
  }

  // The whole page, or what is new since the one that is shown. What is as before stays the same
  // object, so that it need not be drawn anew.
  take({ since, number, news }) {
    if (since && since !== this.number) return this.look();
    const page = { ...this.page };
    for (const [name, part] of Object.entries(news))
      page[name] = since ? patched(page[name], part) : part;
    Object.assign(this, { number, page: tied(page) });
    return null;
  }

  look() {
    return this.ask("look", { have: this.number });
  }

  // Questions wait for one another, so that keys may be quick.
  ask(ask, parts = {}) {
    const answer = this.turn.then(() => this.send(ask, parts));
    this.turn = answer.catch(() => {});
    return answer;
  }

  send(ask, parts) {
    const id = ++asked;
    return new Promise((resolve) => {
      const dead = () => {
        this.waiting.delete(id);
        if (ask !== "look") this.silent(); // a kernel that runs other cells answers later
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

  answered({ id, since, number, news, ...answer }) {
    const one = this.waiting.get(id);
    this.waiting.delete(id);
    clearTimeout(one?.timer);
    this.take({ since, number, news });
    this.heard(answer, Boolean(one));
    one?.resolve(answer);
  }
}
