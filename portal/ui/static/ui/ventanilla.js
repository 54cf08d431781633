/* Ventanilla: progressive enhancement only. Every page works without this file. */
(() => {
  "use strict";
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const typing = (e) => e.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  document.documentElement.classList.add("js");

  // Theme: data-theme on <html> wins over the system's choice; the form behind the button keeps it in a cookie.
  document.addEventListener("click", (e) => {
    const b = e.target.closest("[data-set-theme]");
    if (!b) return;
    const t = b.dataset.setTheme;
    if (t === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = t;
    $$("[data-set-theme]").forEach((o) => o.setAttribute("aria-pressed", o.dataset.setTheme === t));
    const form = b.closest("[data-theme-form]");
    if (!form) return;
    e.preventDefault();
    const body = new FormData(form);
    body.set("tema", t);
    fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" }).catch(() => {});
  });

  // List keyboard: j/k move, x marks, Enter opens, / searches. Never while typing.
  // Looks the rows up at each key: a live list is replaced under it.
  const rows = () => $$("[data-keys] tbody tr");
  const go = (step) => {
    const all = rows();
    if (!all.length) return;
    const from = all.findIndex((r) => r.classList.contains("is-cursor"));
    const to = from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + step));
    all[from]?.classList.remove("is-cursor");
    all[to].classList.add("is-cursor");
    all[to].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e) || $("dialog[open]:modal")) return;
    const row = $("[data-keys] tbody tr.is-cursor");
    if (e.key === "?" && $("[data-help]")) { e.preventDefault(); $("[data-help]").showModal(); }
    else if (e.key === "/" && $("[data-search]")) { e.preventDefault(); $("[data-search]").focus(); }
    else if (e.key === "j") go(1);
    else if (e.key === "k") go(-1);
    else if (e.key === "x" && row) { const c = $("input[type=checkbox]", row); if (c) { c.checked = !c.checked; c.dispatchEvent(new Event("change", { bubbles: true })); } }
    else if (e.key === "Enter" && row && !e.target.closest("a, button, summary, input, label")) $("a.title", row)?.click();
  });

  // Marked rows: the row shows it and the bar of acts counts it. [data-check-all] marks the page.
  const count = () => {
    const marked = $$("[data-keys] tbody input[type=checkbox]:checked").length;
    $$("[data-bulk-count]").forEach((n) => { n.textContent = marked; });
    $$("[data-bulk]").forEach((b) => { b.hidden = marked === 0; });
  };
  document.addEventListener("change", (e) => {
    if (e.target.matches("[data-check-all]")) $$("[data-keys] tbody input[type=checkbox]").forEach((c) => { c.checked = e.target.checked; });
    if (!e.target.closest("[data-keys]")) return;
    rows().forEach((r) => { const c = $("input[type=checkbox]", r); if (c) r.setAttribute("aria-selected", c.checked); });
    count();
  });
  document.addEventListener("reset", () => setTimeout(() => { rows().forEach((r) => r.removeAttribute("aria-selected")); count(); }));
  count();

  // A list fetched again by itself (htmx on "live-changed") keeps marks and cursor, marks what just arrived,
  // and leaves the row under the pointer, or the cursor's, where it was. Rows need an id.
  let before = null;
  document.addEventListener("htmx:beforeSwap", (e) => {
    if (e.detail.requestConfig?.triggeringEvent?.type !== "live-changed" || !$("[data-keys]")) return;
    const anchor = rows().find((r) => r.matches(":hover")) || $("[data-keys] tbody tr.is-cursor");
    before = {
      ids: new Set(rows().map((r) => r.id)),
      news: new Set(rows().filter((r) => r.classList.contains("is-new")).map((r) => r.id)),
      cursor: $("[data-keys] tbody tr.is-cursor")?.id,
      marked: new Set($$("[data-keys] tbody input[type=checkbox]:checked").map((c) => c.value)),
      anchor: anchor?.id,
      top: anchor?.getBoundingClientRect().top,
    };
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!before) return;
    const was = before;
    before = null;
    rows().forEach((r) => {
      if (r.id && (was.news.has(r.id) || (was.ids.size && !was.ids.has(r.id)))) r.classList.add("is-new");
      if (r.id && r.id === was.cursor) r.classList.add("is-cursor");
      const c = $("input[type=checkbox]", r);
      if (c && was.marked.has(c.value)) { c.checked = true; r.setAttribute("aria-selected", "true"); }
    });
    count();
    const again = was.anchor && document.getElementById(was.anchor);
    if (again) scrollBy({ top: again.getBoundingClientRect().top - was.top, behavior: "instant" });
  });

  // Dialogs: <a data-open="id" href="page">; without this file the link leads to a page of its own.
  document.addEventListener("click", (e) => {
    const opener = e.target.closest("[data-open]");
    const closer = e.target.closest("[data-close]");
    const d = opener && document.getElementById(opener.dataset.open);
    if (d?.showModal) { e.preventDefault(); d.showModal(); }
    else if (closer) { e.preventDefault(); closer.closest("dialog")?.close(); }
  });

  // Menus made of <details>: Escape or a click elsewhere closes them.
  document.addEventListener("click", (e) => $$("details.menu[open]").forEach((m) => { if (!m.contains(e.target)) m.open = false; }));
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    $$("details.menu[open]").forEach((m) => { m.open = false; $("summary", m)?.focus(); });
  });

  // Letters used and left; told to screen readers only when little is left.
  const figures = (n) => n.toLocaleString("es-MX");
  const letters = (el) => {
    const n = [...el.value.replace(/\r\n/g, "\n")].length;
    $$(`[data-counter="${CSS.escape(el.id)}"]`).forEach((c) => {
      const max = Number(c.dataset.max);
      c.textContent = n > max
        ? (n - max === 1 ? c.dataset.overOne : c.dataset.over).replace("{n}", figures(n - max))
        : c.dataset.text.replace("{n}", figures(n)).replace("{max}", figures(max));
      c.classList.toggle("counter--over", n > max);
      c.setAttribute("aria-live", n > max * 0.9 ? "polite" : "off");
    });
  };
  document.addEventListener("input", (e) => { if (e.target.matches("textarea[id]")) letters(e.target); });
  $$("[data-counter]").forEach((c) => { const el = document.getElementById(c.dataset.counter); if (el?.value) letters(el); });

  // Files chosen, with their sizes, before they travel.
  const size = (n) => (n < 1e6 ? `${Math.max(1, Math.round(n / 1e3))} kB` : `${(n / 1e6).toFixed(1)} MB`);
  document.addEventListener("change", (e) => {
    if (!e.target.matches("input[type=file]")) return;
    const list = $(`[data-files="${CSS.escape(e.target.id)}"]`);
    if (!list) return;
    list.replaceChildren(...[...e.target.files].map((f) => {
      const li = document.createElement("li");
      li.className = "file";
      const name = document.createElement("span");
      name.textContent = f.name;
      const sub = document.createElement("span");
      sub.className = "sub";
      sub.textContent = size(f.size);
      li.append(name, sub);
      return li;
    }));
    list.hidden = !e.target.files.length;
  });

  // Front desk: Ctrl+Enter sends <form data-desk>; Alt+digit goes to its <fieldset data-alt="digit">.
  document.addEventListener("keydown", (e) => {
    const desk = $("form[data-desk]");
    if (!desk) return;
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); desk.requestSubmit($("button.btn--1", desk)); return; }
    const digit = e.altKey && /^Digit([1-9])$/.exec(e.code)?.[1];
    const place = digit && $(`fieldset[data-alt="${digit}"]`, desk);
    if (place) { e.preventDefault(); $("input:not([type=hidden]), textarea, select:not([hidden])", place)?.focus(); }
  });

  // One press sends once: a form sent twice must not become two.
  document.addEventListener("submit", (e) => {
    const f = e.target;
    if (f.method !== "post" || f.hasAttribute("data-theme-form") || e.defaultPrevented) return;
    if (f.dataset.sent) { e.preventDefault(); return; }
    f.dataset.sent = "1";
    setTimeout(() => { delete f.dataset.sent; }, 8000);
  });
  addEventListener("pageshow", () => $$("form[data-sent]").forEach((f) => { delete f.dataset.sent; }));

  document.addEventListener("click", (e) => { if (e.target.closest("[data-print]")) { e.preventDefault(); print(); } });

  // Passkeys (allauth): what failed in the browser is said on the page.
  document.addEventListener("allauth.error", (e) => { e.preventDefault(); $$("[data-allauth-error]").forEach((n) => { n.hidden = false; }); });

  $(".errsum[tabindex]")?.focus();
})();
