/* Live pages: a socket says that something changed and the page fetches it again through a view; or it brings
   the parts themselves, as a gzip packet of {parts: {id: inner HTML}}. A browser that can't unpack it fetches.
   <body data-live="/ws/…"> (or any section): each message fires "live-changed" on body, with detail.kind.
   Parts refresh with htmx: hx-get="…" hx-trigger="live-changed from:body".
   A change heard while a part is being fetched is told again once the part is in its place: a part that replaces
   itself hears nothing meanwhile. With data-live-first the page is also fetched once when its socket first opens,
   for what changed between its writing and its opening.
   A lost socket says so and asks every 15 s until it is back. */
(() => {
  "use strict";
  const POLL = 15000, FIRST = 1000, LONGEST = 30000, QUIET = 250, SETTLED = 60, FORGOTTEN = 20000;
  const paths = [...new Set([...document.querySelectorAll("[data-live]")].map((e) => e.dataset.live).filter(Boolean))];
  if (!paths.length || !("WebSocket" in window)) return;

  const open = new Map();
  let poll = 0, pending = 0;
  const kinds = new Set();

  // Requests of the parts that are on their way, each with the hour it is given up.
  const fetching = new Map();
  const asking = () => {
    for (const [xhr, until] of fetching) if (Date.now() > until) fetching.delete(xhr);
    return fetching.size > 0;
  };
  const live = (e) => /^live-(changed|placed)$/.test(e.detail.requestConfig?.triggeringEvent?.type);
  document.addEventListener("htmx:beforeSend", (e) => { if (live(e)) fetching.set(e.detail.xhr, Date.now() + FORGOTTEN); });
  document.addEventListener("htmx:afterRequest", (e) => { setTimeout(() => fetching.delete(e.detail.xhr), SETTLED); });

  // A burst of messages is one refresh.
  const changed = (kind) => {
    kinds.add(kind);
    if (pending) return;
    pending = setTimeout(function tell() {
      pending = asking() ? setTimeout(tell, SETTLED) : 0;
      if (pending) return;
      const detail = { kind: kinds.size === 1 ? [...kinds][0] : "varios", kinds: [...kinds] };
      kinds.clear();
      document.body.dispatchEvent(new CustomEvent("live-changed", { bubbles: true, detail }));
    }, QUIET);
  };

  // Parts that a socket brings: one packet after another, and never while an older answer is on its way.
  const wait = () => new Promise((done) => setTimeout(done, SETTLED));
  const unpack = (packet) => new Response(packet.stream().pipeThrough(new DecompressionStream("gzip"))).json();
  // What a socket brought last, by part: the same again is left alone. What was fetched since may differ.
  const brought = new Map();
  document.addEventListener("htmx:afterSwap", () => brought.clear());
  const put = (id, html) => {
    const part = document.getElementById(id);
    if (!part || brought.get(id) === html) return;
    brought.set(id, html);
    const open = [...part.querySelectorAll("details[id][open]")].map((d) => d.id);
    const focus = part.contains(document.activeElement) ? document.activeElement : null;
    const { id: mark, name, value } = focus || {};
    part.innerHTML = html;
    window.htmx?.process(part);
    for (const d of open) document.getElementById(d)?.setAttribute("open", "");
    if (!focus) return;
    const same = mark ? document.getElementById(mark)
      : [...part.querySelectorAll("button, input, summary, a")].find((e) => e.tagName === focus.tagName && e.name === name && e.value === value);
    same?.focus({ preventScroll: true });
  };
  // What a page has besides, such as forms of whoever acts in it, it fetches on "live-placed".
  let soon = 0;
  const besides = () => {
    soon ||= setTimeout(() => { soon = 0; document.body.dispatchEvent(new CustomEvent("live-placed", { bubbles: true })); }, QUIET);
  };
  let placed = Promise.resolve();
  const place = (packet) => {
    placed = placed.then(async () => {
      const { parts } = await unpack(packet);
      while (asking()) await wait();
      for (const [id, html] of Object.entries(parts)) put(id, html);
      besides();
    }).catch(() => changed("packet"));
  };

  const show = () => {
    const well = paths.every((p) => open.get(p) === true);
    const lost = paths.some((p) => open.get(p) === false);
    document.querySelectorAll("[data-live-state]").forEach((s) => {
      const words = lost ? s.dataset.lost : well ? s.dataset.on : s.dataset.wait;
      s.classList.toggle("live--lost", lost);
      if (s.textContent !== words) s.textContent = words;
    });
    document.querySelectorAll("[data-live-lost]").forEach((n) => { n.hidden = !lost; });
    document.body.classList.toggle("is-live-lost", lost);
    if (lost && !poll) poll = setInterval(() => { if (!document.hidden) changed("poll"); }, POLL);
    if (!lost && poll) { clearInterval(poll); poll = 0; }
  };

  const watch = (path) => {
    const url = new URL(path, location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    let delay = FIRST, retry = 0, busy = false;

    const lost = () => { open.set(path, false); show(); };
    const later = () => {
      clearTimeout(retry);
      retry = setTimeout(connect, delay * (0.75 + Math.random() / 2));
      delay = Math.min(delay * 2, LONGEST);
    };
    function connect() {
      if (busy) return;
      busy = true;
      clearTimeout(retry);
      let socket;
      try { socket = new WebSocket(url); } catch { busy = false; lost(); return; }
      socket.addEventListener("open", () => {
        const before = open.get(path);
        delay = FIRST;
        open.set(path, true);
        show();
        if (before === false) changed("reconnect");
        else if (before === undefined && document.querySelector("[data-live-first]")) changed("first");
      });
      socket.addEventListener("message", (e) => {
        if (e.data instanceof Blob) { place(e.data); return; }
        let kind = "change", data = null;
        try { data = JSON.parse(e.data); kind = data.kind || data.type || kind; } catch { /* any message is a nudge */ }
        document.body.dispatchEvent(new CustomEvent("live-message", { bubbles: true, detail: { kind, path, data } }));
        // Who else is here changes nothing that a view would show.
        if (kind !== "presence") changed(kind);
      });
      socket.addEventListener("close", (e) => {
        busy = false;
        lost();
        // 4401, 4403, 4404: not signed in, not allowed, not theirs to know. Asking again would not help; polling shows the login page.
        if (e.code < 4401 || e.code > 4404) later();
      });
    }
    addEventListener("online", () => { if (open.get(path) === false) connect(); });
    document.addEventListener("click", (e) => {
      if (!e.target.closest("[data-live-retry]")) return;
      e.preventDefault();
      if (open.get(path) === false) connect();
      changed("retry");
    });
    connect();
  };

  show();
  paths.forEach(watch);
})();
