/* The live list: a change redraws it only while nobody is reading it; otherwise it waits behind a bar.
   The case page: who else is here, and a word when the case changes under an open form. */
(() => {
  "use strict";
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const body = document.body;

  // ── list ──
  let forced = false, before = null;
  const state = (root) => new Map($$("tr[data-folio]", root).map((r) => [r.dataset.folio, r.dataset.version]));
  const changed = (from, to) => [...to].filter(([folio, version]) => from.get(folio) !== version).map(([folio]) => folio);

  // Somebody reads or is about to press: rows must not move under them.
  const busy = (box) => scrollY > 80
    || $$("input[name=sel]:checked", box).length > 0
    || $("tr.is-cursor", box) !== null
    || $("tbody", box)?.matches(":hover")
    || box.contains(document.activeElement);

  const announce = (box, n) => {
    const bar = $("[data-nuevos]", box), link = $("a", bar);
    const words = n === 1 ? link.dataset.uno : link.dataset.texto.replace("{n}", n);
    if (link.textContent !== words) link.textContent = words;
    bar.hidden = false;
  };

  body.addEventListener("htmx:beforeSwap", (e) => {
    const box = e.detail.target;
    if (box.id !== "filas" || e.detail.xhr.status !== 200) return;
    const fresh = new DOMParser().parseFromString(e.detail.serverResponse, "text/html");
    for (const id of ["resumen", "vistas"]) {
      const part = fresh.getElementById(id);
      if (part) { part.removeAttribute("hx-swap-oob"); document.getElementById(id)?.replaceWith(part); }
    }
    const to = state(fresh), from = state(box);
    const gone = [...from.keys()].filter((folio) => !to.has(folio)).length;
    const n = changed(from, to).length || gone;
    if (!forced && n && busy(box)) {
      e.detail.shouldSwap = false;
      announce(box, n);
      return;
    }
    before = {
      rows: from,
      marked: $$("input[name=sel]:checked", box).map((c) => c.value),
      cursor: $("tr.is-cursor", box)?.dataset.folio,
    };
    forced = false;
    e.detail.serverResponse = fresh.getElementById("filas").outerHTML;
  });

  body.addEventListener("htmx:afterSwap", () => {
    const box = document.getElementById("filas");
    if (!before || !box) return;
    const news = new Set(changed(before.rows, state(box)));
    for (const row of $$("tr[data-folio]", box)) {
      const folio = row.dataset.folio;
      if (news.has(folio)) row.classList.add("is-new");
      if (folio === before.cursor) row.classList.add("is-cursor");
      const check = $("input[name=sel]", row);
      if (check && before.marked.includes(folio)) { check.checked = true; row.setAttribute("aria-selected", "true"); }
    }
    before = null;
    $("[data-keys] tbody input[type=checkbox]")?.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("click", (e) => {
    if (!e.target.closest("[data-nuevos] a")) return;
    const box = document.getElementById("filas");
    if (!window.htmx || !box.hasAttribute("hx-get")) return;
    e.preventDefault();
    forced = true;
    window.htmx.ajax("GET", box.getAttribute("hx-get"), { source: box, target: box, swap: "outerHTML" });
  });

  // ── case ──
  const people = $("[data-presencia]");
  body.addEventListener("live-message", (e) => {
    const { kind, data } = e.detail;
    if (kind === "presence" && people) {
      people.replaceChildren(...(data?.people || []).map((person) => {
        const box = $("template", people.parentElement).content.cloneNode(true);
        const words = person.modo === "responde" ? people.dataset.responde : people.dataset.mira;
        $("b", box).textContent = words.replace("{n}", person.nombre);
        $(".avatar", box).textContent = person.nombre.split(/\s+/).slice(0, 2).map((w) => w[0]).join("").toUpperCase();
        return box;
      }));
      people.parentElement.hidden = !people.children.length;
    } else if (kind !== "presence") {
      $$("[data-cambio]").forEach((n) => { n.hidden = false; });
    }
  });
})();
