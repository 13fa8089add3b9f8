// Asking the session in the kernel, and being answered: the page, and what is new in it.

let asked = 0; // by all views of a model, as each hears what the others are answered

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

  // Of figures and claims the news are those that differ; null is one that has gone.
  take({ since, number, news }) {
    if (since && since !== this.number) return this.look();
    const parts = Object.entries(news).map(([name, part]) => {
      if (!since || (name !== "figures" && name !== "claims")) return [name, part];
      const merged = Object.entries({ ...this.page[name], ...part });
      return [name, Object.fromEntries(merged.filter(([, each]) => each))];
    });
    Object.assign(this, { number, page: { ...this.page, ...Object.fromEntries(parts) } });
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
