/* The short form opens without network once the browser has it; what was written there is not forgotten. */
(() => {
  "use strict";
  const { texto, pagina } = document.currentScript.dataset;
  if ("serviceWorker" in navigator) addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem("ventanilla.sin-senal")); } catch { /* nothing kept */ }
  if (!kept || !(kept.waiting || kept.done)) return;
  const line = document.createElement("p");
  const link = document.createElement("a");
  line.className = "wrap";
  link.href = pagina;
  link.textContent = texto;
  line.append(link);
  document.querySelector("main")?.prepend(line);
})();
