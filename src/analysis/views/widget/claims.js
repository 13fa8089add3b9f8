// Claims: a card for each, and the form in which one that was missed is put together.

import { badge, button, el, filled, link } from "./elements.js";

// The figures of a new claim with the role that each finds by what it measures, in order.
export function placed(kinds, page, draft) {
  const { roles } = kinds.find(({ kind }) => kind === draft.kind);
  const rows = [];
  for (const figure of draft.figures) {
    const open = openRoles(roles, rows);
    const { measure, reported } = page.figures[figure];
    const fits = open.find((each) => each.measure === measure) ?? open.find((each) => !each.measure);
    const role = fits ?? open[0];
    if (role) rows.push({ ...role, figure, reported });
  }
  return { rows, open: openRoles(roles, rows) };
}

function openRoles(roles, rows) {
  return roles.filter(({ role, many }) => many || !rows.some((row) => row.role === role));
}

export function kindFor(measure) {
  return { rate: "ratio", change: "change", difference: "change" }[measure] ?? "sum";
}

export function draftForm(review) {
  const { words: w, kinds, page, making } = review;
  const { draft } = making;
  const { rows, open } = placed(kinds, page, draft);
  const id = `${review.id}-claim-kind`;
  const choose = (event) => making.ofKind(event.target.value);
  const options = kinds.map(({ kind, called }) => el("option", { value: kind }, called));
  const select = el("select", { id, "data-id": "claim kind", onchange: choose }, ...options);
  select.value = draft.kind;
  const items = rows.map(({ called, figure, reported }) =>
    el("li", {}, `${called}: ${reported} `,
      button("×", `draft ${figure}`, () => making.draftFigure(figure),
        { "aria-label": `${w.without}: ${called}, ${reported}` })));
  const next = open.length ? filled(w["claim next"], { role: open[0].called }) : "";
  return el("div", { class: "pf-notice pf-form" },
    el("h3", {}, w["add claim"]),
    el("label", { for: id }, w["claim kind"]), select,
    el("ul", {}, ...items, next ? el("li", {}, next) : null),
    el("p", { class: "pf-small" }, w["claim help"]),
    el("div", { class: "pf-tools" },
      button(w["claim made"], "claim ok", () => making.addClaim(), { "aria-keyshortcuts": "a" }),
      button(w.cancel, "claim cancel", () => review.escape())));
}

export function claimCard(review, claim) {
  const { words: w, chosen } = review;
  const number = review.page.number.get(claim.relation);
  const { relation, words, judged, verdict, explanation, proposed, note } = claim;
  const isChosen = chosen[0] === "claim" && chosen[1] === relation;
  const state = proposed ? w.unread : w.accepted;
  const accept = () => review.accept(["claim", relation]);
  const attrs = {
    class: `pf-claim${isChosen ? " pf-chosen" : ""}`,
    ...{ role: "group", tabindex: "-1", "data-id": `claim ${relation}` },
    "aria-label": `${filled(w["claim at"], { number, words })}; ${judged}; ${state}`,
  };
  return el("div", attrs,
    el("div", {}, el("b", {}, `${number} `), badge(judged, verdict === "contradicts"), ` ${words}`),
    explanation ? el("div", { class: "pf-small" }, explanation) : null,
    el("div", { class: "pf-small" }, note ? `${state} · ${note}` : state),
    el("div", { class: "pf-tools" },
      button(w.accept, `accept ${relation}`, accept, { "aria-label": `${w.accept}: ${number}` }),
      button(w.reject, `reject ${relation}`, () => review.reject(relation),
        { "aria-label": `${w.reject}: ${number}` })),
    el("ul", {}, ...claim.roles.map((row) => roleItem(review, claim, row))),
    el("div", { class: "pf-tools" }, ...moreButtons(review, claim)));
}

// A figure in its role: to go to, to be another, or, where the claim can do without it, none.
function roleItem(review, { relation, kind, roles }, row) {
  const { words: w, kinds } = review;
  const { role, called, figure, reported } = row;
  const { needed, many } = kinds.find((each) => each.kind === kind).roles.find((r) => r.role === role);
  const alike = roles.filter((each) => each.role === role);
  const spare = many ? alike.length > 1 : !needed && roles.length > 2;
  const without = () => review.making.tie({ claim: relation, role, figure }, "");
  return el("li", {}, `${called}: `,
    link(reported, `role ${relation} ${role} ${figure}`, () => review.choose(["figure", figure])), " ",
    button(w.other, `tie ${relation} ${role} ${figure}`, () => review.making.startTying(relation, row),
      { "aria-label": `${w.tie}: ${called}, ${reported}` }), " ",
    spare
      ? button("×", `without ${relation} ${role} ${figure}`, without,
          { "aria-label": `${w.without}: ${called}, ${reported}` })
      : null);
}

function moreButtons(review, { relation, kind, roles }) {
  const open = openRoles(review.kinds.find((each) => each.kind === kind).roles, roles);
  return open.map(({ role, called }) => {
    const start = () => review.making.startTying(relation, { role, called, figure: "" });
    const text = filled(review.words.more, { role: called });
    return button(text, `more ${relation} ${role}`, start, { class: "pf-link" });
  });
}
