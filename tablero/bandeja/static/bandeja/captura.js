/* Capture by keyboard. Without this file the page is a plain form with a plain select. */
(() => {
  "use strict";
  const form = document.querySelector("[data-captura]");
  if (!form) return;

  // Alt+1…4 go to the groups, Ctrl+Enter files.
  document.addEventListener("keydown", (e) => {
    if (e.altKey && !e.ctrlKey && !e.metaKey && /^[1-4]$/.test(e.key)) {
      const target = form.querySelector(`[data-grupo="${e.key}"]`);
      if (!target) return;
      e.preventDefault();
      (target.hidden ? document.getElementById("servicio-busca") : target)?.focus();
    } else if (e.ctrlKey && e.key === "Enter") {
      e.preventDefault();
      form.requestSubmit();
    }
  });

  // The select of services becomes a box in which one types a few letters.
  const select = form.querySelector("select[data-combobox]");
  if (!select) return;
  const fold = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const options = [...select.options].filter((o) => o.value).map((o) => ({
    value: o.value, text: o.textContent.trim(), words: fold(`${o.textContent} ${o.dataset.words || ""}`),
  }));
  const label = form.querySelector(`label[for="${select.id}"]`);
  const input = document.createElement("input");
  const list = document.createElement("ul");
  Object.assign(input, { className: "input", id: "servicio-busca", type: "text", autocomplete: "off" });
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "servicio-ops" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  list.id = "servicio-ops";
  list.className = "opts";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label?.firstChild?.textContent?.trim() || "");
  list.hidden = true;
  if (label) label.htmlFor = input.id;
  select.hidden = true;
  select.tabIndex = -1;
  select.after(input, list);
  input.value = options.find((o) => o.value === select.value)?.text || "";

  const MOST = 8;
  let found = [], at = -1;
  const show = (open) => {
    list.hidden = !open || !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) input.removeAttribute("aria-activedescendant");
  };
  const mark = (i) => {
    at = i;
    [...list.children].forEach((li, n) => li.setAttribute("aria-selected", String(n === i)));
    if (list.children[i]) { input.setAttribute("aria-activedescendant", list.children[i].id); list.children[i].scrollIntoView({ block: "nearest" }); }
  };
  const draw = () => {
    const parts = fold(input.value).split(/\s+/).filter(Boolean);
    found = options.filter((o) => parts.every((p) => o.words.includes(p))).slice(0, MOST);
    list.replaceChildren(...found.map((o, n) => {
      const li = document.createElement("li");
      li.id = `servicio-op-${n}`;
      li.setAttribute("role", "option");
      li.textContent = o.text;
      li.addEventListener("mousedown", (e) => { e.preventDefault(); take(n); });
      return li;
    }));
    show(true);
    mark(found.length ? 0 : -1);
  };
  const put = (value) => {
    if (select.value === value) return;
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const take = (n) => {
    const o = found[n];
    if (!o) return;
    input.value = o.text;
    show(false);
    put(o.value);
  };
  document.addEventListener("click", (e) => {
    if (!e.target.closest(`a[href="#${select.id}"]`)) return;
    e.preventDefault();
    input.focus();
  });
  input.addEventListener("input", draw);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    show(false);
    const same = options.find((o) => fold(o.text) === fold(input.value));
    put(same ? same.value : input.value ? select.value : "");
    input.value = options.find((o) => o.value === select.value)?.text || "";
  });
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown") { e.preventDefault(); if (list.hidden) draw(); else mark(Math.min(found.length - 1, at + 1)); }
    else if (e.key === "ArrowUp") { e.preventDefault(); mark(Math.max(0, at - 1)); }
    else if (e.key === "Enter" && !e.ctrlKey && !list.hidden) { e.preventDefault(); take(at); }
    else if (e.key === "Tab" && !list.hidden) take(at);
    else if (e.key === "Escape" && !list.hidden) { e.stopPropagation(); show(false); }
  });
})();
