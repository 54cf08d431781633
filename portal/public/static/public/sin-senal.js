/* A filing that waits in this browser and sends itself once: its key makes a repetition the same folio. */
(() => {
  "use strict";
  const box = document.querySelector("[data-sin-senal]");
  if (!box) return;
  const STORE = "ventanilla.sin-senal";
  const $ = (s) => box.querySelector(s);
  const form = $("[data-forma]");
  const fresh = () => ({ key: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2, 12)}`, data: {}, waiting: false, done: null });
  const read = () => { try { return JSON.parse(localStorage.getItem(STORE)) || fresh(); } catch { return fresh(); } };
  let kept = read();
  let busy = false;

  const keep = () => { try { localStorage.setItem(STORE, JSON.stringify(kept)); } catch { /* a full or private store: the page still sends */ } };
  const show = () => {
    $("[data-espera]").hidden = !kept.waiting;
    $("[data-enviado]").hidden = !kept.done;
    form.hidden = kept.waiting || Boolean(kept.done);
    if (kept.done) { $("[data-folio]").textContent = kept.done.folio; $("[data-pin]").textContent = kept.done.pin; }
  };
  const complain = (lines) => {
    const sum = $("[data-error]");
    sum.hidden = !lines.length;
    sum.querySelector("ul").replaceChildren(...lines.map((text) => { const li = document.createElement("li"); li.textContent = text; return li; }));
    if (lines.length) sum.focus();
  };
  const words = (problem) => {
    const found = [];
    const walk = (value) => {
      if (typeof value === "string") found.push(value);
      else if (value && typeof value === "object") Object.values(value).forEach(walk);
    };
    walk(problem.errores || problem.errors || problem.campos || null);
    return found.length ? found : [problem.detail || problem.title || ""];
  };

  const send = async () => {
    if (!kept.waiting || busy) return;
    busy = true;
    const { servicio, descripcion, direccion, colonia } = kept.data;
    const lugar = {};
    if (direccion) lugar.direccion = direccion;
    if (colonia) lugar.colonia = colonia;
    const body = { servicio, descripcion, ...(Object.keys(lugar).length ? { lugar } : {}) };
    try {
      const answer = await fetch(box.dataset.sinSenal, {
        method: "POST", credentials: "omit", body: JSON.stringify(body),
        headers: { "Content-Type": "application/json", "Idempotency-Key": kept.key, "Accept-Language": document.documentElement.lang },
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) { kept = { ...kept, waiting: false, data: {}, done: { folio: said.folio, pin: said.pin } }; keep(); }
      else if (answer.status < 500 && answer.status !== 429) { kept.waiting = false; kept.key = fresh().key; keep(); complain(words(said)); }
    } catch { /* still no network: it waits */ }
    busy = false;
    show();
  };

  for (const control of form.elements) if (control.name && kept.data[control.name]) control.value = kept.data[control.name];
  form.addEventListener("input", (e) => { if (e.target.name) { kept.data[e.target.name] = e.target.value; keep(); } });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    kept.data = Object.fromEntries(new FormData(form));
    const chosen = form.elements.servicio.selectedOptions[0];
    const lines = [];
    if (!kept.data.servicio || !kept.data.descripcion.trim()) lines.push(box.dataset.falta);
    if (chosen?.dataset.lugar && !kept.data.colonia) lines.push(box.dataset.faltaLugar);
    complain(lines);
    kept.waiting = !lines.length;
    keep();
    show();
    send();
  });
  $("[data-anotado]").addEventListener("click", () => { kept = fresh(); keep(); form.reset(); show(); });
  addEventListener("online", send);
  setInterval(send, 15000);
  show();
  send();
})();
