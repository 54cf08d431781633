/* Live pages: a socket says that something changed, never what; the page fetches it again through a view.
   <body data-live="/ws/…"> (or any section): each message fires "live-changed" on body, with detail.kind.
   Parts refresh with htmx: hx-get="…" hx-trigger="live-changed from:body".
   A lost socket says so and asks every 15 s until it is back. */
(() => {
  "use strict";
  const POLL = 15000, FIRST = 1000, LONGEST = 30000, QUIET = 250;
  const paths = [...new Set([...document.querySelectorAll("[data-live]")].map((e) => e.dataset.live).filter(Boolean))];
  if (!paths.length || !("WebSocket" in window)) return;

  const open = new Map();
  let poll = 0, pending = 0;
  const kinds = new Set();

  // A burst of messages is one refresh.
  const changed = (kind) => {
    kinds.add(kind);
    if (pending) return;
    pending = setTimeout(() => {
      pending = 0;
      const detail = { kind: kinds.size === 1 ? [...kinds][0] : "varios", kinds: [...kinds] };
      kinds.clear();
      document.body.dispatchEvent(new CustomEvent("live-changed", { bubbles: true, detail }));
    }, QUIET);
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
      });
      socket.addEventListener("message", (e) => {
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
