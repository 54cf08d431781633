/* A select with many options becomes a field one types into. Without this file the select stays.
   <select class="input" data-combobox> with a label; <option data-code="ALU-01"> shows a code at the right and is found by it. */
(() => {
  "use strict";
  const SHOWN = 8;
  const plain = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();

  const enhance = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const options = [...select.options].filter((o) => o.value).map((o) => ({
      value: o.value, text: o.text.trim(), code: o.dataset.code || "", find: plain(`${o.dataset.code || ""} ${o.text} ${o.dataset.words || ""}`),
    }));
    const input = document.createElement("input");
    input.type = "text";
    input.className = select.className;
    input.id = `${select.id}_texto`;
    input.autocomplete = "off";
    input.spellcheck = false;
    const list = document.createElement("ul");
    list.className = "opts";
    list.id = `${select.id}_opciones`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    const attrs = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
    Object.entries(attrs).forEach(([k, v]) => input.setAttribute(k, v));
    ["aria-describedby", "aria-invalid"].forEach((k) => { if (select.hasAttribute(k)) input.setAttribute(k, select.getAttribute(k)); });
    if (label) { label.htmlFor = input.id; list.setAttribute("aria-label", label.textContent.trim()); }
    const status = document.createElement("span");
    status.className = "sr";
    status.setAttribute("role", "status");
    select.hidden = true;
    select.tabIndex = -1;
    select.after(input, list, status);

    let found = [], at = -1;
    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const pick = (option) => {
      select.value = option ? option.value : "";
      input.value = option ? option.text : "";
      select.dispatchEvent(new Event("change", { bubbles: true }));
      close();
    };
    const mark = (i) => {
      at = i;
      [...list.children].forEach((li, n) => li.setAttribute("aria-selected", n === at));
      if (at >= 0) input.setAttribute("aria-activedescendant", `${list.id}_${at}`);
      else input.removeAttribute("aria-activedescendant");
    };
    const open = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      found = options.filter((o) => words.every((w) => o.find.includes(w))).slice(0, SHOWN);
      list.replaceChildren(...found.map((o, n) => {
        const li = document.createElement("li");
        li.id = `${list.id}_${n}`;
        li.setAttribute("role", "option");
        const text = document.createElement("span");
        text.textContent = o.text;
        const code = document.createElement("span");
        code.textContent = o.code;
        li.append(text, code);
        li.addEventListener("mousedown", (e) => { e.preventDefault(); pick(o); });
        return li;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      status.textContent = String(found.length);
      mark(found.length ? 0 : -1);
    };

    const chosen = options.find((o) => o.value === select.value);
    if (chosen) input.value = chosen.text;
    input.addEventListener("input", () => { select.value = ""; open(); });
    input.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        if (list.hidden) open();
        else if (found.length) mark((at + (e.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
      } else if (e.key === "Enter" && !list.hidden && at >= 0 && !e.ctrlKey) { e.preventDefault(); pick(found[at]); }
      else if (e.key === "Tab" && !list.hidden && at >= 0 && input.value) pick(found[at]);
      else if (e.key === "Escape" && !list.hidden) { e.preventDefault(); e.stopPropagation(); close(); }
    });
    // Words that name no option are not kept: what is seen is what is sent.
    input.addEventListener("blur", () => {
      const exact = options.find((o) => plain(o.text) === plain(input.value));
      if (exact && exact.value !== select.value) pick(exact);
      else if (!exact && input.value && !select.value) input.value = "";
      close();
    });
    select.form?.addEventListener("reset", () => setTimeout(() => { const o = options.find((x) => x.value === select.value); input.value = o ? o.text : ""; close(); }));
  };

  document.querySelectorAll("select[data-combobox]").forEach(enhance);
})();
