// Asking the session in the kernel, and being answered.

const SILENCE = 8000; // milliseconds without an answer: the kernel was restarted, or is busy

export class Kernel {
  // `heard` is told of each answer, `silent` when there is none.
  constructor(model, heard, silent) {
    Object.assign(this, { model, heard, silent });
    this.waiting = new Map();
    this.asked = 0;
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

  // Questions wait for one another, so that keys may be quick.
  ask(ask, parts = {}) {
    const answer = this.turn.then(() => this.send(ask, parts));
    this.turn = answer.catch(() => {});
    return answer;
  }

  send(ask, parts) {
    const id = ++this.asked;
    return new Promise((resolve) => {
      const dead = () => {
        this.waiting.delete(id);
        this.silent();
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
    this.heard(message);
    one.resolve(message);
  }
}
