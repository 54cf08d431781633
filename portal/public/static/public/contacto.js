/* Shows only the field of the way that was chosen; without this file both stand there. */
(() => {
  "use strict";
  const ways = [...document.querySelectorAll("input[name=via]")];
  const show = () => {
    const chosen = ways.find((w) => w.checked)?.value;
    document.querySelectorAll("[data-via]").forEach((part) => { part.hidden = chosen !== "ambos" && part.dataset.via !== chosen; });
  };
  ways.forEach((w) => w.addEventListener("change", show));
  show();
})();
